import Diagnostics
import Testing
import YAMLSource

@Suite("Anchors, aliases and merge keys")
struct AliasTests {
  static let merges: [(String, String)] = [
    ("a: &x {k: 1}\nb: *x\n", "{a: {k: 1}, b: {k: 1}}"),
    ("a: &x 1\nb: [*x, *x]\n", "{a: 1, b: [1, 1]}"),
    ("a: &x 1\nb: &x 2\nc: *x\n", "{a: 1, b: 2, c: 2}"),
    ("a: &x name\n*x : 1\n", "{a: name, name: 1}"),
    ("a: &x {k: 1, l: 2}\nb:\n  <<: *x\n  k: 3\n", "{a: {k: 1, l: 2}, b: {k: 3, l: 2}}"),
    ("a: &x {k: 1}\nb: {<<: *x, l: 2}\n", "{a: {k: 1}, b: {l: 2, k: 1}}"),
    (
      "- &x {k: 1, l: 1}\n- &y {k: 2, m: 2}\n- {<<: [*x, *y], n: 3}\n",
      "[{k: 1, l: 1}, {k: 2, m: 2}, {n: 3, k: 1, l: 1, m: 2}]"
    ),
    ("- &x {k: 1}\n- &y {<<: *x, l: 2}\n- {<<: *y}\n", "[{k: 1}, {l: 2, k: 1}, {l: 2, k: 1}]"),
    ("a: {<<: {k: 1}, l: 2}\n", "{a: {l: 2, k: 1}}"),
    ("a: {'<<': 1}\n", #"{a: {"<<": 1}}"#),
  ]

  @Test("aliases and merge keys are followed", arguments: merges)
  func follows(_ text: String, _ outline: String) {
    let parsed = ParsedText(text)
    #expect(parsed.outline == outline)
    #expect(parsed.messages == [])
  }

  static let unresolved: [(String, String)] = [
    ("a: «*x»\n", "alias '*x' has no anchor '&x' before it in this document"),
    ("a: «*x»\nb: &x 1\n", "alias '*x' has no anchor '&x' before it in this document"),
    ("a: &x 1\n---\nb: «*x»\n", "alias '*x' has no anchor '&x' before it in this document"),
    ("a: &x [«*x»]\n", "alias '*x' lies inside the value that '&x' names, which would never end"),
    ("a: &x\n  b:\n    c: «*x»\n", "alias '*x' lies inside the value that '&x' names, which would never end"),
    ("a: {<<: «*x», b: 1}\n", "alias '*x' has no anchor '&x' before it in this document"),
    ("«*x» : 1\n", "alias '*x' has no anchor '&x' before it in this document"),
    ("a: &x 1\nb: {<<: «*x»}\n", "'<<' merges a mapping or a list of mappings, and this is text"),
    ("a: {<<: [{b: 1}, «c»]}\n", "the list under '<<' holds something else than a mapping"),
  ]

  @Test("an alias that names nothing is reported where it stands", arguments: unresolved)
  func reports(_ marked: String, _ message: String) {
    let marked = MarkedText(marked)
    let parsed = ParsedText(marked.text)
    #expect(parsed.messages == ["SLO101: \(message)"])
    #expect(parsed.diagnostics.map(\.span.range) == marked.ranges)
  }

  @Test("the rest of a document with an unknown alias is still read")
  func carriesOn() throws {
    let parsed = ParsedText("a: *x\nb: [*y, 1]\nc: 2\n")
    #expect(parsed.messages.count == 2)
    #expect(parsed.outline == "{a: *x, b: [*y, 1], c: 2}")
    let root = try #require(parsed.documents.first)
    #expect(root[key: "a"]?.isUnresolved == true)
    #expect(root[key: "c"]?.isUnresolved == false)
  }
}

@Suite("Keys")
struct KeyTests {
  @Test(
    "the later of two equal keys is reported, with the first beside it",
    arguments: [
      "a: 1\nb: 2\n«a»: 3\n",
      "'a': 1\n«\"a\"»: 2\n",
      "x:\n  a: 1\n  «a»: 2\n",
      "{a: 1, «a»: 2}\n",
      "b: &k a\na: 1\n«*k» : 2\n",
    ]
  )
  func duplicate(_ marked: String) throws {
    let marked = MarkedText(marked)
    let parsed = ParsedText(marked.text)
    #expect(parsed.messages == ["SLO102: key 'a' is in this mapping twice"])
    #expect(parsed.diagnostics.map(\.span.range) == marked.ranges)
    let note = try #require(parsed.diagnostics.first?.notes.first?.span)
    #expect(["a", "'a'"].contains(parsed.text(note)))
    #expect(note.start < marked.ranges[0].lowerBound)
  }

  @Test("every duplicate of a file is reported, and the first value stays")
  func all() {
    let parsed = ParsedText("a: 1\na: 2\na: 3\nb: {c: 1, c: 2}\n---\nd: 1\nd: 2\n")
    #expect(parsed.diagnostics.map { parsed.text($0.span) } == ["c", "a", "a", "d"])
    #expect(parsed.outline == "{a: 1, b: {c: 1}}\n{d: 1}")
  }

  @Test("two merge keys in one mapping are a duplicate")
  func duplicateMerge() {
    let parsed = ParsedText("- &x {k: 1}\n- &y {k: 2}\n- {<<: *x, <<: *y, <<: *x}\n")
    #expect(parsed.messages == Array(repeating: "SLO102: key '<<' is in this mapping twice", count: 2))
    #expect(parsed.outline == "[{k: 1}, {k: 2}, {k: 1}]")
  }

  @Test(
    "keys are text",
    arguments: [
      ("? «[a, b]»\n: c\n", "list"), ("{«{a: b}»: c}\n", "mapping"), ("? «- a»\n: c\nd: e\n", "list"),
    ]
  )
  func keyIsText(_ marked: String, _ kind: String) {
    let marked = MarkedText(marked)
    let parsed = ParsedText(marked.text)
    #expect(parsed.messages == ["SLO101: a key of this mapping is a \(kind); keys are plain text"])
    #expect(parsed.diagnostics.map(\.span.range) == marked.ranges)
  }

  @Test("duplicates among thousands of keys are found")
  func large() {
    let keys = (0..<5_000).map { "key\($0)" } + ["key0", "key4999", "key17"]
    let parsed = ParsedText(keys.map { "\($0): 1\n" }.joined())
    #expect(parsed.diagnostics.map { parsed.text($0.span) } == ["key0", "key4999", "key17"])
    #expect(parsed.documents.first?.entries.count == 5_000)
  }
}
