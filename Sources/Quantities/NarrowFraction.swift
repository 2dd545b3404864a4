/// A fraction of two numbers of 64 bits, as almost all in specs are: products of them fit 128 bits, and the processor
/// divides them tens of times faster.
struct NarrowFraction {
  let numerator: Int64
  let denominator: Int64

  init?(_ value: Rational) { self.init(value.numerator, value.denominator) }

  /// nil where either does not fit; the least number of 64 bits, which has no magnitude among them, does not.
  init?(_ numerator: Int128, _ denominator: Int128) {
    let (top, bottom) = (Int64(truncatingIfNeeded: numerator), Int64(truncatingIfNeeded: denominator))
    guard Int128(top) == numerator, Int128(bottom) == denominator, top != .min, bottom != .min else { return nil }
    (self.numerator, self.denominator) = (top, bottom)
  }

  func crossed(with factor: Int64) -> Int128 { Int128(numerator) &* Int128(factor) }

  static func * (left: NarrowFraction, right: NarrowFraction) -> Rational {
    let first = Int64(greatestCommonDivisor(left.numerator.magnitude, right.denominator.magnitude))
    let second = Int64(greatestCommonDivisor(right.numerator.magnitude, left.denominator.magnitude))
    return Rational(
      reducedNumerator: Int128(left.numerator / first) &* Int128(right.numerator / second),
      reducedDenominator: Int128(left.denominator / second) &* Int128(right.denominator / first)
    )
  }

  static func + (left: NarrowFraction, right: NarrowFraction) -> Rational {
    let common = Int64(greatestCommonDivisor(left.denominator.magnitude, right.denominator.magnitude))
    let sum = left.crossed(with: right.denominator / common) &+ right.crossed(with: left.denominator / common)
    let denominator = Int128(left.denominator / common) &* Int128(right.denominator)
    // Two whole numbers make a whole number.
    if denominator == 1 { return Rational(sum) }
    return Rational(numerator: sum, denominator: denominator)
  }

  /// The whole part towards zero, and what of the numerator is left behind it.
  var parts: (quotient: Int128, remainder: Int128) {
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    return (Int128(quotient), Int128(remainder))
  }
}
