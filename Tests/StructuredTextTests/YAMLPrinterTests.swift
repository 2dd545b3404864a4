import StructuredText
import Testing

@Suite("Printing YAML")
struct YAMLPrinterTests {
  @Test("a rule file prints in block style")
  func ruleFile() {
    let expression = "sum(rate(http_requests_total{code=~\"5..\",job=\"checkout\"}[5m])) by (job) > 0.001 * 14.4"
    let document: YAMLValue = [
      "groups": [
        [
          "name": "checkout.availability",
          "interval": "30s",
          "limit": 0,
          "rules": [
            ["record": "slo:bad:delta", "expr": .string(expression), "labels": [:]],
            ["alert": "Burn", "expr": "a\n  and\nb\n", "for": "2m", "keep": true, "parts": [[1, 2], []]],
          ],
        ]
      ],
      "empty": [],
    ]
    #expect(
      document.text == """
        groups:
          - name: checkout.availability
            interval: 30s
            limit: 0
            rules:
              - record: slo:bad:delta
                expr: sum(rate(http_requests_total{code=~"5..",job="checkout"}[5m])) by (job) > 0.001 * 14.4
                labels: {}
              - alert: Burn
                expr: |
                  a
                    and
                  b
                for: 2m
                keep: true
                parts:
                  - - 1
                    - 2
                  - []
        empty: []

        """
    )
  }

  @Test(
    "text stays plain where every reader gives it back",
    arguments: [
      "checkout", "30d", "5m", "1h30m", "99.9%", "a-b_c", "slo:bad:delta", "http://example.test/a?b=c#d", "it's",
      "a, b", "x{a=\"b\"}", "C:\\dir", "日本", "é", "😀", "yesterday", "nullable", "e5", "12 apples", "0 or more",
      "under_score", "a[0]", "Infinity", ".hidden", "trueish", "a|b", "100ms",
    ]
  )
  func plain(_ text: String) {
    #expect(YAMLValue.string(text).text == "\(text)\n")
  }

  @Test(
    "text that a reader would take for something else is quoted",
    arguments: [
      "", "~", "null", "Null", "true", "FALSE", "yes", "No", "on", "OFF", "y", "N", "1", "-1", "+1", "1.5", ".5", "1.",
      "1e3", "1.0e+3", "0x1F", "0o17", "017", "0b11", "1_000", "1:30", "12:30:45", "2025-01-31", "2025-01-31 10:00:00",
      "2025-01-31T10:00:00Z", ".inf", "+.Inf", "-.inf", ".NaN", "=", "<<", "---", "- a", "-", "? a", ": a", "a: b",
      "a:",
      "a #b", "#a", "[a", "]", "{a", "}", "&a", "*a", "!a", "|", ">", "%a", "@a", "`a", "\"a", " a", "a ", ",a", "...",
    ]
  )
  func quoted(_ text: String) {
    #expect(YAMLValue.string(text).text == "'\(text)'\n")
    #expect(YAMLValue.mapping([YAMLMember(text, .string(text))]).text == "'\(text)': '\(text)'\n")
  }

  @Test(
    "the quotes are those that need the fewest escapes",
    arguments: [
      ("'a'", "\"'a'\""),
      ("- it's \"x\"", "'- it''s \"x\"'"),
      ("a: 'b' \\ c", "'a: ''b'' \\ c'"),
      ("a\tb", "\"a\\tb\""),
      ("\t", "\"\\t\""),
      ("\n", "\"\\n\""),
      (" \n \n", "\" \\n \\n\""),
      ("a\r\nb", "\"a\\r\\nb\""),
      ("\u{1B}[0m\u{0}\u{7F}", "\"\\x1b[0m\\x00\\x7f\""),
      ("a\u{85}b\u{2028}c\u{FEFF}", "\"a\\x85b\\u2028c\\ufeff\""),
      ("\"\\\u{202E}\u{E0001}", "\"\\\"\\\\\\u202e\\U000e0001\""),
    ]
  )
  func quotes(_ text: String, _ printed: String) {
    #expect(YAMLValue.string(text).text == "\(printed)\n")
  }

  @Test(
    "text on several lines is a literal block that keeps every break and space",
    arguments: [
      ("a\nb", "k: |-\n  a\n  b\n"),
      ("a\nb\n", "k: |\n  a\n  b\n"),
      ("a\nb\n\n\n", "k: |+\n  a\n  b\n\n\n"),
      ("a\n\nb\n", "k: |\n  a\n\n  b\n"),
      ("  a\nb\n", "k: |2\n    a\n  b\n"),
      ("\na\n", "k: |2\n\n  a\n"),
      ("\ta\nb", "k: |2-\n  \ta\n  b\n"),
      ("# a\n---\nb: 'c'\n", "k: |\n  # a\n  ---\n  b: 'c'\n"),
    ]
  )
  func blocks(_ text: String, _ printed: String) {
    #expect(YAMLValue.mapping([YAMLMember("k", .string(text))]).text == printed)
  }

  @Test("a block below a list in a list is indented from its own dash")
  func nestedBlock() {
    #expect(YAMLValue.sequence([["a\nb\n"], ["k": " x\ny"]]).text == "- - |\n    a\n    b\n- k: |2-\n     x\n    y\n")
  }

  @Test("a key on several lines is quoted, and one too long to find its colon gets a question mark")
  func keys() {
    #expect(YAMLValue.mapping([YAMLMember("a\nb", 1)]).text == "\"a\\nb\": 1\n")
    let long = String(repeating: "k", count: 1100)
    #expect(YAMLValue.mapping([YAMLMember(long, ["a": 1, "b": 2])]).text == "? \(long)\n: a: 1\n  b: 2\n")
  }

  @Test("comments stand above their entry, on as many lines as they have, and end nothing")
  func comments() {
    let document = YAMLValue.commented(
      "Code generated.\n\nTwo lines.",
      [
        "a": .commented("about a\u{1B}[2J\rx", 1),
        "b": [.commented("about one", "one"), .commented("about two", ["k": .commented("inner", "v")])],
      ]
    )
    #expect(
      document.text == """
        # Code generated.
        #
        # Two lines.
        # about a\u{FFFD}[2J\u{FFFD}x
        a: 1
        b:
          # about one
          - one
          # about two
          -
            # inner
            k: v

        """
    )
  }

  @Test(
    "a number with an exponent reads as a number in YAML 1.1 too",
    arguments: [("1e5", "1.0e+5"), ("1E-7", "1.0e-7"), ("1.5e+3", "1.5e+3"), ("-0.25", "-0.25"), ("10", "10")]
  )
  func numbers(_ text: String, _ printed: String) {
    #expect(YAMLValue.number(NumberText(grammar: text)).text == "\(printed)\n")
  }

  @Test("a record leaves out what is nil, and scalars stand alone")
  func leaves() {
    #expect(YAMLValue.record(["a": nil, "b": .null, "c": false]).text == "b: null\nc: false\n")
    #expect(YAMLValue.record(["a": nil]).text == "{}\n")
    #expect(YAMLValue.sequence([]).text == "[]\n")
  }
}
