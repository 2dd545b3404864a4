import Testing

@Suite("Selectors of indicators")
struct SelectorTests {
  private static func spec(good: String, valid: String, labels: String = "{ outcome: [success, error], code: any }")
    -> String
  {
    """
    metrics:
      jobs_total:
        type: counter
        labels: \(labels)
    indicators:
      jobs:
        good: \(good)
        valid: \(valid)
    objectives:
      success-rate: jobs >= 99% over 28d
    """
  }

  @Test("a value that is not declared is flagged, by equality and by pattern")
  func values() {
    expectFindings(
      of: "SLO207",
      in: Self.spec(good: "jobs_total{«outcome=\"sucess\"»}", valid: "jobs_total"),
      "label 'outcome' of 'jobs_total' never has the value 'sucess'"
    )
    expectFindings(
      of: "SLO207",
      in: Self.spec(good: "jobs_total{«outcome=~\"ok|fine\"»}", valid: "jobs_total"),
      "label 'outcome' of 'jobs_total' never has the value 'ok|fine'"
    )
    expectFindings(of: "SLO207", in: Self.spec(good: "jobs_total{outcome=~\"succ.*\"}", valid: "jobs_total"))
    expectFindings(of: "SLO207", in: Self.spec(good: "jobs_total{code=\"299\"}", valid: "jobs_total"))
  }

  @Test("a label that is not declared is flagged, one of the target is not")
  func labels() {
    expectFindings(
      of: "SLO206",
      in: Self.spec(good: "jobs_total{job=\"api\", «status=\"200\"»}", valid: "jobs_total"),
      "'jobs_total' has no label 'status'"
    )
  }

  @Test("without a contract nothing is unknown")
  func withoutContract() {
    let linted = LintedText(
      """
      indicators:
        jobs:
          good: jobs_total{outcome="success"}
          valid: jobs_total
      objectives:
        success-rate: jobs >= 99% over 28d
      """
    )
    #expect(linted.findings == [])
  }

  @Test("a label that only valid leaves values out of is a remark, not an error")
  func openLabels() {
    let linted = LintedText(
      Self.spec(good: "jobs_total{outcome=\"success\"}", valid: "jobs_total{code!~\"401|403\"}")
    )
    #expect(
      linted.messages(of: "SLO208") == [
        "'jobs' counts good events with any 'code', of which its valid ones leave some out"
      ]
    )
    #expect(linted.diagnostics(of: "SLO208").map(\.severity) == [.info])
  }

  @Test("bad events that are none of the valid ones never count")
  func disjoint() {
    let spec = Self.spec(good: "«jobs_total{outcome=\"error\"}»", valid: "jobs_total{outcome!=\"error\"}")
      .replacing("good:", with: "bad:")
    expectFindings(of: "SLO209", in: spec, "bad events of 'jobs' are none of its valid ones")
  }
}
