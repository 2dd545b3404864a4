import Testing

@Suite("What the system lacks that evaluates the rules")
struct DialectRuleTests {
  private static let functions = """
    exclusions:
      year-end: { reason: stocktaking, when: vector(1) and «day_of_year()» == 365 }
    indicators:
      jobs:
        bad: { promql: 'sum(«histogram_count(increase(failed_jobs_seconds[$window]))»)' }
        valid: { promql: 'sum(increase(jobs_total[$window]))' }
        excluding: [year-end]
    objectives:
      success-rate: jobs >= 99% over 28d
    """

  @Test("functions that VictoriaMetrics does not know are refused where they stand")
  func functions() {
    expectFindings(
      of: "SLO213",
      in: Self.functions,
      settings: "nines: v1\ndialect: victoriametrics\n",
      "function 'day_of_year' is not part of victoriametrics",
      "function 'histogram_count' is not part of victoriametrics"
    )
  }

  @Test("the other systems know them", arguments: ["prometheus-2.42", "prometheus-3", "mimir", "thanos"])
  func known(_ dialect: String) {
    let linted = LintedText(Self.functions, settings: "nines: v1\ndialect: \(dialect)\n")
    #expect(linted.findings(of: "SLO213") == [])
  }

  @Test("a native histogram is refused with the place that says it is one")
  func nativeHistogram() throws {
    let spec = """
      metrics:
        latency_seconds: { type: native-histogram, unit: seconds }
      indicators:
        latency: { distribution: '«latency_seconds{job="web"}»' }
      objectives:
        p95: latency p95 < 1s over 28d
      """
    let settings = "nines: v1\ndialect: victoriametrics\n"
    expectFindings(
      of: "SLO213",
      in: spec,
      settings: settings,
      "'latency_seconds' is a native histogram, and victoriametrics reads none"
    )
    let linted = LintedText(spec, settings: settings)
    let note = try #require(linted.diagnostics(of: "SLO213").first?.notes.first?.span)
    #expect(linted.underlined(note) == "native-histogram")
    #expect(LintedText(spec, settings: "nines: v1\ndialect: mimir\n").findings(of: "SLO213") == [])
  }
}
