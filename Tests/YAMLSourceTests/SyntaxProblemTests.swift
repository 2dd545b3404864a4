import Diagnostics
import Testing
import YAMLSource

@Suite("Text that is not YAML")
struct SyntaxProblemTests {
  static let problems: [(String, String)] = [
    ("a:\n«\t»b: c\n", "a tab indents this line, and YAML is indented with spaces"),
    ("a:\n  b: c\n«\t»d: e\n", "a tab indents this line, and YAML is indented with spaces"),
    ("a:\n  b: c\n  «\t»d: e\n", "a tab indents this line, and YAML is indented with spaces"),
    ("«\t»a: b\n", "a tab indents this line, and YAML is indented with spaces"),
    ("a: |\n«\t» b\n", "a tab indents this line, and YAML is indented with spaces"),
    ("a:\n  - b\n«\t»- c\n", "a tab indents this line, and YAML is indented with spaces"),
    ("a: «\"»x\nb: c\n", "the quote that opens here is never closed"),
    ("a: «'»x\n---\nb: c\n", "the quote that opens here is never closed"),
    ("é: «'»é\n", "the quote that opens here is never closed"),
    ("a: «'»x\nb: 'y'\n", "the quote that opens here is not closed on its line"),
    ("a: «\"»x\nb: 1\nc: [\"y\", z]\n", "the quote that opens here is not closed on its line"),
    ("a: 'it''s'\nb: {c: «'»d}\ne: 'f'\n", "the quote that opens here is not closed on its line"),
    // Text that is meant to go on, and quotes that open nothing.
    ("a: 'x\n  y'\nb: c«:» d\n", "a second ':' makes another key on this line"),
    ("a: it's\nb: 'c' «d»\n", "'d' follows a value that has already ended"),
    ("a: b # isn't\nc: 'd' «e»\n", "'e' follows a value that has already ended"),
    ("a: «[»1, 2\n", "the '[' that opens here is never closed"),
    ("a: «{»b: c\n", "the '{' that opens here is never closed"),
    ("a: {b: «[»1\n", "the '[' that opens here is never closed"),
    ("a:\n- «[»", "the '[' that opens here is never closed"),
    ("a: [1, 2\nb«:» c\n", "':' stands where a value, ',' or ']' is expected"),
    ("a: [1, 2«}»\n", "'}' stands where a value, ',' or ']' is expected"),
    ("a: {b: c\nd«:» e\n", "':' stands where a key, ',' or '}' is expected"),
    ("a: [b, «,»]\n", "',' stands where a value, ',' or ']' is expected"),
    ("a: 1\n«owner payments»\nb: 2\n", "this line is neither a key with ':' nor part of a value"),
    ("a: 1\nowner«:»payments\nb: 2\n", "a ':' makes a key only with a space behind it"),
    ("owner«:»payments\nb: 2\n", "a ':' makes a key only with a space behind it"),
    ("a: {b: \"c\"\n\t«d»: e}\n", "'d' stands where a key, ',' or '}' is expected"),
    ("a: «&»b.c d\n", "'&' starts an anchor, whose name is of letters, digits, '-' and '_'"),
    ("a: b«:» c\n", "a second ':' makes another key on this line"),
    ("a: b\n  c«:» d\n", "a key cannot stand here, because the value above it has not ended"),
    ("a: 'x' «y»\nb: c\n", "'y' follows a value that has already ended"),
    ("a: 'it'«s'»\nb: c\n", "'s'' follows a value that has already ended"),
    ("a: [b]«]»\n", "']' follows a value that has already ended"),
    ("a:\n    b: c\n  «d:» e\n", "the indentation of this line fits none of the mappings above"),
    (
      "a:\n  - b\n  «c:» d\n",
      "this line belongs to the list above by its indentation, but does not start with '- '"
    ),
    ("- a\n«b:» c\n", "this line belongs to the list above by its indentation, but does not start with '- '"),
    ("a: «@»x\n", "a value cannot start with '@'"),
    ("a: «`»x\n", "a value cannot start with '`'"),
    ("a: «%»x\n", "a value cannot start with '%'"),
    ("a: \"code=~\\\"2«\\d»\"\n", "'\\d' is not an escape of double-quoted text"),
    ("a: \"«\\é»\"\n", "'\\é' is not an escape of double-quoted text"),
    ("a: \"\\x«Z»Z\"\n", "an escape with \\x, \\u or \\U needs 2, 4 or 8 hexadecimal digits"),
    ("a: \"\\u«D»800\"\n", "this escape names no Unicode character"),
    ("a: «*».example.com\n", "'*' starts an alias, whose name is of letters, digits, '-' and '_'"),
    ("a: «&» b\n", "'&' starts an anchor, whose name is of letters, digits, '-' and '_'"),
    ("a: «-» b\n", "a list item cannot start on the line of its key"),
    ("a: «?» b\n", "a key cannot start here"),
    ("a: |«x»\n  b\n", "text stands on the line of '|' or '>'; it begins on the next"),
    ("a: |«0»\n  b\n", "the indentation after '|' or '>' is from 1 to 9, not 0"),
    ("a: «]»\n", "']' stands where a value is expected"),
    ("a: b\n...\n«c»: d\n", "text follows the end of the document without a '---' line"),
    ("a: «!»x!y z\n", "the tag handle is not declared"),
    ("%FOO«»\na: b\n", "only %YAML and %TAG are directives"),
    ("«%»YAML 2.0\n---\na: b\n", "the document asks for a version of YAML other than 1.1 and 1.2"),
    ("%YAML 1.1\n«%»YAML 1.1\n---\na: b\n", "the directive is given twice"),
    ("a: «!money» 5\n", "tag '!money' has no meaning in a spec"),
    ("a: «!!binary» aGk=\n", "tag '!!binary' has no meaning in a spec"),
    ("a: &x «!!python/object:os.system» {b: c}\n", "tag '!!python/object:os.system' has no meaning in a spec"),
    ("a: [«!x», b]\n", "tag '!x' has no meaning in a spec"),
    ("a: «!<x,y>» b\n", "tag '!<x,y>' has no meaning in a spec"),
    ("a: «!x»\n  - b\n", "tag '!x' has no meaning in a spec"),
    ("«!x» # why\n&y a: b\n", "tag '!x' has no meaning in a spec"),
  ]

