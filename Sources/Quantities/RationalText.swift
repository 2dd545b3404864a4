extension Rational {
  /// The decimal, exact where its expansion ends (`0.001`, `99.95`); otherwise rounded half-even to at
  /// least 17 significant digits, which is finer than a `Double` can tell apart.
  package var decimalText: String {
    exactDecimalText ?? decimalText(maximumFractionDigits: 17 + leadingZeroPlaces)
  }

  /// The decimal, or nil where its expansion does not end, as for a third.
  package var exactDecimalText: String? {
    let twos = denominator.trailingZeroBitCount
    var rest = denominator >> twos
    var fives = 0
    while rest % 5 == 0 {
      rest /= 5
      fives += 1
    }
    return rest == 1 ? decimalText(maximumFractionDigits: max(twos, fives)) : nil
  }

  /// The decimal rounded half-even to so many places, without zeros at its end.
  package func decimalText(maximumFractionDigits places: Int) -> String {
    let divisor = denominator.magnitude
    var (whole, remainder) = numerator.magnitude.quotientAndRemainder(dividingBy: divisor)
    var digits: [UInt8] = []
    while remainder != 0, digits.count < places {
      let full = remainder.multipliedFullWidth(by: 10)
      let (digit, rest) = divisor.dividingFullWidth((full.high, full.low))
      digits.append(UInt8(digit))
      remainder = rest
    }
    let last = digits.last.map { $0 % 2 } ?? UInt8(whole % 2)
    let toHalf = divisor - remainder
    if remainder > toHalf || (remainder == toHalf && last == 1) {
      whole += Self.increment(&digits) ? 1 : 0
    }
    while digits.last == 0 { digits.removeLast() }
    let isZero = whole == 0 && digits.isEmpty
    var text = isNegative && !isZero ? "-" : ""
    text.append(String(whole))
    if !digits.isEmpty {
      text.append(".")
      text.append(String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self))
    }
    return text
  }

  /// The decimal with its whole part in groups of three, where it has five digits or more: `10_000`, `1234.5`.
  package func groupedText(separator: Character) -> String {
    let text = decimalText
    let whole = text.prefix { $0 != "." }
    let digits = whole.drop { $0 == "-" }
    guard digits.count > 4 else { return text }
    var grouped = whole.hasPrefix("-") ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { grouped.append(separator) }
      grouped.append(digit)
    }
    grouped.append(contentsOf: text.dropFirst(whole.count))
    return grouped
  }

  /// The nearest whole number below or equal, within the bounds of `Int`.
  package var floor: Int {
    let (quotient, remainder) = parts
    return Int(clamping: remainder < 0 ? quotient - 1 : quotient)
  }

  /// The nearest whole number above or equal, within the bounds of `Int`.
  package var ceiling: Int {
    let (quotient, remainder) = parts
    return Int(clamping: remainder > 0 ? quotient + 1 : quotient)
  }

  /// The nearest whole number, halves to the even one, within the bounds of `Int`.
  package var roundedHalfEven: Int {
    let (quotient, remainder) = parts
    let toHalf = denominator.magnitude - remainder.magnitude
    guard remainder.magnitude > toHalf || (remainder.magnitude == toHalf && quotient % 2 != 0) else {
      return Int(clamping: quotient)
    }
    return Int(clamping: quotient + (isNegative ? -1 : 1))
  }

  /// The whole part towards zero, and what of the numerator is left behind it.
  private var parts: (quotient: Int128, remainder: Int128) {
    NarrowFraction(self)?.parts ?? numerator.quotientAndRemainder(dividingBy: denominator)
  }

  /// How many zeros stand between the point and the first other digit.
  private var leadingZeroPlaces: Int {
    var places = 0
    var scaled = numerator.magnitude
    while scaled != 0, scaled < denominator.magnitude, places < 40 {
      let next = scaled.multipliedReportingOverflow(by: 10)
      if next.overflow { break }
      scaled = next.partialValue
      places += 1
    }
    return places
  }

  /// Adds one in the last place; true where that carries over the point.
  private static func increment(_ digits: inout [UInt8]) -> Bool {
    for index in digits.indices.reversed() {
      if digits[index] < 9 {
        digits[index] += 1
        return false
      }
      digits[index] = 0
    }
    return true
  }
}

extension Rational: CustomStringConvertible {
  /// The decimal where it is exact, the fraction where it is not.
  package var description: String {
    exactDecimalText ?? "\(numerator)/\(denominator)"
  }
}

extension Rational: Readable {
  /// `14.4`, `500_000`, `-3`.
  package init(_ text: WrittenText) throws(QuantityError) {
    var cursor = TextCursor(text)
    self = try cursor.takeNumber()
    guard cursor.isAtEnd else { throw cursor.unexpected("the number") }
  }
}
