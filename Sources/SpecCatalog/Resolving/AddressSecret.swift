/// Tells an address that anybody may see from one that is itself a key.
enum AddressSecret {
  /// Parameters that carry keys, as the documentation of services names them.
  private static let parameters: Set<String> = [
    "access_token", "accesstoken", "api-key", "api_key", "apikey", "auth", "authtoken", "code", "integration_key",
    "key", "password", "passwd", "pwd", "routing_key", "secret", "sig", "signature", "sign", "token",
  ]
  /// Hosts of which every address with a path is a key.
  private static let hosts = [
    "hooks.slack.com", "discord.com", "discordapp.com", "hooks.zapier.com", "webhook.office.com", "api.telegram.org",
    "hook.eu1.make.com", "maker.ifttt.com",
  ]
  /// A run of letters and digits at least this long that is no word is a key: 20 bytes of them are 100 bits.
  private static let shortestKey = 20

  static func isIn(_ address: String) -> Bool {
    let bytes = Array(address.utf8)
    let scheme = bytes.indices.first { bytes[$0...].starts(with: "://".utf8) }.map { $0 + 3 } ?? 0
    let rest = bytes[scheme...]
    let end = rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? rest.endIndex
    let authority = rest[..<end]
    let user = authority.lastIndex(of: UInt8(ascii: "@")).map { authority[..<$0] }
    if user?.contains(UInt8(ascii: ":")) == true { return true }
    let hostStart = user.map { $0.endIndex + 1 } ?? authority.startIndex
    let host = authority[hostStart...].prefix { $0 != UInt8(ascii: ":") }
    let path = rest[end...].prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    if path.count > 1, isOfKeys(String(decoding: host, as: UTF8.self).lowercased()) { return true }
    return path.split(separator: UInt8(ascii: "/")).contains(where: isKey)
      || hasSecretParameter(rest[path.endIndex...].drop { $0 == UInt8(ascii: "?") })
  }

  private static func isOfKeys(_ host: String) -> Bool {
    hosts.contains { host == $0 || host.hasSuffix(".\($0)") }
  }

  private static func hasSecretParameter(_ query: ArraySlice<UInt8>) -> Bool {
    query.split { $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "#") }.contains { part in
      guard let equals = part.firstIndex(of: UInt8(ascii: "=")), equals + 1 < part.endIndex else { return false }
      let name = String(decoding: part[..<equals], as: UTF8.self).lowercased()
      return parameters.contains(name) || isKey(part[(equals + 1)...])
    }
  }

  /// Letters and digits mixed, without a break: `T0b4xPq…`, but neither `checkout-alerts-2` nor `2026-11-23`.
  private static func isKey(_ text: ArraySlice<UInt8>) -> Bool {
    let runs = text.split { !isDigit($0) && !isLetter($0) }
    return runs.contains { $0.count >= shortestKey && $0.contains(where: isDigit) && $0.contains(where: isLetter) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
  private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }
}
