import PromQL
import Quantities

/// The series of a classic histogram.
struct BucketSelectors: Sendable {
  /// The histogram's own name, without `_bucket`.
  let histogram: VectorSelector

  /// All observations.
  var count: VectorSelector { suffixed("_count") }

  var buckets: VectorSelector { suffixed("_bucket") }

  /// The observations that were at most `bound`, in the unit of the metric.
  func atMost(_ bound: Rational) -> VectorSelector {
    let spellings = Self.spellings(of: bound)
    let matcher: LabelMatcher =
      spellings.count == 1
      ? .equal("le", spellings[0])
      : .matches("le", LabelMatcher.pattern(ofAny: spellings))
    return buckets.adding(matcher)
  }

  private func suffixed(_ suffix: String) -> VectorSelector {
    histogram.metricName.map { histogram.named("\($0)\(suffix)") } ?? histogram
  }

  /// How client libraries write a bound: `1` and, since OpenMetrics, `1.0`; `1e+06` for a million.
  static func spellings(of bound: Rational) -> [String] {
    let decimal = bound.decimalText
    var spellings = [decimal]
    if bound.isWhole { spellings.append("\(decimal).0") }
    if let scientific = scientificSpelling(of: decimal) { spellings.append(scientific) }
    return spellings
  }

  /// Go's shortest spelling uses an exponent from a million up and below a ten-thousandth; nil in between.
  private static func scientificSpelling(of decimal: String) -> String? {
    let digits = decimal.utf8.filter { $0 != UInt8(ascii: ".") }
    let point = decimal.utf8.firstIndex(of: UInt8(ascii: ".")).map {
      decimal.utf8.distance(from: decimal.utf8.startIndex, to: $0)
    }
    guard let first = digits.firstIndex(where: { $0 != UInt8(ascii: "0") }), !decimal.hasPrefix("-") else { return nil }
    let exponent = (point ?? digits.count) - 1 - first
    guard exponent >= 6 || exponent < -4 else { return nil }
    var significant = Array(digits[first...])
    while significant.count > 1, significant.last == UInt8(ascii: "0") { significant.removeLast() }
    let head = String(decoding: significant.prefix(1), as: UTF8.self)
    let tail = String(decoding: significant.dropFirst(), as: UTF8.self)
    let mantissa = tail.isEmpty ? head : "\(head).\(tail)"
    let magnitude = String(exponent.magnitude)
    let padded = magnitude.utf8.count < 2 ? "0\(magnitude)" : magnitude
    return "\(mantissa)e\(exponent < 0 ? "-" : "+")\(padded)"
  }
}
