import PlanModel
import Quantities
import Testing

@testable import PlanLowering

@Suite("Promises and their guards")
struct AgreementTests {
  /// The only promise of a service with these objectives.
  static func promise(_ promise: String, guardedBy objectives: String...) throws -> PromisePlan {
    let listed = objectives.enumerated().map { "  o\($0): \($1)" }.joined(separator: "\n")
    let text = PlanText(
      """
      nines: v1
      service: api
      owner: platform
      indicators:
        requests: { good: a_total, valid: b_total }
        latency: { distribution: duration_seconds }
        speed: { distribution: download_bits_per_second, unit: bits-per-second }
      objectives:
      \(listed)
      agreements:
        sla:
          with: customers
          promises: { it: \(promise) }
      """
    )
    try #require(text.errors == [])
    return try #require(text.services.first?.agreements.first?.promises.first)
  }

  @Test("headroom is how often the objective's budget fits into the promise's")
  func headroom() throws {
    let promise = try Self.promise("requests >= 99.5% over 30d", guardedBy: "requests >= 99.95% over 30d")
    #expect(promise.guardedBy?.text == "api/o0")
    #expect(promise.headroom == 10)
  }

  @Test("of several objectives the strictest guards")
  func strictest() throws {
    let promise = try Self.promise(
      "requests >= 99% over 30d",
      guardedBy: "requests >= 99.5% over 30d",
      "requests >= 99.9% over 30d",
      "requests >= 99.8% over 30d"
    )
    #expect(promise.guardedBy?.objective == "o1")
    #expect(promise.headroom == 10)
  }

  @Test("an objective over a longer window guards only where there is no other")
  func windows() throws {
    let promise = try Self.promise(
      "requests >= 99% over 7d",
      guardedBy: "requests >= 99.9% over 90d",
      "requests >= 99.5% over 7d"
    )
    #expect(promise.guardedBy?.objective == "o1")
    #expect(promise.headroom == 2)
  }

  @Test("a looser objective guards nothing")
  func looser() throws {
    let promise = try Self.promise("requests >= 99.9% over 30d", guardedBy: "requests >= 99% over 30d")
    #expect(promise.guardedBy == nil)
    #expect(promise.headroom == nil)
  }

  @Test("at one percentile the objective with the stricter bound guards, whichever way is stricter")
  func bounds() throws {
    let latency = try Self.promise(
      "latency p95 < 250ms over 30d",
      guardedBy: "latency p95 < 300ms over 30d",
      "latency p95 < 200ms over 30d",
      "latency p95 < 150ms over 30d",
      "latency p99 < 100ms over 30d"
    )
    #expect(latency.guardedBy?.objective == "o2")
    #expect(latency.headroom == 1)
    let speed = try Self.promise(
      "speed p50 > 5 Mbps over 30d",
      guardedBy: "speed p50 > 4 Mbps over 30d",
      "speed p50 > 8 Mbps over 30d",
      "speed p50 > 6 Mbps over 30d"
    )
    #expect(speed.guardedBy?.objective == "o1")
  }
}
