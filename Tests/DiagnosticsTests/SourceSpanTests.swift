import Diagnostics
import Testing

@Suite("Places in text")
struct SourceSpanTests {
  @Test(
    "a position counts lines from line feeds and columns in code points",
    arguments: [
      ("", 0, 1, 1), ("ab\ncd", 0, 1, 1), ("ab\ncd", 2, 1, 3), ("ab\ncd", 3, 2, 1), ("ab\ncd", 5, 2, 3),
      ("ab\ncd", 99, 2, 3), ("a\n", 2, 2, 1), ("é日😀x", 9, 1, 4), ("a\r\nb", 3, 2, 1), ("\n\n\n", 2, 3, 1),
    ]
  )
  func position(_ text: String, _ offset: Int, _ line: Int, _ column: Int) {
    let table = LineTable(SourceFile(id: FileID(0), path: "a", text: text))
    #expect(table.position(of: offset) == SourcePosition(line: line, column: column))
    #expect(table.line(of: offset) == line)
  }

  @Test(
    "a line's range is without its line break",
    arguments: [
      ("ab\ncd", 1, 0..<2), ("ab\ncd", 2, 3..<5), ("ab\r\ncd\r\n", 1, 0..<2), ("ab\r\ncd\r\n", 2, 4..<6),
      ("ab\r\n", 2, 4..<4), ("", 1, 0..<0), ("\r\n", 1, 0..<0), ("a\rb\n", 1, 0..<3),
    ]
  )
  func lineRange(_ text: String, _ line: Int, _ range: Range<Int>) {
    #expect(LineTable(SourceFile(id: FileID(0), path: "a", text: text)).range(ofLine: line) == range)
  }

  @Test("a span through another covers both, whichever comes first")
  func through() {
    let file = FileID(3)
    let early = SourceSpan(file: file, start: 2, end: 5)
    let late = SourceSpan(file: file, start: 4, end: 9)
    #expect(early.through(late) == SourceSpan(file: file, start: 2, end: 9))
    #expect(late.through(early) == SourceSpan(file: file, start: 2, end: 9))
  }

  @Test("text is cut to the file, and what is not UTF-8 in it is replaced")
  func text() {
    let file = SourceFile(id: FileID(0), path: "a", bytes: [0x61, 0xFF, 0x62])
    #expect(file.text(in: 0..<99) == "a\u{FFFD}b")
    #expect(file.text(in: 2..<3) == "b")
  }
}

@Suite("The bag of findings")
struct DiagnosticBagTests {
  private let span = SourceSpan(file: FileID(0), start: 0, end: 0)

  @Test("the bag keeps the first findings, counts the rest and remembers an error among them")
  func limit() {
    var bag = DiagnosticBag()
    for _ in 0..<DiagnosticBag.limit { bag.report(.noOwner, "m", at: span) }
    #expect(bag.omitted == 0)
    #expect(!bag.hasErrors)
    bag.report(.percentilesOutOfOrder, "m", at: span)
    #expect(bag.diagnostics.count == DiagnosticBag.limit)
    #expect(bag.omitted == 1)
    #expect(bag.hasErrors)
  }

  @Test("bags add up, what they left out included")
  func addition() {
    var full = DiagnosticBag()
    for _ in 0..<DiagnosticBag.limit { full.report(.noOwner, "m", at: span) }
    full.report(.percentilesOutOfOrder, "m", at: span)
    var bag = DiagnosticBag()
    bag.report(.noOwner, "first", at: span)
    bag.add(full)
    #expect(bag.diagnostics.count == DiagnosticBag.limit)
    #expect(bag.diagnostics.first?.message == "first")
    #expect(bag.omitted == 2)
    #expect(bag.hasErrors)
  }
}
