/// Decodes a scalar as libyaml does, noting for each byte of the text which bytes of the file it stands for.
struct ScalarDecoder {
  struct Origin: Sendable {
    let start: UInt32
    let end: UInt32
  }

  private(set) var text: [UInt8] = []
  private(set) var origins: [Origin] = []

  let bytes: [UInt8]
  /// Where reading goes on, and where it stops at the latest.
  var place: Int
  let limit: Int

  static func decode(_ node: YAMLNode) -> ScalarDecoder {
    let record = node.record
    let (start, end) = (Int(record.start), Int(record.end))
    let bytes = node.tree.file.bytes
    switch record.shape {
    case .plain:
      var decoder = ScalarDecoder(bytes: bytes, place: start, limit: end)
      decoder.decodeFlow { $0.copy(1) }
      return decoder
    case .singleQuoted:
      var decoder = ScalarDecoder(bytes: bytes, place: start + 1, limit: end - 1)
      decoder.decodeFlow { $0.decodeSingleQuoted() }
      return decoder
    case .doubleQuoted:
      var decoder = ScalarDecoder(bytes: bytes, place: start + 1, limit: end - 1)
      decoder.decodeFlow { $0.decodeDoubleQuoted() }
      return decoder
    case .literal, .folded:
      // Line breaks that belong to the text may lie behind the end of the node.
      var decoder = ScalarDecoder(bytes: bytes, place: start, limit: bytes.count)
      decoder.decodeBlock(of: node.textBytes, isFolded: record.shape == .folded)
      return decoder
    case .sequence, .mapping, .unresolved:
      return ScalarDecoder(bytes: bytes, place: start, limit: end)
    }
  }

  private init(bytes: [UInt8], place: Int, limit: Int) {
    self.bytes = bytes
    self.place = place
    self.limit = limit
  }
}

extension ScalarDecoder {
  /// The length of the line break at an offset as YAML 1.1 knows them, which include U+0085, U+2028 and U+2029;
  /// zero where there is none.
  func lineBreakLength(at offset: Int) -> Int {
    Self.lineBreakLength(at: offset, in: bytes[..<limit])
  }

  static func lineBreakLength(at offset: Int, in text: ArraySlice<UInt8>) -> Int {
    guard offset < text.endIndex else { return 0 }
    switch text[offset] {
    case 0x0A: return 1
    case 0x0D: return text[offset...].starts(with: [0x0D, 0x0A]) ? 2 : 1
    case 0xC2: return text[offset...].starts(with: [0xC2, 0x85]) ? 2 : 0
    case 0xE2:
      let isSeparator =
        text[offset...].starts(with: [0xE2, 0x80, 0xA8]) || text[offset...].starts(with: [0xE2, 0x80, 0xA9])
      return isSeparator ? 3 : 0
    default: return 0
    }
  }

  func isBlank(at offset: Int) -> Bool {
    offset < limit && (bytes[offset] == 0x20 || bytes[offset] == 0x09)
  }

  /// Whether a line break reads as a line feed, as all do but U+2028 and U+2029.
  func isFeed(_ lineBreak: Range<Int>) -> Bool { lineBreak.count < 3 }

  mutating func emit(_ byte: UInt8, from range: Range<Int>) {
    text.append(byte)
    origins.append(Origin(start: UInt32(range.lowerBound), end: UInt32(range.upperBound)))
  }

  mutating func emit(lineBreak: Range<Int>) {
    if isFeed(lineBreak) {
      emit(0x0A, from: lineBreak)
    } else {
      lineBreak.forEach { emit(bytes[$0], from: $0..<$0 + 1) }
    }
  }

  /// Takes bytes that stand for themselves.
  mutating func copy(_ count: Int) {
    for offset in place..<place + count { emit(bytes[offset], from: offset..<offset + 1) }
    place += count
  }

