/// Quoted text that goes on beyond its line up to a quote that was meant for other text.
struct RunawayQuote {
  let opening: Int
  let closing: Int

  /// The one that ends on the line of a place, in front of it; nil where there is none.
  init?(before place: Int, in bytes: [UInt8]) {
    let line = bytes[..<min(place, bytes.count)].lastIndex(of: Self.newline).map { $0 + 1 } ?? 0
    var found: RunawayQuote?
    var offset = 0
    while offset < line {
      let lineEnd = bytes[offset...].firstIndex(of: Self.newline) ?? bytes.count
      guard let opening = Self.openQuote(in: offset..<lineEnd, bytes),
        let closing = Self.closing(of: opening, upTo: place, in: bytes)
      else {
        offset = lineEnd + 1
        continue
      }
      if closing >= line { found = RunawayQuote(opening: opening, closing: closing) }
      offset = (bytes[closing...].firstIndex(of: Self.newline) ?? bytes.count) + 1
    }
    guard let found else { return nil }
    self = found
  }

  private init(opening: Int, closing: Int) {
    self.opening = opening
    self.closing = closing
  }

  private static let newline = UInt8(ascii: "\n")
  private static let quotes = [UInt8(ascii: "'"), UInt8(ascii: "\"")]

  /// The quote on a line that opens a value and is not closed there.
  private static func openQuote(in line: Range<Int>, _ bytes: [UInt8]) -> Int? {
    var offset = line.lowerBound
    while offset < line.upperBound {
      if bytes[offset] == UInt8(ascii: "#"), offset == line.lowerBound || bytes[offset - 1] == UInt8(ascii: " ") {
        return nil
      }
      if quotes.contains(bytes[offset]), opensValue(offset, from: line.lowerBound, bytes) {
        guard let closing = closing(of: offset, upTo: line.upperBound, in: bytes) else { return offset }
        offset = closing
      }
      offset += 1
    }
    return nil
  }

  private static func opensValue(_ offset: Int, from start: Int, _ bytes: [UInt8]) -> Bool {
    guard let before = bytes[start..<offset].last(where: { $0 != UInt8(ascii: " ") }) else { return true }
    return ":-[{,".utf8.contains(before)
  }

  /// Two single quotes, and a quote behind a backslash between double ones, are text.
  private static func closing(of opening: Int, upTo end: Int, in bytes: [UInt8]) -> Int? {
    let quote = bytes[opening]
    let isSingle = quote == UInt8(ascii: "'")
    var offset = opening + 1
    while offset < end {
      if !isSingle, bytes[offset] == UInt8(ascii: "\\") {
        offset += 2
        continue
      }
      if bytes[offset] == quote {
        guard isSingle, offset + 1 < bytes.count, bytes[offset + 1] == quote else { return offset }
        offset += 1
      }
      offset += 1
    }
    return nil
  }
}
