/// An exact fraction of two whole numbers of up to 127 bits, always in lowest terms.
///
/// Arithmetic is exact whenever the result in lowest terms fits. A result that does not fit is rounded half-even to
/// the finest decimal that does (37 significant digits, or 37 places after the point for what is smaller), and
/// one beyond `greatest` becomes `greatest`; nothing overflows and only a division by zero traps. Text read from specs has at
/// most 18 digits, so sums and products of a few quantities stay exact.
package struct Rational: Sendable, Hashable {
  /// Carries the sign.
  package let numerator: Int128
  /// Above zero, and without a factor in common with the numerator.
  package let denominator: Int128

  package static let zero = Rational(Int128(0))
  package static let one = Rational(Int128(1))
  /// 2^127 − 1, about 1.7 × 10^38.
  package static let greatest = Rational(Int128.max)

  package init(_ value: Int) {
    self.init(Int128(value))
  }

  /// The whole number; `Int128.min` becomes the negative of `greatest`.
  package init(_ value: Int128) {
    numerator = max(value, -Int128.max)
    denominator = 1
  }

  /// The fraction in lowest terms; a denominator of zero is a mistake of the caller.
  package init(numerator: Int128, denominator: Int128) {
    precondition(denominator != 0, "a fraction has a denominator other than zero")
    if denominator > 0, let narrow = NarrowFraction(numerator, denominator) {
      let common = Int64(greatestCommonDivisor(narrow.numerator.magnitude, narrow.denominator.magnitude))
      self.init(
        reducedNumerator: Int128(narrow.numerator / common),
        reducedDenominator: Int128(narrow.denominator / common)
      )
      return
    }
    self.init(
      isNegative: (numerator < 0) != (denominator < 0),
      WideUnsigned(low: numerator.magnitude),
      WideUnsigned(low: denominator.magnitude)
    )
  }

  /// The decimal that a `Double` prints as, so that `0.1` is a tenth; nil for infinities and NaN.
  package init?(_ value: Double) {
    guard value.isFinite else { return nil }
    var digits: UInt128 = 0
    var exponent = 0
    var inFraction = false
    var bytes = Array(value.magnitude.description.utf8)[...]
    while let byte = bytes.popFirst() {
      switch byte {
      case UInt8(ascii: "."): inFraction = true
      case UInt8(ascii: "e"):
        exponent += Int(String(decoding: bytes, as: UTF8.self)) ?? 0
        bytes = []
      default:
        digits = digits * 10 + UInt128(byte - UInt8(ascii: "0"))
        exponent -= inFraction ? 1 : 0
      }
    }
    // 10^38 is the greatest power of ten below 2^127, and a Double prints at most 17 digits.
    let scale = Rational.powerOfTen(min(exponent.magnitude, 38))
    let magnitude = Rational(isNegative: value < 0, WideUnsigned(low: digits), WideUnsigned(low: 1))
    switch exponent {
    case ..<(-60): self = .zero
    case ..<(-38): self = magnitude / scale / Rational.powerOfTen(exponent.magnitude - 38)
    case ..<0: self = magnitude / scale
    case ...38: self = magnitude * scale
    default: self = magnitude * .greatest
    }
  }

  init(reducedNumerator: Int128, reducedDenominator: Int128) {
    numerator = reducedNumerator
    denominator = reducedDenominator
  }

  package var isZero: Bool { numerator == 0 }
  package var isNegative: Bool { numerator < 0 }
  /// Whether the value is a whole number.
  package var isWhole: Bool { denominator == 1 }
  package var magnitude: Rational { isNegative ? -self : self }

  /// For statistics and drawing only; agreed numbers are compared and printed exactly.
  package var doubleValue: Double {
    // One division of exact parts rounds once; parts that are themselves rounded go by way of their digits.
    // By way of Int64, because the standard library converts 128 bits a bit at a time.
    if numerator.magnitude < 1 << 53, denominator < 1 << 53 {
      return Double(Int64(numerator)) / Double(Int64(denominator))
    }
    return Double(decimalText) ?? Double(numerator) / Double(denominator)
  }

  /// 10^exponent, for exponents up to 38.
  static func powerOfTen(_ exponent: UInt) -> Rational {
    Rational((0..<exponent).reduce(Int128(1)) { power, _ in power * 10 })
  }
}