  @Test("a problem is named where it is", arguments: problems)
  func named(_ marked: String, _ message: String) {
    let marked = MarkedText(marked)
    let parsed = ParsedText(marked.text)
    #expect(parsed.messages == ["SLO101: \(message)"])
    #expect(parsed.diagnostics.map(\.span.range) == marked.ranges)
  }

  @Test(
    "the other end of a problem is a note",
    arguments: [
      ("a: [1, 2\nb: c\n", "the list opens here", "["),
      ("a:\n    b: c\n  d: e\n", "the innermost mapping starts here", ""),
      ("a: 'x\n", "the file ends here", ""),
    ]
  )
  func notes(_ text: String, _ message: String, _ noted: String) throws {
    let parsed = ParsedText(text)
    let note = try #require(parsed.diagnostics.first?.notes.first)
    #expect(note.message == message)
    #expect(try parsed.text(#require(note.span)) == noted)
  }

  @Test("documents before the problem are still read")
  func earlierDocuments() {
    let parsed = ParsedText("a: 1\n---\nb: 'x\n---\nc: 2\n")
    #expect(parsed.outline == "{a: 1}")
    #expect(parsed.messages.count == 1)
  }

  @Test("problems before the place where libyaml stops are reported too")
  func earlierProblems() {
    let parsed = ParsedText("a: *x\nb: {c: 1, c: 2}\nd: 'x\n")
    #expect(parsed.diagnostics.map(\.descriptor.code) == ["SLO101", "SLO102", "SLO101"])
    #expect(parsed.documents.isEmpty)
  }
}
