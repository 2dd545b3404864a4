import Quantities
import Testing

@Suite("Shares and targets")
struct RatioTests {
  @Test(
    "a percentage prints as it was meant, and as a fraction",
    arguments: [
      ("99.5%", "99.5%", "0.995"), ("0.1%", "0.1%", "0.001"), ("100%", "100%", "1"), ("0%", "0%", "0"),
      ("99.950%", "99.95%", "0.9995"), ("099%", "99%", "0.99"), (" 5% ", "5%", "0.05"),
      ("99.999999999%", "99.999999999%", "0.99999999999"), ("0.000000001%", "0.000000001%", "0.00000000001"),
    ]
  )
  func percentages(_ written: String, percent: String, fraction: String) throws {
    let ratio = try Ratio(reading: written)
    #expect(ratio.percentText == percent)
    #expect(ratio.fractionText == fraction)
    #expect(try Ratio(reading: ratio.percentText) == ratio)
  }

  @Test(
    "what is no percentage is told apart, with the part at fault and what was meant",
    arguments: [
      Slip("99.5", .missingUnit, "99.5", "'99.5' has no percent sign", "99.5%"),
      Slip("0.995", .missingUnit, "0.995", "'0.995' has no percent sign", "99.5%"),
      Slip("1", .missingUnit, "1", "'1' has no percent sign: '1%' and '100%' are different shares", nil),
      Slip("0.1", .missingUnit, "0.1", "'0.1' has no percent sign: '0.1%' and '10%' are different shares", nil),
      Slip("0", .missingUnit, "0", "'0' has no percent sign", "0%"),
      Slip("250", .missingUnit, "250", "'250' has no percent sign", nil),
      Slip("100.1%", .outOfRange, "100.1%", "'100.1%' is above 100%", nil),
      Slip("-1%", .outOfRange, "-1%", "'-1%' is below 0%", nil),
      Slip("99.9999999999%", .tooPrecise, "99.9999999999%", "'99.9999999999%' has more than 9 decimals", nil),
      Slip("99,5%", .notANumber, "99,5", "'99,5' is not written as a number here", "99.5%"),
      Slip(".5%", .notANumber, ".5", "'.5' is not written as a number here", "0.5%"),
      Slip("99.5 %", .malformed, "99.5 %", "'99.5 %' has a space before its percent sign", "99.5%"),
      Slip("99.5 percent", .missingUnit, "percent", "'percent' stands where a percent sign is expected", "99.5%"),
      Slip("99.5%%", .malformed, "%", "'%' after the percentage", nil),
      Slip("high", .notANumber, "high", "'high' is not a number", nil),
      Slip("", .empty, "", "nothing is written here", nil),
      Slip("%", .notANumber, "%", "'%' is not a number", nil),
      Slip("30s", .malformed, "s", "'s' stands where a percent sign is expected", nil),
    ]
  )
  func slips(_ slip: Slip) {
    slip.expect(Ratio.self)
  }

  @Test("a target leaves exactly its complement", arguments: [("99.9%", "0.001"), ("99.95%", "0.0005"), ("100%", "0")])
  func budgets(_ target: String, budget: String) throws {
    #expect(try Target(reading: target).errorBudget.share.fractionText == budget)
  }

  @Test("a target of nothing is refused")
  func nothing() {
    Slip("0%", .outOfRange, "0%", "a target of '0%' asks for nothing", nil).expect(Target.self)
  }
}
