import Quantities
import Testing

@Suite("Percentiles")
struct PercentileTests {
  @Test(
    "a percentile is a share",
    arguments: [("p50", "0.5", "p50"), ("p99.9", "0.999", "p99.9"), ("p99.90", "0.999", "p99.9"), ("p5", "0.05", "p5")]
  )
  func reading(_ text: String, share: String, printed: String) throws {
    let percentile = try Percentile(reading: text)
    #expect(percentile.share.fractionText == share)
    #expect(percentile.description == printed)
  }

  @Test(
    "what is no percentile is answered with the one that is meant",
    arguments: [
      Slip("95", .malformed, "95", "'95' is not a percentile such as p95", "p95"),
      Slip("P95", .malformed, "P95", "'P95' is not a percentile such as p95", "p95"),
      Slip("95th", .malformed, "95th", "'95th' is not a percentile such as p95", "p95"),
      Slip("99.9%", .malformed, "99.9%", "'99.9%' is not a percentile such as p95", "p99.9"),
      Slip("median", .malformed, "median", "'median' is not a percentile such as p95", "p50"),
      Slip("mean", .malformed, "mean", "'mean' is not a percentile such as p95", nil),
      Slip("p999", .outOfRange, "p999", "'p999' is not above p0 and below p100", "p99.9"),
      Slip("p100", .outOfRange, "p100", "'p100' is not above p0 and below p100", nil),
      Slip("p0", .outOfRange, "p0", "'p0' is not above p0 and below p100", nil),
      Slip("p", .malformed, "p", "'p' is not a percentile such as p95", nil),
      Slip("p-5", .malformed, "p-5", "'p-5' is not a percentile such as p95", nil),
      Slip("p95x", .malformed, "x", "'x' after the percentile", nil),
      Slip("p99.9999999999", .tooPrecise, "p99.9999999999", "'p99.9999999999' has more than 9 decimals", nil),
      Slip("", .empty, "", "a percentile is missing", nil),
    ]
  )
  func slips(_ slip: Slip) {
    slip.expect(Percentile.self)
  }
}

@Suite("Comparisons")
struct ComparisonTests {
  @Test("a sign holds exactly where its negation does not, and mirrors with its sides", arguments: Comparison.allCases)
  func signs(_ sign: Comparison) {
    for left in 1...3 {
      for right in 1...3 {
        #expect(sign.holds(left, right) != sign.negated.holds(left, right))
        #expect(sign.holds(left, right) == sign.mirrored.holds(right, left))
      }
    }
    #expect(sign.holds(2, 2) != sign.isStrict)
    #expect(sign.holds(1, 2) == sign.isUpperBound)
    #expect((try? Comparison(reading: sign.symbol)) == sign)
  }

  @Test(
    "other signs are answered with the one that is meant",
    arguments: [
      Slip("=<", .malformed, "=<", "'=<' is not one of <, <=, > and >=", "<="),
      Slip("≥", .malformed, "≥", "'≥' is not one of <, <=, > and >=", ">="),
      Slip("==", .malformed, "==", "'==' is not one of <, <=, > and >=", nil),
      Slip("", .empty, "", "a comparison is missing", nil),
    ]
  )
  func slips(_ slip: Slip) {
    slip.expect(Comparison.self)
  }
}