// MARK: - Arithmetic

extension Rational {
  package static func + (left: Rational, right: Rational) -> Rational {
    if let first = NarrowFraction(left), let second = NarrowFraction(right) { return first + second }
    let common = Int128(greatestCommonDivisor(left.denominator.magnitude, right.denominator.magnitude))
    let leftFactor = right.denominator / common
    let rightFactor = left.denominator / common
    let first = left.numerator.multipliedReportingOverflow(by: leftFactor)
    let second = right.numerator.multipliedReportingOverflow(by: rightFactor)
    let denominator = rightFactor.multipliedReportingOverflow(by: right.denominator)
    if !first.overflow, !second.overflow, !denominator.overflow {
      let sum = first.partialValue.addingReportingOverflow(second.partialValue)
      if !sum.overflow {
        return Rational(numerator: sum.partialValue, denominator: denominator.partialValue)
      }
    }
    return wideSum(left, leftFactor.magnitude, right, rightFactor.magnitude)
  }

  package static func - (left: Rational, right: Rational) -> Rational {
    left + -right
  }

  package static prefix func - (value: Rational) -> Rational {
    Rational(reducedNumerator: -value.numerator, reducedDenominator: value.denominator)
  }

  package static func * (left: Rational, right: Rational) -> Rational {
    if let first = NarrowFraction(left), let second = NarrowFraction(right) { return first * second }
    // Reducing crosswise first leaves a product that is already in lowest terms.
    let first = greatestCommonDivisor(left.numerator.magnitude, right.denominator.magnitude)
    let second = greatestCommonDivisor(right.numerator.magnitude, left.denominator.magnitude)
    return Rational(
      isNegative: left.isNegative != right.isNegative,
      reduced: WideUnsigned(product: left.numerator.magnitude / first, right.numerator.magnitude / second),
      WideUnsigned(product: left.denominator.magnitude / second, right.denominator.magnitude / first)
    )
  }

  /// The quotient; a divisor of zero is a mistake of the caller, who has `divided(by:)` where it can happen.
  package static func / (left: Rational, right: Rational) -> Rational {
    precondition(!right.isZero, "a divisor is other than zero")
    return left * right.reciprocal
  }

  /// The quotient, or nil for a divisor of zero.
  package func divided(by divisor: Rational) -> Rational? {
    divisor.isZero ? nil : self / divisor
  }

  package static func += (left: inout Rational, right: Rational) { left = left + right }
  package static func -= (left: inout Rational, right: Rational) { left = left - right }
  package static func *= (left: inout Rational, right: Rational) { left = left * right }

  private var reciprocal: Rational {
    Rational(
      reducedNumerator: isNegative ? -denominator : denominator,
      reducedDenominator: Int128(numerator.magnitude)
    )
  }

  private static func wideSum(
    _ left: Rational,
    _ leftFactor: UInt128,
    _ right: Rational,
    _ rightFactor: UInt128
  ) -> Rational {
    let first = WideUnsigned(product: left.numerator.magnitude, leftFactor)
    let second = WideUnsigned(product: right.numerator.magnitude, rightFactor)
    let denominator = WideUnsigned(product: rightFactor, right.denominator.magnitude)
    if left.isNegative == right.isNegative {
      return Rational(isNegative: left.isNegative, first + second, denominator)
    }
    return first >= second
      ? Rational(isNegative: left.isNegative, first - second, denominator)
      : Rational(isNegative: right.isNegative, second - first, denominator)
  }
}

// MARK: - Reduction and rounding