  mutating func truncate(to count: Int) {
    guard text.count > count else { return }
    text.removeSubrange(count...)
    origins.removeSubrange(count...)
  }
}

// Plain and quoted scalars

extension ScalarDecoder {
  /// Reads up to the limit, folding line breaks; `character` takes what is neither blank nor a break, and may read
  /// an escaped line break, which it says with true.
  private mutating func decodeFlow(character: (inout ScalarDecoder) -> Bool) {
    while place < limit {
      var hasEscapedBreak = false
      while place < limit, !isBlank(at: place), lineBreakLength(at: place) == 0, !hasEscapedBreak {
        hasEscapedBreak = character(&self)
      }
      foldBlanks(afterEscapedBreak: hasEscapedBreak)
    }
  }

  private mutating func decodeFlow(character: (inout ScalarDecoder) -> Void) {
    decodeFlow { decoder -> Bool in
      character(&decoder)
      return false
    }
  }

  private mutating func foldBlanks(afterEscapedBreak hasEscapedBreak: Bool) {
    let start = place
    var breaks: [Range<Int>] = []
    while place < limit {
      let length = lineBreakLength(at: place)
      guard length > 0 || isBlank(at: place) else { break }
      if length > 0 { breaks.append(place..<place + length) }
      place += max(length, 1)
    }
    if hasEscapedBreak {
      breaks.forEach { emit(lineBreak: $0) }
    } else if let first = breaks.first {
      if !isFeed(first) {
        breaks.forEach { emit(lineBreak: $0) }
      } else if breaks.count == 1 {
        emit(0x20, from: first)
      } else {
        breaks.dropFirst().forEach { emit(lineBreak: $0) }
      }
    } else {
      (start..<place).forEach { emit(bytes[$0], from: $0..<$0 + 1) }
    }
  }

  private mutating func decodeSingleQuoted() {
    guard bytes[place] == UInt8(ascii: "'"), place + 1 < limit, bytes[place + 1] == UInt8(ascii: "'") else {
      return copy(1)
    }
    emit(UInt8(ascii: "'"), from: place..<place + 2)
    place += 2
  }

  private mutating func decodeDoubleQuoted() -> Bool {
    guard bytes[place] == UInt8(ascii: "\\"), place + 1 < limit else {
      copy(1)
      return false
    }
    let lineBreak = lineBreakLength(at: place + 1)
    if lineBreak > 0 {
      place += 1 + lineBreak
      return true
    }
    decodeEscape()
    return false
  }

  private mutating func decodeEscape() {
    let letter = bytes[place + 1]
    let digits =
      switch letter {
      case UInt8(ascii: "x"): 2
      case UInt8(ascii: "u"): 4
      case UInt8(ascii: "U"): 8
      default: 0
      }
    let range = place..<min(place + 2 + digits, limit)
    let value =
      digits == 0
      ? Self.simpleEscapes[letter] ?? UInt32(letter)
      : UInt32(String(decoding: bytes[range].dropFirst(2), as: UTF8.self), radix: 16) ?? 0xFFFD
    if let scalar = Unicode.Scalar(value) {
      String(Character(scalar)).utf8.forEach { emit($0, from: range) }
    }
    place = range.upperBound
  }

  /// The escapes of one letter that stand for something else than the letter.
  private static let simpleEscapes: [UInt8: UInt32] = [
    UInt8(ascii: "0"): 0x00, UInt8(ascii: "a"): 0x07, UInt8(ascii: "b"): 0x08, UInt8(ascii: "t"): 0x09,
    UInt8(ascii: "n"): 0x0A, UInt8(ascii: "v"): 0x0B, UInt8(ascii: "f"): 0x0C, UInt8(ascii: "r"): 0x0D,
    UInt8(ascii: "e"): 0x1B, UInt8(ascii: "N"): 0x85, UInt8(ascii: "_"): 0xA0, UInt8(ascii: "L"): 0x2028,
    UInt8(ascii: "P"): 0x2029,
  ]
}
