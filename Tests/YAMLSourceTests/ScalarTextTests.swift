import Diagnostics
import TestSupport
import Testing

@testable import YAMLSource

@Suite("Places inside the text of a scalar")
struct ScalarTextTests {
  /// A file, some text of the value under 'k', and the mark around what that text is written as.
  static let places: [(String, String)] = [
    ("k: sum(«rate»(x[5m]))\n", "rate"),
    ("k: 'code!~\"5..\" and «up»'\n", "up"),
    ("k: 'it«''»s'\n", "'"),
    ("k: 'it''s «up»'\n", "up"),
    ("k: \"a\\tb\\\"c «up»\"\n", "up"),
    ("k: \"a«\\t»b\"\n", "\t"),
    ("k: \"a«\\u00e9»b\"\n", "é"),
    ("k: \"a«\\U0001F600»b\"\n", "😀"),
    ("k: \"\\x41\\u00e9\\U0001F600 «up»\"\n", "up"),
    ("k: \"one \\\n  «two»\"\n", "two"),
    ("k: \"one\n\n  «two»\"\n", "two"),
    ("k: 'one\n  «two»'\n", "two"),
    ("k: one\n  «two»\n", "two"),
    ("k: one\n\n\n  «two»\n", "two"),
    ("k: o«ne\n  tw»o\n", "ne tw"),
    ("k: |\n  one\n  «two»\n", "two"),
    ("k: |\n  one\n    «two»\n", "two"),
    ("k: |2\n    one\n  «two»\n", "two"),
    ("k: |2-\n    «one»\n", "one"),
    ("k: >\n  one\n  «two»\n\n  three\n", "two"),
    ("k: >\n  one\n\n  «two»\n", "two"),
    ("k: >\n  one\n    more\n  «two»\n", "two"),
    ("k: >-  # why\n  one\n  «two»\n", "two"),
    ("k: >+\n  one«\n\n»j: x\n", "\n\n"),
    ("# é\nk: >\n  ünö\n  «two»\n", "two"),
    ("k: >\r\n  one\r\n  «two»\r\n", "two"),
    ("\u{FEFF}k: \"\\n«two»\"\n", "two"),
    ("a:\n  b:\n    - k: |\n        one\n        «two»\n", "two"),
    ("- >1\n  one\n «two»\n", "two"),
  ]

  @Test("the text of a value leads to what the author typed", arguments: places)
  func leads(_ marked: String, _ sought: String) throws {
    let marked = MarkedText(marked)
    let parsed = ParsedText(marked.text)
    #expect(parsed.messages == [])
    let value = try #require(parsed.documents.flatMap(SpanTests.nodes).last { $0.text.contains(sought) })
    let bytes = Array(value.textBytes)
    let start = try #require(bytes.indices.last { bytes[$0...].starts(with: sought.utf8) })
    #expect(value.span(ofText: start..<start + sought.utf8.count).range == marked.ranges[0])
  }

  @Test("an empty range is a place, and the end of the text lies before the closing quote")
  func emptyRange() throws {
    let root = try #require(ParsedText("k: \"a\\n\"\nl: abc\n").documents.first)
    let quoted = try #require(root[key: "k"])
    #expect(quoted.span(ofText: 0..<0).range == 4..<4)
    #expect(quoted.span(ofText: 1..<1).range == 5..<5)
    #expect(quoted.span(ofText: 2..<2).range == 7..<7)
    #expect(quoted.span(ofText: 1..<99).range == 5..<7)
    let plain = try #require(root[key: "l"])
    #expect(plain.span(ofText: 3..<3).range == 15..<15)
    #expect(plain.span(ofText: 1..<99).range == 13..<15)
  }

  @Test("a collection has no text, and every range of it is the whole")
  func collection() throws {
    let root = try #require(ParsedText("k: [a]\n").documents.first)
    #expect(root.span(ofText: 0..<3) == root.span)
  }

