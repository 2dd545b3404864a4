/// Why a text is not JSON, and where: line and column from one, the column in code points.
package struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
  package let message: String
  package let line: Int
  package let column: Int

  package init(message: String, line: Int, column: Int) {
    self.message = message
    self.line = line
    self.column = column
  }

  package var description: String { "line \(line), column \(column): \(message)" }
}

/// Reads RFC 8259 text and nothing beyond it: UTF-8 without a byte-order mark, no comments, no trailing commas,
/// no name twice in one object, no lone surrogates. Numbers keep their text.
package enum JSONParser {
  /// How deep arrays and objects may nest.
  package static let depthLimit = 128

  package static func parse(_ text: String) throws(JSONError) -> JSONValue {
    try parse(Array(text.utf8))
  }

  package static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
    var scanner = JSONScanner(bytes)
    do {
      return try scanner.document()
    } catch {
      throw error.located(in: bytes)
    }
  }
}

private struct JSONFault: Error {
  let message: String
  let offset: Int

  func located(in bytes: [UInt8]) -> JSONError {
    let before = bytes[..<min(offset, bytes.count)]
    let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    return JSONError(
      message: message,
      line: 1 + before.count { $0 == UInt8(ascii: "\n") },
      column: 1 + before[lineStart...].count { $0 & 0xC0 != 0x80 }
    )
  }
}

private struct JSONScanner {
  private let bytes: [UInt8]
  private var offset = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func document() throws(JSONFault) -> JSONValue {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { throw fault("a byte-order mark before the JSON text") }
    skipSpace()
    let value = try value(depth: 0)
    skipSpace()
    if offset < bytes.count { throw fault("\(found()) after the end of the JSON text") }
    return value
  }

  // MARK: Values

