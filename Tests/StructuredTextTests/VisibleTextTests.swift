import StructuredText
import Testing

@Suite("Text made visible")
struct VisibleTextTests {
  @Test(
    "controls become their pictures, hidden code points their numbers, and the rest stays",
    arguments: [
      ("plain 'text'", "plain 'text'"),
      ("\u{1B}[31m\n\t\u{0}\u{7F}", "␛[31m␊␉␀␡"),
      ("a\u{9B}b\u{202E}c\u{200B}d\u{FEFF}", "a\\u{9b}b\\u{202e}c\\u{200b}d\\u{feff}"),
      ("é 日本 👩‍👩‍👧 \u{A0}", "é 日本 👩‍👩‍👧 \u{A0}"),
    ]
  )
  func shown(_ text: String, _ shown: String) {
    #expect(VisibleText.of(text) == shown)
  }
}
