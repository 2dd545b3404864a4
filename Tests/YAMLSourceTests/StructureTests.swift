import Diagnostics
import Testing
import YAMLSource

@Suite("The structure of documents")
struct StructureTests {
  static let features: [(String, String)] = [
    ("a: 1\nb: two words\n", "{a: 1, b: two words}"),
    ("- a\n- b\n-\n- c\n", "[a, b, null, c]"),
    ("a:\n- b\n- c\nd: e\n", "{a: [b, c], d: e}"),
    ("a:\n  - b: 1\n    c: 2\n  - d\n", "{a: [{b: 1, c: 2}, d]}"),
    ("- - a\n  - b\n- - c\n", "[[a, b], [c]]"),
    ("a: {b: 1, c: [x, y], d}\n", "{a: {b: 1, c: [x, y], d: null}}"),
    ("[a, b: c, {d: e}, ]\n", "[a, {b: c}, {d: e}]"),
    (
      "a: ''\nb: \"\"\nc:\nd: ~\ne: null\nf: Null\ng: NULL\n",
      #"{a: "", b: "", c: null, d: null, e: null, f: null, g: null}"#
    ),
    ("a: 'null'\nb: \"~\"\n", #"{a: "null", b: "~"}"#),
    ("? a\n: b\n? c\n", "{a: b, c: null}"),
    ("'quoted key': 1\n\"double \\u00e9\": 2\n", #"{"quoted key": 1, "double é": 2}"#),
    ("a: |\n  x\n  y\nb: >\n  x\n  y\n", #"{a: "x\ny\n", b: "x y\n"}"#),
    ("a: |-\n  x\nb: |+\n  x\n\nc: |2\n    x\n", #"{a: "x", b: "x\n\n", c: "  x\n"}"#),
    ("a: one\n  two\n\n  three\n", "{a: one two\nthree}"),
    ("a: 'one\n\n  two'\nb: \"one \\\n  two\"\n", #"{a: "one\ntwo", b: "one two"}"#),
    ("# comment\na: 1 # comment\n# comment\nb: c#d\n", "{a: 1, b: c#d}"),
    ("a: http://x:80/y\nb: -1\nc: x- d\n", "{a: http://x:80/y, b: -1, c: x- d}"),
    ("plain\n", "plain"),
    ("--- |\n  block\n", #""block\n""#),
    ("%YAML 1.1\n---\na: 1\n...\n", "{a: 1}"),
    ("a: !!str 1\nb: !!int 2\nc: ! x\nd: !!map {e: f}\n", "{a: 1, b: 2, c: x, d: {e: f}}"),
    ("good: http_requests_total{code!~\"5..\"}\n", "{good: http_requests_total{code!~\"5..\"}}"),
    ("objective: requests >= 99.9% over 30d\n", "{objective: requests >= 99.9% over 30d}"),
    ("a: {}\nb: []\n", "{a: {}, b: []}"),
    ("a:\r\n  b: c\r\n", "{a: {b: c}}"),
    ("a: 日本語\n\"\\U0001F600\": 😀\n", #"{a: 日本語, "😀": 😀}"#),
  ]

  @Test("a document reads as YAML means it", arguments: features)
  func reads(_ text: String, _ outline: String) {
    let parsed = ParsedText(text)
    #expect(parsed.outline == outline)
    #expect(parsed.messages == [])
  }

  @Test("documents come in order, and those that say nothing are left out")
  func documents() {
    let parsed = ParsedText("a: 1\n---\n---\n# nothing\n---\n- b\n...\n---\n~\n---\n''\n")
    #expect(parsed.outline == "{a: 1}\n[b]\nnull\n\"\"")
  }

  @Test("a file without content has no documents", arguments: ["", "\n", "# only a comment\n", "---\n", "\u{FEFF}"])
  func empty(_ text: String) {
    let parsed = ParsedText(text)
    #expect(parsed.documents.isEmpty)
    #expect(parsed.messages == [])
  }

  @Test("styles of scalars are told apart")
  func styles() throws {
    let root = try #require(ParsedText("[p, 's', \"d\"]\n").documents.first)
    #expect(root.elements.map(\.kind) == [.scalar(.plain), .scalar(.singleQuoted), .scalar(.doubleQuoted)])
    let block = try #require(ParsedText("- |\n  l\n- >\n  f\n").documents.first)
    #expect(block.elements.map(\.kind) == [.scalar(.literal), .scalar(.folded)])
  }

  @Test("values are found by key, whatever the style of the key")
  func lookup() throws {
    let root = try #require(ParsedText("nines: v1\n'service': checkout\n\"\\x6fwner\": payments\n").documents.first)
    #expect(root[key: "service"]?.text == "checkout")
    #expect(root[key: "owner"]?.text == "payments")
    #expect(root[key: "owne"] == nil)
    #expect(root[key: "owners"] == nil)
    let name = ["nin", "es"].joined()
    #expect(root[key: name]?.text == "v1")
  }

  @Test("collections have no text, scalars no children")
  func wrongQuestions() throws {
    let root = try #require(ParsedText("a: [b]\n").documents.first)
    #expect(root.text == "")
    #expect(!root.hasText(""))
    #expect(root.elements.isEmpty)
    let list = try #require(root[key: "a"])
    #expect(list.entries.isEmpty)
    #expect(list.elements[0].elements.isEmpty)
    #expect(list.elements[0][key: "a"] == nil)
  }
}
