import Diagnostics
import Testing
import YAMLSource

@Suite("Where nodes lie")
struct SpanTests {
  /// Every node of the text is marked, in the order of its start, collections before their children.
  static let marked: [String] = [
    "««a»: «1»»\n",
    "««service»: «checkout»\n«owner»: «payments team»»   # why\n\n",
    "««a»:\n  ««b»: «'it''s'»\n  «c»: «\"x\\ty\"»»»\n\n# end\n",
    "«- «a»\n- ««b»: «c»»»\n\n\n",
    "««a»:\n«- «b»\n- «c»»\n«d»: «[«x», «{«y»: «z»}»]»»\n",
    "««a»: «[\n  «b»,\n  «c»,\n]»»  \n",
    "««a»:«»\n«b»: «x»»\n",
    "««a»: &x«»\n«b»: !!str«» # why\n«c»: &y !!str\n   «x»»\n",
    "««a»: &x # why &\n  «b»\n«c»: # why\n  !!str # why\n  «d»»\n",
    "««a»: &x «|\n  b»\n# why\n«c»: !!str «>-\n  d»»\n# why\n",
    "««a»:\n  ««b»:\n    «- «c»»»\n    # why\n  # why\n«d»: «e»»\n",
    "«- «a»\n-«»»\n",
    "««a»: «|\n  one\n  two»\n\n«b»: «>-\n  three»»\n\n",
    "««a»: «one\n  two\n\n  three»\n«b»: «x»»\n",
    "««a»: &x «b»\n«c»: !!str «d»\n«e»: &y !!str «'f'»»\n",
    "««a»: &x\n  ««b»: «c»»\n«d»: &y\n  «- «e»»\n«f»: &z\n«- «g»»\n«h»: &q «{«i»: «j»}»»\n",
    "# é ü\n««kéy»: «wört € 😀»\n«b»: «\"é\"»»\n",
    "---\n««a»: «b»»\n---\n«- «é»\n- «c»»\n...\n",
    "««a»: «\"x\\\n  y\"»»\n",
    "«[«a»]»",
    "«{«a»: «b», «c»«»}»",
    "«? «a»\n: «b»»",
    "««a»: «{ }»\n«b»: «[]»»",
  ]

  @Test("every node has exactly its bytes", arguments: marked, ["\n", "\r\n"])
  func spans(_ marked: String, lineBreak: String) {
    let marked = MarkedText(
      marked.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: lineBreak)
    )
    let parsed = ParsedText(marked.text)
    #expect(parsed.messages == [])
    #expect(parsed.documents.flatMap(Self.nodes).map(\.span.range) == marked.ranges)
  }

  @Test("a byte order mark moves everything by three bytes")
  func byteOrderMark() {
    let marked = MarkedText("\u{FEFF}««a»: «é»\n«b»: «c»»\n")
    let parsed = ParsedText(marked.text)
    #expect(parsed.documents.flatMap(Self.nodes).map(\.span.range) == marked.ranges)
  }

  @Test("a span names its file")
  func file() {
    let parsed = ParsedText("a: 1\n")
    #expect(parsed.documents.first?.span.file == parsed.file.id)
  }

  @Test("what an alias names lies where it is anchored")
  func alias() throws {
    let parsed = ParsedText("a: &x [1]\nb: *x\n")
    let root = try #require(parsed.documents.first)
    #expect(root[key: "a"] == root[key: "b"])
    #expect(parsed.text(root.span) == "a: &x [1]\nb: *x")
  }

  static func nodes(of node: YAMLNode) -> [YAMLNode] {
    [node] + node.elements.flatMap(nodes) + node.entries.flatMap { nodes(of: $0.key) + nodes(of: $0.value) }
  }
}
