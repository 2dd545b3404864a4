import YAMLSource

/// Lays out scalars: quotes that need no escapes, and lines without what surrounds their text.
struct ScalarLayout {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// A scalar on one line; nil where it has more.
  func word(_ range: Range<Int>, _ style: ScalarStyle) -> [UInt8]? {
    guard case .word(let word) = piece(range, style, []) else { return nil }
    return word
  }

  func piece(_ range: Range<Int>, _ style: ScalarStyle, _ text: [UInt8]) -> Piece {
    switch style {
    case .plain, .singleQuoted, .doubleQuoted:
      let written = requoted(bytes[range], style)
      return written.contains(.newline) ? folded(written) : .word(written)
    case .literal, .folded: return block(range, style, text)
    }
  }

  /// The last byte of a scalar that is no blank; of a block scalar whose line breaks at the end count, the last of all.
  func lastByte(of range: Range<Int>, _ style: ScalarStyle) -> Int {
    var end = range.upperBound
    let isBlock = style == .literal || style == .folded
    if isBlock, header(of: range).contains(UInt8(ascii: "+")) { return end - 1 }
    while end > range.lowerBound + 1, bytes[end - 1].isBlank { end -= 1 }
    return end - 1
  }

  // MARK: Quotes

  /// Single quotes, unless double ones save doubling an apostrophe; escapes need the double ones that they have.
  private func requoted(_ written: ArraySlice<UInt8>, _ style: ScalarStyle) -> [UInt8] {
    let inner = written.dropFirst().dropLast()
    switch style {
    case .plain, .literal, .folded: return Array(written)
    case .doubleQuoted:
      if inner.contains(.backslash) || inner.contains(.apostrophe) { return Array(written) }
      return [.apostrophe] + inner + [.apostrophe]
    case .singleQuoted:
      if !inner.contains(.apostrophe) || inner.contains(.backslash) || inner.contains(.quote) { return Array(written) }
      var result: [UInt8] = [.quote]
      var isSecond = false
      for byte in inner {
        isSecond = byte == .apostrophe && !isSecond
        // Of two apostrophes that stand for one, the second goes.
        if byte != .apostrophe || isSecond { result.append(byte) }
      }
      return result + [.quote]
    }
  }

  // MARK: Lines that are folded

  private func folded(_ written: [UInt8]) -> Piece {
    let isEscaped = written.first == .quote && written.contains(.backslash)
    var lines = written.split(separator: .newline, omittingEmptySubsequences: false).map { Array($0) }
    for index in lines.indices {
      var line = lines[index][...]
      if index > 0 { line = line.drop { $0.isBlank } }
      // A blank may be what a backslash stands before.
      if index < lines.count - 1, !isEscaped { line = line.dropLast(while: \.isBlank) }
      if line.last == .carriageReturn { line = line.dropLast() }
      lines[index] = Array(line)
    }
    let joins = !isEscaped && lines.allSatisfy { !$0.isEmpty }
    return .lines(lines, joined: joins ? Array(lines.joined(separator: [.space])) : nil)
  }

  // MARK: Block scalars

  private func block(_ range: Range<Int>, _ style: ScalarStyle, _ text: [UInt8]) -> Piece {
    let written = header(of: range)
    let keepsAll = written.contains(UInt8(ascii: "+"))
    var lines = style == .literal ? literalLines(text) : foldedLines(range, text, keepsAll: keepsAll)
    if !keepsAll { lines = Array(lines.dropLast(while: \.isEmpty)) }
    let first = lines.first { !$0.isEmpty }?.first
    let needsIndicator = first == .space || first == .tab
    let losesBreak = !text.isEmpty && text.last != .newline
    let chomping: [UInt8] =
      if losesBreak || written.contains(.dash) { [.dash] } else if keepsAll { [UInt8(ascii: "+")] } else { [] }
    let header = [written[0]] + (needsIndicator ? [UInt8(ascii: "2")] : []) + chomping
    return .block(header: header, lines: lines)
  }

  private func header(of range: Range<Int>) -> ArraySlice<UInt8> {
    let rest = bytes[(range.lowerBound + 1)...].prefix { "+-0123456789".utf8.contains($0) }
    return ArraySlice(Array(bytes[range.lowerBound..<rest.endIndex]))
  }

  private func literalLines(_ text: [UInt8]) -> [[UInt8]] {
    var lines = text.split(separator: .newline, omittingEmptySubsequences: false).map { Array($0) }
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// The lines as written, without what they are indented by: the spaces that the file has and the text has not,
  /// where both have most of them.
  private func foldedLines(_ range: Range<Int>, _ text: [UInt8], keepsAll: Bool) -> [[UInt8]] {
    let start = bytes[range.lowerBound..<range.upperBound].firstIndex(of: .newline).map { $0 + 1 } ?? range.upperBound
    let content = bytes[start..<range.upperBound]
    let indentation = max(0, Self.mostSpaces(in: content) - Self.mostSpaces(in: text[...]))
    var lines = content.split(separator: .newline, omittingEmptySubsequences: false).map { line -> [UInt8] in
      let line = line.last == .carriageReturn ? line.dropLast() : line
      return Array(line.dropFirst(min(indentation, line.prefix { $0 == .space }.count)))
    }
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// The most spaces that a line begins with, among the lines up to the first that has anything else.
  private static func mostSpaces(in text: ArraySlice<UInt8>) -> Int {
    var (most, column) = (0, 0)
    for byte in text {
      if byte == .newline || byte == .carriageReturn {
        column = 0
      } else if byte == .space {
        column += 1
      } else {
        break
      }
      most = max(most, column)
    }
    return most
  }
}

extension UInt8 {
  static let newline = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " ")
  static let tab = UInt8(ascii: "\t")
  static let dash = UInt8(ascii: "-")
  static let apostrophe = UInt8(ascii: "'")
  static let quote = UInt8(ascii: "\"")
  static let backslash = UInt8(ascii: "\\")

  var isBlank: Bool { self == .space || self == .tab || self == .newline || self == .carriageReturn }
}

extension BidirectionalCollection {
  /// What is left without the elements at the end that fit.
  func dropLast(while fits: (Element) -> Bool) -> SubSequence {
    var end = endIndex
    while end > startIndex, fits(self[index(before: end)]) { end = index(before: end) }
    return self[..<end]
  }
}
