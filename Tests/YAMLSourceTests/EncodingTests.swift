import Diagnostics
import TestSupport
import Testing
import YAMLSource

@Suite("The encoding of a file")
struct EncodingTests {
  private static func utf16(_ text: String, isLittle: Bool, hasMark: Bool) -> [UInt8] {
    ((hasMark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { unit -> [UInt8] in
      let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
      return isLittle ? [low, high] : [high, low]
    }
  }

  @Test("UTF-16 is known by its mark or its zeros", arguments: [true, false], [true, false])
  func wide(isLittle: Bool, hasMark: Bool) {
    let parsed = ParsedText(Self.utf16("nines: v1\nservice: checkout\n", isLittle: isLittle, hasMark: hasMark))
    let name = isLittle ? "UTF-16LE" : "UTF-16BE"
    #expect(parsed.messages == ["SLO116: the file is not UTF-8: it looks like \(name)"])
    #expect(parsed.diagnostics.first?.span.range == 0..<2)
    #expect(parsed.documents.isEmpty)
  }

  @Test("UTF-32 is not taken for UTF-16")
  func wider() {
    let parsed = ParsedText([0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0])
    #expect(parsed.messages == ["SLO116: the file is not UTF-8: it looks like UTF-32LE"])
  }

  static let singleBytes: [([UInt8], String, String)] = [
    ([0xE9], "E9", "ISO-8859-1"), ([0x80], "80", "WINDOWS-1252"), ([0xFC, 0x93], "FC", "WINDOWS-1252"),
  ]

  @Test("a byte that is not UTF-8 is named with its place", arguments: singleBytes)
  func singleByte(_ bytes: [UInt8], _ byte: String, _ encoding: String) {
    let parsed = ParsedText(Array("a: 1\ntitle: caf".utf8) + bytes + Array("\nb: 2\n".utf8))
    #expect(
      parsed.messages == ["SLO116: byte 0x\(byte) at byte offset 15 is not UTF-8: the file looks like \(encoding)"]
    )
    #expect(parsed.diagnostics.first?.span.range == 15..<16)
    #expect(parsed.documents.isEmpty)
  }

  @Test(
    "no byte sequence outside UTF-8 is let through",
    arguments: [
      [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xC3, 0x28], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xE2, 0x82],
      [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xF0, 0x9F, 0x98], [0x80], [0xFF],
    ] as [[UInt8]]
  )
  func malformed(_ bytes: [UInt8]) {
    for tail in [[], Array(" x\n".utf8)] {
      let parsed = ParsedText(Array("a: ".utf8) + bytes + tail)
      #expect(parsed.diagnostics.map(\.descriptor.code) == ["SLO116"])
      #expect(parsed.diagnostics.first?.span.range == 3..<4)
    }
  }

  static let controls: [(String, String)] = [
    ("a: «\u{0}»b\n", "a NUL byte at byte 3 has no place in YAML"),
    ("a: «\u{1B}»[31mred\n", "the control character U+001B at byte 3 has no place in YAML"),
    ("a: «\u{7F}»\n", "the control character U+007F at byte 3 has no place in YAML"),
    ("a: «\u{9F}»\n", "the control character U+009F at byte 3 has no place in YAML"),
    ("a: é«\u{FEFF}»\n", "the control character U+FEFF at byte 5 has no place in YAML"),
    ("a: «\u{FFFE}»\n", "the control character U+FFFE at byte 3 has no place in YAML"),
    ("a: «\u{1}»\u{2}\n", "the control character U+0001 at byte 3 has no place in YAML, and another is in the file"),
    (
      "a: «\u{0}»\u{0}\u{7}\n", "a NUL byte at byte 3 has no place in YAML, and 2 others are in the file"
    ),
  ]

  @Test("a control character is named with its place", arguments: controls)
  func control(_ marked: String, _ message: String) {
    let marked = MarkedText(marked)
    let parsed = ParsedText(marked.text)
    #expect(parsed.messages == ["SLO101: \(message)"])
    #expect(parsed.diagnostics.map(\.span.range) == marked.ranges)
  }

  @Test("a character lost in a conversion is reported, and the file still read")
  func replacement() {
    let parsed = ParsedText("a: caf\u{FFFD}\nb: \u{FFFD}\n")
    #expect(
      parsed.messages == [
        "SLO116: U+FFFD stands here for a character that an earlier conversion lost, and another is in the file"
      ]
    )
    #expect(parsed.diagnostics.first?.span.range == 6..<9)
    #expect(parsed.outline == "{a: caf\u{FFFD}, b: \u{FFFD}}")
  }

  @Test("every other character of Unicode reads as itself")
  func everyCharacter() throws {
    var random = SeededGenerator(seed: 1)
    let edges: [UInt32] = [0x20, 0x7E, 0xA0, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFC, 0x10000, 0x10FFFF, 0x1F600]
    let values = edges + (0..<20_000).map { _ in UInt32.random(in: 0xA0...0x10FFFF, using: &random) }
    let scalars = values.compactMap(Unicode.Scalar.init).filter {
      ![0xFFFD, 0xFEFF, 0xFFFE, 0xFFFF, 0x2028, 0x2029].contains($0.value)
    }
    let text = String(String.UnicodeScalarView(scalars))
    let parsed = ParsedText("a: '.\(text).'\nb: c\n")
    #expect(parsed.messages == [])
    let root = try #require(parsed.documents.first)
    #expect(root[key: "a"]?.hasText(".\(text).") == true)
    #expect(try parsed.text(#require(root[key: "b"]).span) == "c")
  }
}
