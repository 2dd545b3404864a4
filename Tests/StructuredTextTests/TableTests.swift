import StructuredText
import Testing

@Suite("Printing tables")
struct TableTests {
  @Test("Markdown columns line up by what a terminal shows, and no cell breaks out of its table")
  func markdown() {
    let table = MarkdownTable(
      columns: [.init("objective"), .init("budget", .right), .init("window", .centre)],
      rows: [
        ["a|b", "1", .code("x|y")],
        ["日本", "12345678", "*30d*\n_x_"],
        [.link("http_requests", to: "a b(c).md")],
      ]
    )
    #expect(
      table.text == #"""
        | objective                        |   budget |      window      |
        | -------------------------------- | -------: | :--------------: |
        | a\|b                             |        1 |      `x\|y`      |
        | 日本                             | 12345678 | \*30d\*<br>\_x\_ |
        | [http_requests](a%20b%28c%29.md) |          |                  |

        """#
    )
  }

  @Test(
    "Markdown shows text as it is",
    arguments: [
      ("http_requests_total", "http_requests_total"),
      ("_a_ <b> `c` [d] ~e~ &amp; $f$ \\", "\\_a\\_ \\<b\\> \\`c\\` \\[d\\] \\~e\\~ \\&amp; \\$f\\$ \\\\"),
      ("a\r\nb\rc\u{1B}d", "a<br>b<br>c\u{FFFD}d"),
    ]
  )
  func markdownText(_ text: String, _ printed: String) {
    #expect(MarkdownText.escaped(text) == printed)
  }

  @Test(
    "a code span has more backticks around it than in it",
    arguments: [("a", "`a`"), ("a`b", "``a`b``"), ("`a``", "``` `a`` ```"), ("a\nb", "`a b`"), ("", "")]
  )
  func codeSpan(_ code: String, _ printed: String) {
    #expect(MarkdownText.codeSpan(code) == printed)
  }

  @Test("CSV follows RFC 4180, and runs no formula")
  func csv() {
    let table = CSVTable(
      header: ["name", "note"],
      rows: [
        ["a,b", "say \"hi\""],
        ["two\nlines", ""],
        ["=1+1", "@SUM(A1)"],
        ["+a", "-a, b"],
        ["\tx", "\r=1"],
        ["＝1", " padded"],
        [.number(NumberText(grammar: "-0.5")), "a=b"],
      ]
    )
    #expect(
      table.text
        == "name,note\r\n\"a,b\",\"say \"\"hi\"\"\"\r\n\"two\nlines\",\r\n'=1+1,'@SUM(A1)\r\n'+a,\"'-a, b\"\r\n"
        + "'\tx,\"'\r=1\"\r\n'＝1,\" padded\"\r\n-0.5,a=b\r\n"
    )
    #expect(CSVTable(header: ["one"], rows: [[""]]).text == "one\r\n\"\"\r\n")
  }
}

@Suite("Widths in a terminal")
struct TerminalWidthTests {
  @Test(
    "text takes the columns that a terminal gives it",
    arguments: [
      ("abc", 3), ("", 0), ("é", 1), ("e\u{301}", 1), ("日本語", 6), ("ｱ", 1), ("Ａ", 2), ("한글", 4),
      ("\u{1112}\u{1161}", 2),
      ("😀", 2), ("👩‍👩‍👧", 2), ("🇨🇭", 2), ("❤️", 2), ("❤", 1), ("👍🏽", 2), ("→", 1), ("a\u{200D}b", 2), ("नि", 2), ("“x”", 3),
    ]
  )
  func columns(_ text: String, _ columns: Int) {
    #expect(TerminalWidth.columns(of: text) == columns)
  }
}