extension Rational {
  private init(isNegative: Bool, _ numerator: WideUnsigned, _ denominator: WideUnsigned) {
    if let small = numerator.narrow, let smallDenominator = denominator.narrow {
      let common = greatestCommonDivisor(small, smallDenominator)
      self.init(
        isNegative: isNegative,
        reduced: WideUnsigned(low: small / common),
        WideUnsigned(low: smallDenominator / common)
      )
      return
    }
    var (divisor, remainder) = (denominator, numerator)
    while !remainder.isZero {
      (divisor, remainder) = (remainder, divisor.dividedReportingRemainder(by: remainder).remainder)
    }
    self.init(
      isNegative: isNegative,
      reduced: numerator.dividedReportingRemainder(by: divisor).quotient,
      denominator.dividedReportingRemainder(by: divisor).quotient
    )
  }

  private init(isNegative: Bool, reduced numerator: WideUnsigned, _ denominator: WideUnsigned) {
    if let small = numerator.narrow, let exactNumerator = Int128(exactly: small),
      let smallDenominator = denominator.narrow, let exactDenominator = Int128(exactly: smallDenominator)
    {
      self.init(
        reducedNumerator: isNegative ? -exactNumerator : exactNumerator,
        reducedDenominator: exactDenominator
      )
    } else {
      self = Rational.rounding(isNegative: isNegative, numerator, denominator)
    }
  }

  /// The finest decimal near a fraction that does not fit, by long division.
  private static func rounding(
    isNegative: Bool,
    _ numerator: WideUnsigned,
    _ denominator: WideUnsigned
  ) -> Rational {
    // Ten times a remainder must fit 256 bits. Both are longer than 127 bits where this takes a bit that matters.
    let spare = denominator.leadingZeroBitCount < 4 ? 4 : 0
    let divisor = denominator.shiftedRight(by: spare)
    var (whole, remainder) = numerator.shiftedRight(by: spare).dividedReportingRemainder(by: divisor)
    guard let start = whole.narrow, let started = Int128(exactly: start) else {
      return isNegative ? -greatest : greatest
    }
    var digits = started
    var scale: Int128 = 1
    while digits <= (Int128.max - 10) / 10, scale <= Int128.max / 100 {
      (whole, remainder) = (remainder.shiftedLeft(by: 3) + remainder.shiftedLeft(by: 1))
        .dividedReportingRemainder(by: divisor)
      digits = digits * 10 + Int128(whole.low)
      scale *= 10
    }
    let doubled = remainder.shiftedLeft(by: 1)
    let roundsUp = doubled > divisor || (doubled == divisor && digits % 2 == 1)
    if roundsUp, digits < Int128.max { digits += 1 }
    return Rational(numerator: isNegative ? -digits : digits, denominator: scale)
  }
}

/// Euclid's algorithm; one argument may be zero.
private func greatestCommonDivisor(_ left: UInt128, _ right: UInt128) -> UInt128 {
  var (left, right) = (left, right)
  while right != 0 {
    // Division of 128 bits is many times slower than of 64, and most numbers in specs are small.
    if let small = UInt64(exactly: left), let smaller = UInt64(exactly: right) {
      return UInt128(greatestCommonDivisor(small, smaller))
    }
    (left, right) = (right, left % right)
  }
  return max(left, 1)
}

func greatestCommonDivisor(_ left: UInt64, _ right: UInt64) -> UInt64 {
  var (left, right) = (left, right)
  while right != 0 {
    (left, right) = (right, left % right)
  }
  return max(left, 1)
}

// MARK: - Comparison

extension Rational: Comparable {
  /// Exact for all values.
  package static func < (left: Rational, right: Rational) -> Bool {
    if left.denominator == right.denominator { return left.numerator < right.numerator }
    if let first = NarrowFraction(left), let second = NarrowFraction(right) {
      return first.crossed(with: second.denominator) < second.crossed(with: first.denominator)
    }
    if left.isNegative != right.isNegative { return left.isNegative }
    let first = WideUnsigned(product: left.numerator.magnitude, right.denominator.magnitude)
    let second = WideUnsigned(product: right.numerator.magnitude, left.denominator.magnitude)
    return left.isNegative ? second < first : first < second
  }
}

extension Rational: ExpressibleByIntegerLiteral {
  package init(integerLiteral value: Int) {
    self.init(value)
  }
}
