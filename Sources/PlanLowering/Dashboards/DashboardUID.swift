import ContentHash

/// The identifier under which Grafana keeps a dashboard: the same for the same name in every version, so that an
/// address goes on working.
enum DashboardUID {
  /// Grafana's limit.
  static let lengthLimit = 40
  private static let hashLength = 8

  /// Where Grafana serves the dashboard of a name, below its own address.
  static func path(of fullName: String) -> String { "/d/\(text(of: fullName))" }

  /// The full name with `_` for `/`. A name that is too long, or that another could be spelled as, ends in a hash of
  /// itself instead.
  static func text(of fullName: String) -> String {
    let bytes = Array(fullName.utf8)
    let spelled = bytes.map { $0 == UInt8(ascii: "/") ? UInt8(ascii: "_") : isPlain($0) ? $0 : UInt8(ascii: "-") }
    let isPlainName = bytes.allSatisfy { isPlain($0) || $0 == UInt8(ascii: "/") }
    if isPlainName && spelled.count <= lengthLimit { return String(decoding: spelled, as: UTF8.self) }
    var head = spelled.prefix(lengthLimit - hashLength - 1)
    while head.last == UInt8(ascii: "-") || head.last == UInt8(ascii: "_") { head.removeLast() }
    let hash = SHA256.hexadecimal(of: bytes).utf8.prefix(hashLength)
    return String(decoding: head + [UInt8(ascii: "-")] + hash, as: UTF8.self)
  }

  /// Capitals count as another spelling, because files with names that differ in nothing else are one file to some disks.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
    default: false
    }
  }
}
