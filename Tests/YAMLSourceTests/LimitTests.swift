import Diagnostics
import Testing
import YAMLSource

@Suite("Hostile files")
struct LimitTests {
  @Test("lists may be nested 64 deep and no deeper", arguments: ["[", "{a: ", "- ", "? "])
  func nesting(_ opening: String) {
    let deep = ParsedText(String(repeating: opening, count: 65))
    #expect(deep.diagnostics.map(\.descriptor.code) == ["SLO113"])
    #expect(deep.messages.first?.contains("more than the limit of 64 levels") == true)
    let offset = 64 * opening.utf8.count
    #expect(deep.diagnostics.first?.span.range == offset..<offset + 1)
    let shallow = ParsedText(String(repeating: "[", count: 64) + String(repeating: "]", count: 64))
    #expect(shallow.messages == [])
  }

  @Test("eighty thousand brackets end at the limit", arguments: ["[", "{", "- ", "? ", "[{", "a: {", "&a [", "!x ["])
  func brackets(_ opening: String) {
    let parsed = ParsedText(String(repeating: opening, count: 80_000))
    #expect(parsed.documents.isEmpty)
    #expect(parsed.diagnostics.last.map { ["SLO113", "SLO101"].contains($0.descriptor.code) } == true)
  }

  @Test("aliases of aliases end at the limit, at the alias that goes beyond it")
  func laughs() {
    let marked = MarkedText(DiagnosticDescriptor.limitExceeded.flagged)
    let parsed = ParsedText("a: 1\n---\n" + marked.text)
    #expect(
      parsed.messages == [
        "SLO113: with '*e' the aliases of this file stand for 1012328 nodes, more than the limit of 1000000"
      ]
    )
    #expect(parsed.outline == "{a: 1}")
  }

  @Test("a mapping merged over and over counts like any alias")
  func merges() {
    let keys = (0..<1_000).map { "k\($0): 1" }.joined(separator: ", ")
    let parsed = ParsedText("- &x {\(keys)}\n" + String(repeating: "- <<: *x\n", count: 1_000))
    #expect(parsed.diagnostics.map(\.descriptor.code) == ["SLO113"])
  }

  @Test("honest repetition is no bomb")
  func template() {
    let keys = (0..<200).map { "k\($0): 1" }.joined(separator: ", ")
    let parsed = ParsedText("- &x {\(keys)}\n" + String(repeating: "- {<<: *x, own: 2}\n", count: 1_000))
    #expect(parsed.messages == [])
    #expect(parsed.documents.first?.elements.last?.entries.count == 201)
  }

  @Test("a file may hold a thousand documents and no more")
  func documents() {
    let full = ParsedText(String(repeating: "---\na: 1\n", count: 1_000))
    #expect(full.messages == [])
    #expect(full.documents.count == 1_000)
    let over = ParsedText(String(repeating: "---\n", count: 1_001))
    #expect(over.messages == ["SLO113: the file has more than the limit of 1000 documents"])
    #expect(over.diagnostics.first?.span.range == 4_000..<4_003)
  }

  @Test("a file of more than 64 MiB is not read")
  func size() {
    let parsed = ParsedText([UInt8](repeating: 0x20, count: 64 << 20 + 1))
    #expect(
      parsed.messages == [
        "SLO113: the file is 67108865 bytes long, more than the limit of 67108864 (64 MiB)"
      ]
    )
  }

  @Test("a key is at most 4096 bytes long, and the other entries are read")
  func keyLength() {
    let key = String(repeating: "k", count: 4_097)
    let parsed = ParsedText("? \(key)\n: 1\n? \(key.dropLast())\n: 2\nb: 3\n")
    #expect(parsed.messages == ["SLO113: a key is longer than the limit of 4096 bytes"])
    #expect(parsed.documents.first?.entries.map(\.value.text) == ["2", "3"])
  }

  @Test("a flood of tag directives is refused before libyaml compares them all")
  func tagDirectives() {
    let parsed = ParsedText((0..<50_000).map { "%TAG !t\($0)! x\n" }.joined() + "---\na: b\n")
    #expect(
      parsed.messages == ["SLO113: '%TAG' is in the file more often than the limit of 100 times"]
    )
  }

  @Test("a long key is quoted in part", arguments: ["k", "é"])
  func longMessage(_ letter: String) throws {
    let key = String(repeating: letter, count: 500)
    let parsed = ParsedText("\(key): 1\n\(key): 2\n")
    #expect(
      parsed.messages == ["SLO102: key '\(String(repeating: letter, count: 40))…' is in this mapping twice"]
    )
  }

  @Test("very many keys, items and duplicates are read in one go")
  func many() {
    let keys = (0..<50_000).map { "k\($0): {a: [x, 'y']}\n" }.joined()
    let parsed = ParsedText(keys + "k0: 1\nk49999: 1\n")
    #expect(parsed.diagnostics.map { parsed.text($0.span) } == ["k0", "k49999"])
    #expect(parsed.documents.first?.entries.count == 50_000)
  }

  @Test("places stay exact behind very much text that is not ASCII")
  func manyWide() throws {
    let lines = String(repeating: "- 'é😀日本'\n", count: 40_000)
    let parsed = ParsedText(lines + "- last\n")
    let last = try #require(parsed.documents.first?.elements.last)
    #expect(parsed.text(last.span) == "last")
    let end = lines.utf8.count + 2
    #expect(last.span.range == end..<end + 4)
  }

  @Test("a scalar of a megabyte is text like any other")
  func longScalar() throws {
    let text = String(repeating: "x ", count: 500_000) + "y"
    let parsed = ParsedText("a: >\n  \(text)\n  z\nb: c\n")
    let value = try #require(parsed.documents.first?[key: "a"])
    #expect(value.textBytes.count == text.utf8.count + 3)
    let place = text.utf8.count + 1
    #expect(parsed.text(value.span(ofText: place..<place + 1)) == "z")
  }
}

@Suite("The pages of the diagnostics")
struct DescriptorTests {
  @Test("a flagged example raises exactly its marks, an accepted one nothing", arguments: YAMLDiagnostics.all)
  func examples(_ descriptor: DiagnosticDescriptor) {
    let marked = MarkedText(descriptor.flagged)
    let flagged = ParsedText(marked.text)
    #expect(flagged.diagnostics.map(\.descriptor) == marked.ranges.map { _ in descriptor })
    #expect(flagged.diagnostics.map(\.span.range) == marked.ranges)
    let accepted = ParsedText(descriptor.accepted)
    #expect(accepted.messages == [])
    #expect(!accepted.documents.isEmpty)
  }
}
