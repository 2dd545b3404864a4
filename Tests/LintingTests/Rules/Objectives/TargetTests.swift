import Testing

@Suite("Targets and windows")
struct TargetTests {
  private static let indicators = """
    indicators:
      requests:
        good: http_requests_total{code!~"5.."}
        valid: http_requests_total
      latency:
        distribution: http_request_duration_seconds

    """

  @Test("100% is flagged however it is spelled", arguments: ["100%", "100.0%", "100.000%"])
  func perfectTarget(_ target: String) {
    expectFindings(
      of: "SLO301",
      in: "\(Self.indicators)objectives:\n  availability: requests >= «\(target)» over 28d",
      "target of 'availability' is 100%, which the first failure breaks"
    )
  }

  @Test("a window of hours is flagged, one of a day and an alert's range are not", arguments: ["6h", "30m", "23h59m"])
  func hours(_ window: String) {
    expectFindings(
      of: "SLO317",
      in: """
        \(Self.indicators)objectives:
          hourly: requests >= 99% over «\(window)»
          daily: requests >= 99% over 1d
          monthly: requests >= 99% over calendar month
        """,
      "a window of \(window) is shorter than a day: too few events and minutes for anyone to answer"
    )
  }

  @Test("a bad share of 0% is a target of 100%")
  func noFailures() {
    expectFindings(
      of: "SLO301",
      in: "\(Self.indicators)objectives:\n  errors: requests <= «0%» over 28d",
      "target of 'errors' is 100%, which the first failure breaks"
    )
  }

  @Test("100% is accepted where the author says why, and where a statement stands in for a measurement")
  func intended() {
    expectFindings(
      of: "SLO301",
      in: """
        \(Self.indicators)  privacy:
            attested: { statement: nothing leaves, by: security, on: 2026-09-15, renew: 365d }
        objectives:
          privacy: privacy attested
          durability:
            objective: requests >= 100% over 28d
            intended: { zero-tolerance: the agreement says so }
        """
    )
  }

  @Test("a higher percentile below a tighter bound is out of order, once for each that contradicts a lower one")
  func percentiles() {
    expectFindings(
      of: "SLO303",
      in: """
        \(Self.indicators)objectives:
          p99: latency p99 < «150ms» over 28d
          p50: latency p50 < 200ms over 28d
          p95: latency p95 < «100ms» over 7d
        """,
      "p99 bound '150ms' of 'latency' is below its p50 bound '200ms'",
      "p95 bound '100ms' of 'latency' is below its p50 bound '200ms'"
    )
  }

  @Test("lower bounds fall as the percentile rises")
  func lowerBounds() {
    let indicators = "indicators:\n  speed:\n    distribution: download_bytes_per_second\n    unit: bytes-per-second"
    expectFindings(
      of: "SLO303",
      in: "\(indicators)\nobjectives:\n  p50: speed p50 > 5 MB/s over 28d\n  p95: speed p95 > 1 MB/s over 28d"
    )
    expectFindings(
      of: "SLO303",
      in: "\(indicators)\nobjectives:\n  p50: speed p50 > 1 MB/s over 28d\n  p95: speed p95 > «5 MB/s» over 28d",
      "p95 bound '5 MB/s' of 'speed' is above its p50 bound '1 MB/s'"
    )
  }

  @Test("equal bounds, and bounds of different indicators, are in order")
  func inOrder() {
    expectFindings(
      of: "SLO303",
      in: """
        \(Self.indicators)  other:
            distribution: job_duration_seconds
        objectives:
          p50: latency p50 < 200ms over 28d
          p95: latency p95 < 200ms over 28d
          jobs: other p99 < 100ms over 28d
        """
    )
  }

  @Test("a journey over two windows is flagged at its name, unless the other window has a reason")
  func journeyWindows() {
    expectFindings(
      of: "SLO307",
      in: """
        \(Self.indicators)journeys:
          «reading»:
            objectives:
              success: requests >= 99.9% over 28d
              p95: latency p95 < 200ms over 7d
          writing:
            objectives:
              success: requests >= 99% over 28d
              p95: { objective: latency p95 < 300ms over 7d, window-reason: releases are weekly }
        """,
      "journey 'reading' is judged over 28d by 'success' and over 7d by 'p95', without a 'window-reason'"
    )
  }

  @Test("system-wide objectives are compared by indicator only")
  func systemWindows() {
    expectFindings(
      of: "SLO307",
      in: """
        \(Self.indicators)objectives:
          month: requests >= 99.9% over 28d
          week: requests >= 99% over «7d»
          p95: latency p95 < 200ms over 7d
        """,
      "'requests' is judged over 28d by 'month' and over 7d by 'week', without a 'window-reason'"
    )
  }
}
