/// The UTF-8 bytes of a text while a printer writes it.
package struct TextWriter: Sendable {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  package mutating func write(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  package mutating func write(_ byte: UInt8) {
    bytes.append(byte)
  }

  package mutating func write(_ slice: Slice<UnsafeBufferPointer<UInt8>>) {
    bytes.append(contentsOf: slice)
  }

  package mutating func write(spaces count: Int) {
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: count))
  }

  package mutating func newLine() {
    bytes.append(UInt8(ascii: "\n"))
  }

  /// At least `digits` hexadecimal digits, in lower case.
  package mutating func write(hexadecimal value: UInt32, digits: Int) {
    let text = String(value, radix: 16)
    bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: max(0, digits - text.utf8.count)))
    write(text)
  }

  /// Puts text before what has been written since `offset`.
  mutating func insert(_ text: String, at offset: Int) {
    bytes.insert(contentsOf: text.utf8, at: offset)
  }
}

/// Reads one code point of well-formed UTF-8, as the contents of a `String` always are.
struct ScalarReader {
  let bytes: UnsafeBufferPointer<UInt8>

  /// The code point at an offset and how many bytes it takes.
  func scalar(at offset: Int) -> (value: UInt32, length: Int) {
    let lead = UInt32(bytes[offset])
    switch lead {
    case 0x00..<0x80:
      return (lead, 1)
    case 0x80..<0xE0:
      return ((lead & 0x1F) << 6 | tail(offset + 1), 2)
    case 0xE0..<0xF0:
      return ((lead & 0x0F) << 12 | tail(offset + 1) << 6 | tail(offset + 2), 3)
    default:
      return ((lead & 0x07) << 18 | tail(offset + 1) << 12 | tail(offset + 2) << 6 | tail(offset + 3), 4)
    }
  }

  private func tail(_ offset: Int) -> UInt32 { UInt32(bytes[offset] & 0x3F) }
}
