import Diagnostics
import Foundation
import StructuredText
import TestSupport
import Testing
import YAMLSource

/// Texts as somebody might write them who means no good, made of what some format gives a meaning to.
private enum RandomTexts {
  private static let pieces: [String] = [
    "\"", "'", "\\", "`", "\n", "\r", "\r\n", "\t", " ", "  ", ":", ": ", " #", "#", "-", "- ", "---", "...", "?", "*",
    "&",
    "!", "|", ">", "%", "@", "{", "}", "[", "]", ",", ";", "<", "</script>", "<!--", "&amp;", "=", "=1+1", "+", "＝",
    "－",
    "$", "{{ x }}", "null", "~", "yes", "0x1f", "1e3", "01", "2026-11-23", "\u{0}", "\u{7}", "\u{1B}[31m", "\u{7F}",
    "\u{85}",
    "\u{9B}", "\u{A0}", "\u{200B}", "\u{202E}", "\u{2028}", "\u{2066}", "\u{FEFF}", "\u{FFFD}", "\u{FFFF}", "e\u{301}",
    "é",
    "*a*", "_b_", "~~c~~", "[x](y)", "![i](j)", "<b>", "`c`", "\\|", "1. ", "字", "😀", "👩‍👩‍👧", "𝕏", "a", "word",
  ]

  /// The same in every run.
  static let all: [String] = {
    var state: UInt64 = 7
    func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    return pieces + (0..<2_000).map { _ in (0...next(7)).map { _ in pieces[next(pieces.count)] }.joined() }
  }()
}

@Suite("Random text comes back as it was")
struct RandomTextTests {
  /// What a program in Python makes of a document: texts, each as the hexadecimal digits of its UTF-8.
  private func read(_ document: String, by program: String) throws -> [String] {
    let script = """
      import sys
      text = sys.stdin.buffer.read().decode("utf-8")
      def tell(texts):
          for each in texts: print(each.encode("utf-8").hex() or "-")
      \(program)
      """
    let finished = try FinishedProgram.run("python3", ["-c", script], input: document)
    #expect(finished.status == 0, "\(finished.errors)")
    return finished.output.split(separator: "\n").map { $0 == "-" ? "" : String($0) }
  }

  private func digits(_ text: String) -> String {
    text.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private func expect(_ found: [String], _ wanted: [String], sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(found.count == wanted.count, sourceLocation: sourceLocation)
    for (found, wanted) in zip(found, wanted) {
      #expect(found == digits(wanted), "\(wanted.debugDescription)", sourceLocation: sourceLocation)
    }
  }

  @Test("from JSON, as a value and as a name")
  func json() throws {
    let texts = RandomTexts.all
    let document: JSONValue = .array(texts.map { .object([JSONMember($0, .string($0))]) })
    let found = try read(
      document.text(.pretty),
      by: "import json\ntell(part for entry in json.loads(text) for pair in entry.items() for part in pair)"
    )
    expect(found, texts.flatMap { [$0, $0] })
  }

  @Test("from YAML, as a value and as a name")
  func yaml() throws {
    let texts = RandomTexts.all
    for text in texts {
      let document: YAMLValue = .mapping([YAMLMember(text, .sequence([.string(text), ["inner": .string(text)]]))])
      var bag = DiagnosticBag()
      let file = SourceFile(id: FileID(0), path: "a.yaml", text: document.text)
      let root = try #require(YAMLParser.parse(file, into: &bag).first, "\(text.debugDescription)")
      let entry = try #require(root.entries.first)
      // A replacement character is remarked on in specs, for it is what is left of broken text.
      #expect(bag.diagnostics.allSatisfy { $0.descriptor.code == "SLO116" }, "\(text.debugDescription)")
      #expect(digits(entry.key.text) == digits(text))
      let elements = Array(entry.value.elements)
      #expect(digits(elements[0].text) == digits(text), "\(document.text)")
      #expect(digits(elements[1][key: "inner"]?.text ?? "none") == digits(text), "\(document.text)")
    }
  }

  @Test("from CSV, and is never a formula")
  func csv() throws {
    let texts = RandomTexts.all
    let table = CSVTable(header: ["a", "b"], rows: texts.map { [.text($0), .text("end")] })
    let found = try read(
      table.text,
      by: """
        import csv, io
        csv.field_size_limit(1 << 30)
        tell(row[0] for row in list(csv.reader(io.StringIO(text, newline="")))[1:])
        """
    )
    #expect(found.count == texts.count)
    let starts: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]
    for (found, text) in zip(found, texts) {
      let isFormula = text.unicodeScalars.first.map(starts.contains) ?? false
      #expect(found == digits(isFormula ? "'\(text)" : text), "\(text.debugDescription)")
    }
  }