  private mutating func value(depth: Int) throws(JSONFault) -> JSONValue {
    guard let byte = peek() else { throw fault("\(found()) where a value is expected") }
    switch byte {
    case UInt8(ascii: "{"): return .object(try members(depth: depth + 1))
    case UInt8(ascii: "["): return .array(try elements(depth: depth + 1))
    case UInt8(ascii: "\""): return .string(String(decoding: try string(), as: UTF8.self))
    case UInt8(ascii: "t"): return try literal("true", .bool(true))
    case UInt8(ascii: "f"): return try literal("false", .bool(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
    default: throw fault("\(found()) where a value is expected")
    }
  }

  private mutating func elements(depth: Int) throws(JSONFault) -> [JSONValue] {
    try enter(depth)
    if take(UInt8(ascii: "]")) { return [] }
    var values: [JSONValue] = []
    while true {
      values.append(try value(depth: depth))
      skipSpace()
      if take(UInt8(ascii: "]")) { return values }
      guard take(UInt8(ascii: ",")) else { throw fault("\(found()) where ',' or ']' is expected") }
      skipSpace()
    }
  }

  private mutating func members(depth: Int) throws(JSONFault) -> [JSONMember] {
    try enter(depth)
    if take(UInt8(ascii: "}")) { return [] }
    var members: [JSONMember] = []
    var names: Set<[UInt8]> = []
    while true {
      guard peek() == UInt8(ascii: "\"") else { throw fault("\(found()) where a member name is expected") }
      let start = offset
      let nameBytes = try string()
      let name = String(decoding: nameBytes, as: UTF8.self)
      guard names.insert(nameBytes).inserted else {
        throw JSONFault(message: "member '\(name)' a second time in one object", offset: start)
      }
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw fault("\(found()) where ':' is expected") }
      skipSpace()
      members.append(JSONMember(name, try value(depth: depth)))
      skipSpace()
      if take(UInt8(ascii: "}")) { return members }
      guard take(UInt8(ascii: ",")) else { throw fault("\(found()) where ',' or '}' is expected") }
      skipSpace()
    }
  }

  private mutating func enter(_ depth: Int) throws(JSONFault) {
    if depth > JSONParser.depthLimit { throw fault("nesting deeper than \(JSONParser.depthLimit) levels") }
    offset += 1
    skipSpace()
  }

  private mutating func literal(_ word: String, _ value: JSONValue) throws(JSONFault) -> JSONValue {
    guard bytes[offset...].starts(with: word.utf8) else { throw fault("\(found()) where a value is expected") }
    offset += word.utf8.count
    return value
  }

  private mutating func number() throws(JSONFault) -> NumberText {
    switch NumberText.scan(bytes, from: offset) {
    case .success(let end):
      defer { offset = end }
      return NumberText(grammatical: String(decoding: bytes[offset..<end], as: UTF8.self))
    case .failure(let broken):
      offset = broken.offset
      throw fault(broken.isLeadingZero ? "a number with a leading zero" : "\(found()) where a digit is expected")
    }
  }

  // MARK: Strings

  /// The decoded bytes of a string; the scanner stands on its opening quote.
  private mutating func string() throws(JSONFault) -> [UInt8] {
    let start = offset
    offset += 1
    var decoded: [UInt8] = []
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: "\""):
        offset += 1
        return decoded
      case UInt8(ascii: "\\"):
        try escape(into: &decoded)
      case 0x00..<0x20:
        throw fault("\(found()) in a string; write it as an escape")
      case 0x20..<0x80:
        decoded.append(byte)
        offset += 1
      default:
        guard let length = multibyteLength() else { throw fault("bytes that are not UTF-8") }
        decoded.append(contentsOf: bytes[offset..<offset + length])
        offset += length
      }
    }
    throw JSONFault(message: "a string without its closing quote", offset: start)
  }

  private mutating func escape(into decoded: inout [UInt8]) throws(JSONFault) {
    let start = offset
    offset += 1
    guard let letter = peek() else { throw fault("the end of the text inside an escape") }
    offset += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(letter)
    case UInt8(ascii: "b"): decoded.append(0x08)
    case UInt8(ascii: "f"): decoded.append(0x0C)
    case UInt8(ascii: "n"): decoded.append(0x0A)
    case UInt8(ascii: "r"): decoded.append(0x0D)
    case UInt8(ascii: "t"): decoded.append(0x09)
    case UInt8(ascii: "u"): decoded.append(contentsOf: UTF8.encode(try escapedScalar(from: start)) ?? .init())
    default: throw JSONFault(message: "an escape that JSON does not have", offset: start)
    }
  }

  /// The scanner stands behind `\u`, which began at `start`.
  private mutating func escapedScalar(from start: Int) throws(JSONFault) -> Unicode.Scalar {
    let first = try codeUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    if first < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) {
      let second = try codeUnit()
      if (0xDC00...0xDFFF).contains(second),
        let scalar = Unicode.Scalar(0x1_0000 + (first - 0xD800) << 10 + (second - 0xDC00))
      {
        return scalar
      }
    }
    throw JSONFault(message: "half of a surrogate pair", offset: start)
  }

  private mutating func codeUnit() throws(JSONFault) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw fault("\(found()) where a hexadecimal digit is expected")
      }
      unit = unit << 4 | UInt32(digit)
      offset += 1
    }
    return unit
  }

  /// How many bytes the code point here takes; nil for an overlong form, a surrogate or a broken sequence.
  private func multibyteLength() -> Int? {
    let lead = bytes[offset]
    let length =
      switch lead {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 0
      }
    guard length > 0, offset + length <= bytes.count else { return nil }
    let tail = bytes[offset + 1..<offset + length]
    guard let second = tail.first, tail.allSatisfy({ $0 & 0xC0 == 0x80 }) else { return nil }
    switch lead {
    case 0xE0: return second >= 0xA0 ? length : nil
    case 0xED: return second <= 0x9F ? length : nil
    case 0xF0: return second >= 0x90 ? length : nil
    case 0xF4: return second <= 0x8F ? length : nil
    default: return length
    }
  }

  // MARK: Bytes

  private func peek() -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    offset += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek(), byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { offset += 1 }
  }

  private func fault(_ message: String) -> JSONFault { JSONFault(message: message, offset: offset) }

  /// What stands here, in words that are safe to print.
  private func found() -> String {
    guard let byte = peek() else { return "the end of the text" }
    if (0x21...0x7E).contains(byte) { return "'\(Character(Unicode.Scalar(byte)))'" }
    if byte == 0x0A || byte == 0x0D { return "a line break" }
    return byte < 0x80 ? "a control character or space" : "a character beyond ASCII"
  }
}
