import Diagnostics
import Testing

@Suite("Edits of a file")
struct TextEditTests {
  /// The text without what guillemets mark.
  private static func removing(_ marked: String) -> String {
    let start = marked.utf8.prefix { $0 != 0xC2 }.count
    let plain = marked.filter { $0 != "«" && $0 != "»" }
    let end = start + marked.drop { $0 != "«" }.dropFirst().prefix { $0 != "»" }.utf8.count
    let file = SourceFile(id: FileID(0), path: "a.yaml", text: plain)
    let edit = TextEdit(removing: SourceSpan(file: file.id, start: start, end: end)).settled(in: file)
    return String(decoding: file.applying([edit]).bytes, as: UTF8.self)
  }

  @Test(
    "a removal takes what would be left over",
    arguments: [
      ("a:\n  «b: 1»\n  c: 2\n", "a:\n  c: 2\n"),
      ("a:\n  c: 2\n  «b:\n    d: 1»   # why\nx: 1\n", "a:\n  c: 2\nx: 1\n"),
      ("a: # of\n  «b: 1»\n\nx: 1\n", "\nx: 1\n"),
      ("a:\n  «b: 1»", ""),
      ("a:\n  # about c\n  «b: 1»\n  c: 2\n", "a:\n  # about c\n  c: 2\n"),
      ("a:\n  - «b: 1\n    c: 2»\n  - d: 1\n", "a:\n  - d: 1\n"),
      ("a:\n- «b: 1»\n- d: 1\n", "a:\n- d: 1\n"),
      ("a:\n- «b: 1»\nx: 1\n", "x: 1\n"),
      ("x:\n  y:\n  - c\na:\n- d\n- «b: 1»\nx: 1\n", "x:\n  y:\n  - c\na:\n- d\nx: 1\n"),
      ("a: { «b: 1», c: 2 }\n", "a: { c: 2 }\n"),
      ("a: { c: 2, «b: 1» }\n", "a: { c: 2 }\n"),
      ("a: 1 «# why»\nb: 1\n", "a: 1\nb: 1\n"),
      ("a:\n  «# why»\nb: 1\n", "a:\nb: 1\n"),
      ("a: 1   «# why»\r\nb: 1\r\n", "a: 1\r\nb: 1\r\n"),
    ]
  )
  func removal(_ marked: String, _ expected: String) {
    #expect(Self.removing(marked) == expected)
  }

  @Test("edits meet where they change the same bytes or write at the same place")
  func meeting() {
    let edit = { (start: Int, end: Int) in
      TextEdit(replacing: SourceSpan(file: FileID(0), start: start, end: end), with: "x")
    }
    #expect(edit(0, 2).isApart(from: edit(2, 4)))
    #expect(!edit(0, 3).isApart(from: edit(2, 4)))
    #expect(!edit(2, 2).isApart(from: edit(2, 4)))
    #expect(edit(4, 4).isApart(from: edit(2, 4)))
    #expect(!edit(3, 3).isApart(from: edit(2, 4)))
  }
}
