import Quantities
import Testing

@Suite("Error budgets and burn rates")
struct BudgetTests {
  @Test(
    "the burn rates of the Workbook's table come out exactly",
    arguments: [
      ("2%", TimeSpan.hours(1), "14.4"), ("5%", .hours(6), "6"), ("10%", .days(3), "1"), ("10%", .days(1), "3"),
      ("100%", .days(30), "1"),
    ]
  )
  func workbook(_ share: String, span: TimeSpan, rate: String) throws {
    let burnRate = BurnRate(budgetShare: try Ratio(reading: share), of: .days(30), in: span)
    #expect(burnRate.description == rate)
    #expect(burnRate.budgetSpent(in: span, of: .days(30)) == (try Ratio(reading: share).fraction))
  }

  @Test(
    "a budget is so many events and so much time",
    arguments: [
      ("99.9%", "3000", "43m12s"), ("99.5%", "15000", "3h36m"), ("99.99%", "300", "4m19s200ms"), ("100%", "0", "0s"),
      ("99%", "30000", "7h12m"),
    ]
  )
  func amounts(_ target: String, events: String, time: String) throws {
    let budget = try Target(reading: target).errorBudget
    #expect(budget.events(of: 3_000_000).decimalText == events)
    #expect(budget.time(in: .days(30)).description == time)
  }

  @Test("what is used and left of a budget, also beyond it")
  func remaining() throws {
    let budget = try Target(reading: "99.5%").errorBudget
    #expect(budget.used(by: 1_000, of: 500_000)?.decimalText == "0.4")
    #expect(budget.remaining(after: 1_000, of: 500_000)?.decimalText == "0.6")
    #expect(budget.remaining(after: 5_000, of: 500_000)?.decimalText == "-1")
    #expect(budget.remaining(after: 0, of: 0) == nil)
    #expect(Target.perfect.errorBudget.remaining(after: 1, of: 10) == nil)
    #expect(Target.perfect.errorBudget.isEmpty)
    #expect(!budget.isEmpty)
    #expect(budget.target == (try Target(reading: "99.5%")))
    #expect(ErrorBudget(.all).target == nil)
  }

  @Test("no burn rate exceeds that of a total outage")
  func greatest() throws {
    let budget = try Target(reading: "99.9%").errorBudget
    #expect(BurnRate.greatest(for: budget)?.description == "1000")
    #expect(BurnRate.greatest(for: Target.perfect.errorBudget) == nil)
    #expect(try BurnRate(badShare: Ratio(reading: "1.44%"), of: budget)?.description == "14.4")
    #expect(BurnRate(14)?.badShare(of: budget).decimalText == "0.014")
    #expect(BurnRate(-1) == nil)
  }

  @Test("when a budget is gone at a burn rate")
  func exhaustion() throws {
    let rate = try #require(BurnRate(Rational(reading: "14.4")))
    #expect(rate.timeToExhaustion(of: .days(30))?.description == "2d2h")
    #expect(
      rate.timeToExhaustion(of: .days(30), remaining: Rational(numerator: 1, denominator: 2))?.description == "1d1h"
    )
    #expect(rate.timeToExhaustion(of: .days(30), remaining: -1) == .zero)
    #expect(BurnRate(0)?.timeToExhaustion(of: .days(30)) == nil)
    #expect(BurnRate.planned.timeToExhaustion(of: .days(28)) == .days(28))
  }

  @Test("how long an outage goes on before its window is full enough")
  func detection() throws {
    let budget = try Target(reading: "99.9%").errorBudget
    let rate = try #require(BurnRate(Rational(reading: "14.4")))
    #expect(rate.detectionTime(ofBadShare: .all, budget: budget, over: .hours(1)) == .milliseconds(51_840))
    #expect(try rate.detectionTime(ofBadShare: Ratio(reading: "1.44%"), budget: budget, over: .hours(1)) == .hours(1))
    #expect(try rate.detectionTime(ofBadShare: Ratio(reading: "1.43%"), budget: budget, over: .hours(1)) == nil)
    #expect(rate.detectionTime(ofBadShare: .nothing, budget: budget, over: .hours(1)) == nil)
  }
}
