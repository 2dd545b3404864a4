import Testing

@Suite("Promises and the objectives that guard them")
struct PromiseTests {
  private static func spec(objective: String, promise: String) -> String {
    """
    indicators:
      requests:
        good: http_requests_total{code!~"5.."}
        valid: http_requests_total
      latency:
        distribution: http_request_duration_seconds
      heap:
        gauge: process_heap_bytes
    objectives:
      guard: \(objective)
    agreements:
      api:
        with: customers
        promises:
          uptime: \(promise)
        remedies: [{ action: the account manager calls }]
    """
  }

  @Test("a promise as strict as its objective, or stricter, is flagged", arguments: ["99.9%", "99.90%", "99.95%"])
  func shares(_ promised: String) {
    let text = promised == "99.90%" ? "99.9%" : promised
    expectFindings(
      of: "SLO401",
      in: Self.spec(
        objective: "requests >= 99.9% over 28d",
        promise: "requests >= «\(promised)» over calendar month"
      ),
      "promise 'uptime' of '\(text)' is not looser than objective 'guard' of '99.9%', which guards it"
    )
  }

  @Test("at one percentile the bound decides")
  func percentiles() {
    expectFindings(
      of: "SLO401",
      in: Self.spec(objective: "latency p95 < 200ms over 28d", promise: "latency p95 < «200ms» over calendar month"),
      "promise 'uptime' of 'p95 < 200ms' is not looser than objective 'guard' of 'p95 < 200ms', which guards it"
    )
    expectFindings(
      of: "SLO401",
      in: Self.spec(objective: "latency p95 < 200ms over 28d", promise: "latency p95 < 250ms over calendar month")
    )
  }

  @Test("a gauge's promise may be looser in its share alone")
  func gauges() {
    expectFindings(
      of: "SLO401",
      in: Self.spec(
        objective: "heap < 2 GiB at least 99% over 28d",
        promise: "heap < 2 GiB at least 95% over calendar month"
      )
    )
  }

  @Test("one stricter objective among several is enough")
  func severalGuards() {
    let spec = Self.spec(
      objective: "requests >= 99.9% over 28d",
      promise: "requests >= 99.9% over calendar month"
    )
    let guarded = spec.replacing("objectives:\n", with: "objectives:\n  stricter: requests >= 99.99% over 28d\n")
    expectFindings(of: "SLO401", in: guarded)
  }

  @Test("an objective at another percentile does not guard")
  func otherPercentile() {
    expectFindings(
      of: "SLO402",
      in: Self.spec(objective: "latency p99 < 200ms over 28d", promise: "«latency p95 < 250ms over calendar month»"),
      "promise 'uptime' is guarded by no objective on p95 of 'latency'"
    )
  }

  @Test("an objective on another indicator does not guard")
  func otherIndicator() {
    expectFindings(
      of: "SLO402",
      in: Self.spec(objective: "latency p95 < 200ms over 28d", promise: "«requests >= 99% over calendar month»"),
      "promise 'uptime' is guarded by no objective on 'requests'"
    )
  }

  @Test("a promise over a shorter window than its objective's is flagged")
  func windows() {
    expectFindings(
      of: "SLO403",
      in: Self.spec(objective: "requests >= 99.9% over 28d", promise: "requests >= 99% over «7d»"),
      "promise 'uptime' over 7d is guarded by 'guard' over 28d, which is longer"
    )
  }

  @Test("twice the budget is not thin, less is")
  func headroom() {
    expectFindings(
      of: "SLO404",
      in: Self.spec(objective: "requests >= 99.9% over 28d", promise: "requests >= 99.8% over calendar month")
    )
    expectFindings(
      of: "SLO404",
      in: Self.spec(objective: "requests >= 99.9% over 28d", promise: "requests >= «99.82%» over calendar month"),
      "promise 'uptime' has 1.8 times the budget of 'guard': 0.18% and 0.1%"
    )
  }
}
