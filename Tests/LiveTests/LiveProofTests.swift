import TestSupport
import Testing

@Suite("A real Prometheus, an outage and a crash")
struct LiveProofTests {
  @Test(
    "pages fire and clear, and budgets and levels are exact, through a crash of Prometheus",
    .timeLimit(.minutes(10))
  )
  func outage() async throws {
    var proof = try await LiveProof.start()
    defer { proof.stop() }
    let shop = proof.shop

    // What was served before anybody watched is in no budget.
    try await proof.evaluations(3)
    try await proof.expectCounted()

    shop.serve(good: 20_000)
    try await proof.expectCounted()
    #expect(try await proof.pages() == 0)
    #expect(try await proof.isFrozen() == false)
    #expect(try await proof.gateAllowsFeature())

    // The outage. Even a ledger of some seconds, taken for its whole month, has lost more than 2% of its budget.
    shop.serve(good: 0, bad: 30_000)
    try await eventually("a page", { $0 > 0 }) { try await proof.pages() }
    try await proof.expectCounted()
    try await eventually("the freeze", { $0 }) { try await proof.isFrozen() }
    #expect(try await !proof.gateAllowsFeature())

    // Prometheus crashes, and the outage goes on meanwhile and after.
    proof.prometheus.kill()
    shop.serve(good: 500, bad: 1_500)
    try await proof.startAgain()
    try await proof.expectCounted()
    shop.serve(good: 0, bad: 30_000)
    try await proof.expectCounted()
    try await eventually("a page", { $0 > 0 }) { try await proof.pages() }
    #expect(try await proof.isFrozen())

    // The shop is mended by a restart.
    shop.restart()
    try await eventually("the page clears", within: .seconds(120), { $0 == 0 }) {
      shop.serve(good: 100)
      return try await proof.pages()
    }
    try await proof.expectCounted()
    #expect(try await proof.isFrozen())

    // A fifth of the budget is back: more than where the level is entered, less than where it is left.
    shop.serve(good: shop.goodUntil(remaining: 0.2))
    try await proof.expectCounted()
    try await proof.evaluations(2)
    #expect(try await proof.isFrozen())
    #expect(try await !proof.gateAllowsFeature())

    shop.serve(good: shop.goodUntil(remaining: 0.4))
    try await eventually("the end of the freeze", { !$0 }) { try await proof.isFrozen() }
    try await proof.expectCounted()
    #expect(try await proof.gateAllowsFeature())

    // Nothing comes twice.
    try await proof.evaluations(3)
    try await proof.expectCounted()
    #expect(try await proof.pages() == 0)
  }
}
