import Testing

@Suite("Bounds of targets and buckets")
struct BoundTests {
  @Test("what dependencies give together is not rounded up to the target that it is held against")
  func dependencies() {
    expectFindings(
      of: "SLO305",
      in: """
        depends-on:
          - { external: card-network, promised: 99.95% }
          - { external: storage, promised: 99.99% }
          - { external: nobody-knows }
        indicators:
          requests:
            good: http_requests_total{code!~"5.."}
            valid: http_requests_total
        objectives:
          availability: requests >= «99.95%» over 28d
        """,
      "target 99.95% of 'availability' is above the 99.94% that its 2 dependencies give together"
    )
  }

  @Test("a bucket's number counts the metric's unit, and bounds read as people write them")
  func buckets() {
    expectFindings(
      of: "SLO310",
      in: """
        metrics:
          step_duration:
            type: histogram
            unit: milliseconds
            buckets: [500, 1600, 2500, 30s]
        indicators:
          steps:
            distribution: step_duration
        objectives:
          exact: steps p95 < 1.6s over 28d
          between: steps p99 < «2s» over 28d
        """,
      "bound '2s' is between the buckets '1.6s' and '2.5s' of 'step_duration'"
    )
  }

  @Test("what is merely the wrong way round is told once", arguments: ["SLO304", "SLO613"])
  func reversed(_ code: String) {
    let linted = LintedText(
      """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        reversed: requests <= 99.9% over 28d
        right: requests >= 99.5% over 28d
      """
    )
    #expect(linted.messages(of: "SLO203").count == 1)
    #expect(linted.messages(of: code) == [])
  }
}
