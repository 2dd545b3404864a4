import Diagnostics
import PromQL
import SpecSyntax
import Testing

@Suite("queries and versions")
struct QueryTests {
  @Test(
    "PromQL that Prometheus would refuse is marked at its word",
    arguments: ["http_total{code«~»\"2..\"}", "«http_total[5m]»", "«sum(http_total)»", "http_total{code=\"200\"«»"]
  )
  func selector(_ query: String) {
    let spec = SpecText("nines: v1\nservice: a\nindicators:\n  i:\n    good: \(query)\n    valid: all_total\n")
    #expect(spec.diagnostics.map(\.descriptor.code) == ["SLO109"], "\(spec.summary)")
    #expect(spec.diagnostics.map(\.span.range) == spec.marks, "\(spec.summary)")
    #expect(spec.file.documents.first?.unread.contains(.indicator, "i") == true)
  }

  @Test("a selector with a range, or more than a selector, is answered with what to write")
  func advice() {
    let head = "nines: v1\nservice: a\nindicators:\n  i: { valid: b, good: "
    let fixes = ["'a[5m]'", "sum(a)", "a - b"].map { SpecText("\(head)\($0) }\n").diagnostics.first?.fix?.title }
    #expect(
      fixes == [
        "leave out the range: the window of the objective is put in its place",
        "for more than a selector write '{ promql: … }', with '[$window]' as the range",
        "for more than a selector write '{ promql: … }', with '[$window]' as the range",
      ]
    )
  }

  @Test("the caret lies under the word in folded and quoted queries")
  func places() {
    let spec = SpecText(
      """
      nines: v1
      service: a
      indicators:
        folded:
          good:
            promql: >-
              sum(
                rate(a_total[$window])
              ) «)»
          valid: all_total
        quoted:
          good: "a_total{code«~»\\"x\\"}"
          valid: all_total
      """
    )
    #expect(spec.diagnostics.map(\.descriptor.code) == ["SLO109", "SLO109"], "\(spec.summary)")
    #expect(spec.diagnostics.map(\.span.range) == spec.marks, "\(spec.summary)")
  }

  @Test("a part of a query leads back to its place in the file")
  func partsOfQueries() throws {
    let spec = SpecText(
      """
      nines: v1
      service: a
      indicators:
        i:
          good: 'a_total{«code="x"», job="y"}'
          valid: a_total
      exclusions:
        e: { when: "«probe{job=\\"a\\"}» == 0" }
      """
    )
    let document = try spec.document()
    guard case .ratio(_, let numerator, _) = document.indicators.first?.kind,
      case .selector(let query) = numerator.first,
      case .query(let condition) = document.exclusions.first?.basis, case .binary(let comparison) = condition.value,
      case .selector(let probe) = comparison.left
    else {
      Issue.record("the queries were read as others: \(spec.summary)")
      return
    }
    let code = try #require(query.value.matchers.first)
    #expect([query.span(of: code.place).range, condition.span(of: probe.place).range] == spec.marks)
  }

  @Test(
    "what compares nothing holds for as long as the series exists, which is never meant",
    arguments: ["up", "up == bool 0", "rate(up[5m])", "up == 0 or up"]
  )
  func noComparison(_ query: String) {
    expect(
      "SLO109",
      "'\(query)' compares nothing: it holds for as long as the series exists",
      in: "nines: v1\nservice: a\nexclusions:\n  e:\n    when: «\(query)»\n"
    )
  }

  @Test(
    "comparisons of any form are taken",
    arguments: [
      "up == 0", "absent(up)", "max(up == 0)", "up == 0 and on (job) other", "up unless other", "sum(up) < 3",
    ]
  )
  func comparison(_ query: String) {
    let spec = SpecText("nines: v1\nservice: a\nexclusions:\n  e:\n    when: \(query)\n")
    #expect(spec.diagnostics.isEmpty, "\(spec.summary)")
  }

  @Test("a 'for' behind a query is held to durations")
  func sustained() {
    expect(
      "SLO108",
      "'5' has no unit such as s, m, h or d",
      in: "nines: v1\nservice: a\nindicators:\n  i:\n    down-when: [up == 0 for «5»]\n"
    )
  }

  // MARK: Versions

  static let versions: [(String, String, String)] = [
    (
      "nines: «v9»\nservice: a\n", "version 'v9' of the language is not known; this nines reads 'v1'",
      "use a newer nines, or write 'nines: v1'"
    ),
    (
      "«nines»:\nfoo: a\n", "'nines' does not say a version of the language",
      "begin it with 'nines: v1', or keep it out of the folder of the specs"
    ),
    (
      "«foo»: a\nbar: b\n", "the document does not say which version of the language it is written in",
      "begin it with 'nines: v1', or keep it out of the folder of the specs"
    ),
    (
      "«apiVersion: openslo/v1»\nkind: SLO\n", "this is an OpenSLO document, not a spec of nines",
      "read it with: nines import specs/test.yaml"
    ),
    (
      "«apiVersion: sloth.slok.dev/v1»\nkind: PrometheusServiceLevel\n",
      "this is a Sloth document, not a spec of nines", "read it with: nines import specs/test.yaml"
    ),
    (
      "«apiVersion: pyrra.dev/v1alpha1»\nkind: ServiceLevelObjective\n",
      "this is a Pyrra document, not a spec of nines", "read it with: nines import specs/test.yaml"
    ),
    (
      "«version: prometheus/v1»\nservice: a\nslos: []\n", "this is a Sloth spec, not a spec of nines",
      "read it with: nines import specs/test.yaml"
    ),
    (
      "«apiVersion: apps/v1»\nkind: Deployment\n",
      "this is a Kubernetes document of kind 'Deployment', not a spec of nines",
      "keep it out of the folder of the specs"
    ),
    ("«groups: []»\n", "this is a Prometheus rule file, not a spec of nines", "keep it out of the folder of the specs"),
  ]

  @Test("a document of another version or tool is told so, and nothing else of it", arguments: versions)
  func version(_ marked: String, _ message: String, _ fix: String) {
    let spec = SpecText(marked)
    #expect(spec.diagnostics.map(\.descriptor.code) == ["SLO114"], "\(spec.summary)")
    #expect(spec.diagnostics.map(\.message) == [message])
    #expect(spec.diagnostics.map(\.span.range) == spec.marks)
    #expect(spec.diagnostics.first?.fix?.title == fix)
    #expect(spec.fixed == spec.text)
    #expect(spec.file.documents.isEmpty)
  }

  @Test("a spec that only forgot its version is read, and the version put before it")
  func forgotten() {
    let spec = SpecText("# a comment\nservice: a\nowner: web\ntier: 9\n")
    #expect(spec.diagnostics.map(\.descriptor.code) == ["SLO114", "SLO106"], "\(spec.summary)")
    #expect(spec.fixed == "# a comment\nnines: v1\nservice: a\nowner: web\ntier: 9\n")
    #expect(spec.file.documents.map { $0.service?.value } == ["a"])
  }

  @Test("the version is known in the spellings that other formats have", arguments: ["1", "1.0", "V1", "'v1.0'"])
  func spelling(_ version: String) {
    let spec = SpecText("nines: \(version)\nservice: a\n")
    #expect(spec.diagnostics.map(\.descriptor.code) == ["SLO114"])
    #expect(spec.fixed == "nines: v1\nservice: a\n")
    #expect(spec.file.documents.count == 1)
  }

  @Test("settings are one document")
  func settings() {
    let spec = SpecText("nines: v1\ntitle: A\n---\n«nines»: v1\ntitle: B\n", asSettings: true)
    #expect(spec.diagnostics.map(\.message) == ["the settings of a workspace are one document"])
    #expect(spec.diagnostics.map(\.span.range) == spec.marks)
    #expect(spec.settings.title?.value == "A")
  }
}
