import Foundation
import StructuredText
import Testing

@Suite("Printing markup")
struct MarkupPrinterTests {
  @Test("XML indents elements, closes empty ones and leaves text alone")
  func xml() {
    let tree = MarkupNode.element(
      "testsuite",
      ["name": "a \"b\" <c> & 'd'", "skipped": nil],
      [.element("testcase", ["name": "x\ty\nz"]), .element("failure", [:], ["1 < 2 & \"3\"\r\n", .element("b")])]
    )
    #expect(
      tree.xml == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuite name="a &quot;b&quot; &lt;c&gt; &amp; &#39;d&#39;">
          <testcase name="x&#9;y&#10;z"/>
          <failure>1 &lt; 2 &amp; "3"&#13;\n<b/></failure>
        </testsuite>

        """
    )
  }

  @Test("characters that no XML document can hold are replaced")
  func forbidden() {
    #expect(MarkupNode.text("a\u{0}\u{1B}[m\u{9B}\u{FFFE}é😀").xml.hasSuffix("a\u{FFFD}\u{FFFD}[m\u{FFFD}\u{FFFD}é😀\n"))
  }

  @Test("HTML breaks lines between blocks only, and void elements have no end tag")
  func html() {
    let tree = MarkupNode.element(
      "html",
      [:],
      [
        .element(
          "head",
          [:],
          [.element("meta", ["charset": "utf-8"]), .element("style", [:], ["a > b { c: \"</style><!--\" }"])]
        ),
        .element(
          "body",
          [:],
          [
            .element("p", [:], ["a ", .element("b", [:], ["x"]), .element("i", [:], ["<script>"])]),
            .element("div", ["title": "\"><script>"]),
          ]
        ),
      ]
    )
    #expect(
      tree.html == """
        <!DOCTYPE html>
        <html>
          <head>
            <meta charset="utf-8">
            <style>a > b { c: "<\\/style><\\!--" }</style>
          </head>
          <body>
            <p>a <b>x</b><i>&lt;script&gt;</i></p>
            <div title="&quot;&gt;&lt;script&gt;"></div>
          </body>
        </html>

        """
    )
  }

  @Test("a fragment has neither doctype nor line break")
  func fragment() {
    #expect(MarkupNode.element("td", [:], ["a & b"]).htmlFragment == "<td>a &amp; b</td>")
  }
}
