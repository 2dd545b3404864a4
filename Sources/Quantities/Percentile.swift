/// The value that a share of observations does not exceed: 95% of them for `p95`.
package struct Percentile: Sendable, Hashable, Comparable {
  /// Above 0 and below 1: the bound of a percentile objective is a target of this share.
  package let share: Ratio

  /// The percentile of a share, or nil for 0% and 100%, which no histogram can tell.
  package init?(_ share: Ratio) {
    guard share > .nothing, share < .all else { return nil }
    self.share = share
  }

  package static func < (left: Percentile, right: Percentile) -> Bool { left.share < right.share }
}

extension Percentile: CustomStringConvertible {
  /// `p99.9`.
  package var description: String { "p\(share.percentNumberText)" }
}

extension Percentile: Readable {
  /// `p50`, `p99.9`: up to nine decimals.
  package init(_ text: WrittenText) throws(QuantityError) {
    var cursor = TextCursor(text)
    let start = cursor.position
    guard cursor.take("p"), cursor.current?.isDigit == true else {
      throw Percentile.notAPercentile(text)
    }
    let digits = cursor.position
    let percentage = try cursor.takeNumber()
    let range = start..<cursor.position
    guard cursor.isAtEnd else { throw cursor.unexpected("the percentile") }
    guard (percentage * Rational.powerOfTen(UInt(Ratio.decimalLimit))).isWhole else {
      throw QuantityError(.tooPrecise, "\(text.quoted(range)) has more than \(Ratio.decimalLimit) decimals", at: range)
    }
    guard let share = Ratio(percentage / 100), let percentile = Percentile(share) else {
      throw QuantityError(
        .outOfRange,
        "\(text.quoted(range)) is not above p0 and below p100",
        at: range,
        suggestion: Percentile.withPoint(text.string(digits..<range.upperBound))
      )
    }
    // Nobody judges a service by its slowest or fastest hundredth of a percent from that end: the mirror is `p99.9 >`.
    guard percentage >= 1 else {
      throw QuantityError(
        .outOfRange,
        "\(text.quoted(range)) is below p1: percentiles are written in hundredths",
        at: range,
        suggestion: "p\((percentage * 100).decimalText)"
      )
    }
    self = percentile
  }

  /// `p99.9` for `999`, as `p999` is said aloud.
  private static func withPoint(_ digits: String) -> String? {
    guard digits.hasPrefix("99"), digits.utf8.count <= 6, digits.utf8.allSatisfy(\.isDigit) else { return nil }
    return "p99.\(digits.dropFirst(2))"
  }

  private static func notAPercentile(_ text: WrittenText) -> QuantityError {
    let range = TextCursor(text).rest
    guard !range.isEmpty else { return QuantityError(.empty, "a percentile is missing", at: range) }
    return QuantityError(
      .malformed,
      "\(text.quoted(range)) is not a percentile such as p95",
      at: range,
      suggestion: meant(by: text.string(range).lowercased())
    )
  }

  private static func meant(by written: String) -> String? {
    if written == "median" { return "p50" }
    var number = written[...]
    if number.hasPrefix("p") { number.removeFirst() }
    for ending in ["th", "st", "nd", "rd", "%"] where number.hasSuffix(ending) {
      number = number.dropLast(ending.count)
      break
    }
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    let isNumber = parts.count <= 2 && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(\.isDigit) }
    guard isNumber, parts[0].utf8.count <= 2, number.utf8.count <= 12, number.utf8.contains(where: isNotZero) else {
      return nil
    }
    return "p\(number)"
  }

  private static func isNotZero(_ byte: UInt8) -> Bool {
    byte.isDigit && byte != UInt8(ascii: "0")
  }
}