  @Test("from HTML, as text and as an attribute, and never makes an element")
  func html() throws {
    // Controls have no place in a page; each shows as a replacement character.
    let texts = RandomTexts.all.filter { text in
      text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) && $0.value != 0xFFFF }
    }
    let document = MarkupNode.element("main", [:], texts.map { .element("p", ["title": $0], [.text($0)]) })
    let found = try read(
      document.html,
      by: """
        from html.parser import HTMLParser
        class Reader(HTMLParser):
            def __init__(self):
                super().__init__(convert_charrefs=True)
                self.told, self.names, self.data = [], set(), None
            def handle_starttag(self, tag, attributes):
                self.names.add(tag)
                if tag == "p": self.told.append(dict(attributes)["title"]); self.data = ""
            def handle_endtag(self, tag):
                if tag == "p": self.told.append(self.data); self.data = None
            def handle_data(self, data):
                if self.data is not None: self.data += data
        reader = Reader()
        reader.feed(text)
        reader.close()
        if reader.names - {"main", "p"}: sys.exit(f"elements {reader.names}")
        tell(reader.told)
        """
    )
    expect(found, texts.flatMap { [$0, $0] })
  }

  @Test("from Markdown as GitHub reads it, in a table, as code and in a link, and is never markup")
  func markdown() throws {
    // What cannot be seen shows as a replacement character.
    let texts = RandomTexts.all.filter { text in
      text.unicodeScalars.allSatisfy { ["\t", "\n", "\r"].contains($0) || !HiddenScalars.contains($0) }
    }
    let table = MarkdownTable(
      columns: [.init("text"), .init("code"), .init("link")],
      rows: texts.map { [.text($0), .code($0), .link("to \($0) there", to: Self.address($0))] }
    )
    let extensions = ["table", "strikethrough", "autolink", "tasklist"].flatMap { ["-e", $0] }
    let page = try FinishedProgram.run("cmark-gfm", extensions + ["--unsafe"], input: table.text)
    #expect(page.status == 0, "\(page.errors)")
    let found = try read(
      page.output,
      by: """
        from html.parser import HTMLParser
        from urllib.parse import unquote
        class Reader(HTMLParser):
            def __init__(self):
                super().__init__(convert_charrefs=True)
                self.told, self.names, self.data, self.address = [], set(), None, None
            def handle_starttag(self, tag, attributes):
                self.names.add(tag)
                if tag == "td": self.data = ""
                if tag == "br": self.data += "\\n"
                if tag == "a": self.address = unquote(dict(attributes)["href"])
            def handle_endtag(self, tag):
                if tag == "td": self.told.append(self.data); self.data = None
                if tag == "a": self.told.append(self.address)
            def handle_data(self, data):
                if self.data is not None: self.data += data
        reader = Reader()
        reader.feed(text)
        reader.close()
        known = {"table", "thead", "tbody", "tr", "th", "td", "br", "code", "a"}
        if reader.names - known: sys.exit(f"elements {reader.names - known}")
        tell(reader.told)
        """
    )
    let wanted = texts.flatMap { text -> [String] in
      let lines = text.replacingOccurrences(of: "\r\n", with: "\n", options: .literal)
        .replacingOccurrences(of: "\r", with: "\n", options: .literal)
        .replacingOccurrences(of: "\t", with: " ", options: .literal)
      let line = String(
        String.UnicodeScalarView(text.unicodeScalars.map { ["\t", "\n", "\r"].contains($0) ? " " : $0 })
      )
      return [
        lines.trimmingCharacters(in: [" "]), line, Self.address(text), "to \(lines) there",
      ]
    }
    expect(found, wanted)
  }

  /// An address has been encoded by whoever wrote it, so a percent sign stays one.
  private static func address(_ text: String) -> String {
    "https://example.com/?a=b&c=\(text.replacingOccurrences(of: "%", with: "", options: .literal))"
  }

  @Test("to a terminal as what can be seen, and obeyed by none")
  func terminal() {
    for text in RandomTexts.all {
      let shown = VisibleText.of(text).unicodeScalars
      #expect(
        shown.allSatisfy { scalar in
          scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value) && !(0x202A...0x202E).contains(scalar.value)
            && !(0x2066...0x2069).contains(scalar.value)
        },
        "\(text.debugDescription)"
      )
    }
  }
}