  static let pieces: [ScalarStyle: [String]] = [
    .plain: [
      "a", "b1", "é", "😀", " ", "  ", "\t", "\n", "\r\n", "\n\n", "\n \n", "'", "\"", "\\n", "{x}", "#", "\u{2028}",
    ],
    .singleQuoted: [
      "a", "é", "😀", " ", "\t", "\n", "\r\n", "\n\n", " \n ", "''", "\"", "\\n", "# ", ": ", "\u{85}", "\u{2029}",
    ],
    .doubleQuoted: [
      "a", "é", "😀", " ", "\t", "\n", "\r\n", "\n\n", " \n ", "'", "\\\"", "\\n", "\\t", "\\\\", "\\0", "\\x41",
      "\\u00e9",
      "\\U0001F600", "\\\n", " \\\n ", "\\\r\n", "\\\n\n", "\\ ", "\\L", "\\N", "\\_", "\\e", "\\/", "\u{2028}",
      "\u{85}",
    ],
    .literal: ["a", "é", "😀", " ", "  ", "\t", "\n", "\r\n", "\n\n", "# ", "'", "\\n", "\u{2028}", "\u{85}"],
    .folded: ["a", "é", "😀", " ", "  ", "\t", "\n", "\r\n", "\n\n", "\n ", "\n\t", "# ", "\\n", "\u{2028}", "\u{85}"],
  ]

  @Test("every byte of random text in every style leads to where it was typed", arguments: pieces.keys)
  func property(_ style: ScalarStyle) throws {
    var random = SeededGenerator(seed: 7)
    let pieces = try #require(Self.pieces[style])
    var readable = 0
    for _ in 0..<3_000 {
      let source = Self.document(style, pieces, &random)
      let parsed = ParsedText(source)
      guard parsed.messages.isEmpty, let value = parsed.documents.first?[key: "a"]?[key: "k"],
        value.kind == .scalar(style)
      else { continue }
      readable += 1
      expectFaithful(value, in: parsed)
    }
    #expect(readable > 500)
  }

  private static func document(_ style: ScalarStyle, _ pieces: [String], _ random: inout SeededGenerator) -> String {
    let content = (0..<Int.random(in: 1...9, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
    let chomping = ["", "-", "+"].randomElement(using: &random) ?? ""
    let indent = String(repeating: " ", count: Int.random(in: 1...3, using: &random))
    let (opening, closing) =
      switch style {
      case .plain: ("x", "")
      case .singleQuoted: ("'", "'")
      case .doubleQuoted: ("\"", "\"")
      case .literal: ("|\(Bool.random(using: &random) ? "" : "\(indent.count)")\(chomping)\n\(indent)", "\n")
      case .folded: (">\(Bool.random(using: &random) ? "" : "\(indent.count)")\(chomping)\n\(indent)", "\n")
      }
    let value = (opening + content.joined() + closing).indentingLines(by: " " + indent)
    return "é: ü\na:\n k: \(value)\n\n b: c\n"
  }

  private func expectFaithful(_ value: YAMLNode, in parsed: ParsedText) {
    let text = Array(value.textBytes)
    let comment = Comment(rawValue: String(decoding: parsed.file.bytes, as: UTF8.self).debugDescription)
    if value.record.isDecoded { #expect(ScalarDecoder.decode(value).text == text, comment) }
    let scalarText = ScalarText(value)
    var end = value.span.range.lowerBound
    for (offset, byte) in text.enumerated() {
      let span = scalarText.span(of: offset..<offset + 1)
      let typed = parsed.text(span).utf8.first ?? 0
      let isLineBreak = [0x0A, 0x0D, 0xC2].contains(typed)
      #expect(
        byte == typed || "\\'".utf8.contains(typed) && span.range.count > 1
          || isLineBreak && [0x20, 0x0A].contains(byte)
          || byte >= 0x80,
        comment
      )
      #expect(Int(span.start) >= end || byte & 0xC0 == 0x80, comment)
      end = max(end, Int(span.start))
    }
  }
}

extension String {
  fileprivate func indentingLines(by indent: String) -> String {
    var result = ""
    for scalar in unicodeScalars {
      result.unicodeScalars.append(scalar)
      if scalar == "\n" { result += indent }
    }
    return result
  }
}
