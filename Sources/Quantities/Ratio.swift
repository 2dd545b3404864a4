/// A share between nothing and all of something, in exact decimals, written as a percentage.
package struct Ratio: Sendable, Hashable, Comparable {
  /// Between 0 and 1.
  package let fraction: Rational

  /// More decimals than tell one event in a hundred billion.
  package static let decimalLimit = 9

  package static let nothing = Ratio(unchecked: .zero)
  package static let all = Ratio(unchecked: .one)

  /// The share, or nil outside 0 to 1.
  package init?(_ fraction: Rational) {
    guard fraction >= .zero, fraction <= .one else { return nil }
    self.fraction = fraction
  }

  fileprivate init(unchecked fraction: Rational) {
    self.fraction = fraction
  }

  /// What is missing to all.
  package var complement: Ratio { Ratio(unchecked: .one - fraction) }

  /// `0.995` for 99.5%.
  package var fractionText: String { fraction.decimalText }
  /// `99.5` for 99.5%.
  package var percentNumberText: String { (fraction * 100).decimalText }
  /// `99.5%`.
  package var percentText: String { "\(percentNumberText)%" }

  package static func < (left: Ratio, right: Ratio) -> Bool { left.fraction < right.fraction }
  package static func * (left: Ratio, right: Ratio) -> Ratio { Ratio(unchecked: left.fraction * right.fraction) }
}

extension Ratio: CustomStringConvertible {
  package var description: String { percentText }
}

extension Ratio: Readable {
  /// `99.5%`, `0.1%`: a number of at most nine decimals, from 0 to 100, and its percent sign.
  package init(_ text: WrittenText) throws(QuantityError) {
    var cursor = TextCursor(text)
    let start = cursor.position
    let percentage = try cursor.takeNumber()
    let number = start..<cursor.position
    let hadSpace = cursor.takeSpaces()
    guard cursor.take("%") else {
      throw Ratio.withoutSign(percentage, number, cursor)
    }
    guard cursor.isAtEnd else { throw cursor.unexpected("the percentage") }
    let written = start..<cursor.position
    guard !hadSpace else {
      throw QuantityError(
        .malformed,
        "\(text.quoted(written)) has a space before its percent sign",
        at: written,
        suggestion: "\(text.string(number))%"
      )
    }
    try self.init(percentage: percentage, text, written)
  }

  private init(percentage: Rational, _ text: WrittenText, _ range: Range<Int>) throws(QuantityError) {
    guard percentage >= .zero else {
      throw QuantityError(.outOfRange, "\(text.quoted(range)) is below 0%", at: range)
    }
    guard percentage <= 100 else {
      throw QuantityError(.outOfRange, "\(text.quoted(range)) is above 100%", at: range)
    }
    guard (percentage * Rational.powerOfTen(UInt(Ratio.decimalLimit))).isWhole else {
      throw QuantityError(
        .tooPrecise,
        "\(text.quoted(range)) has more than \(Ratio.decimalLimit) decimals",
        at: range
      )
    }
    self.init(unchecked: percentage / 100)
  }

  private static func withoutSign(_ number: Rational, _ range: Range<Int>, _ cursor: TextCursor) -> QuantityError {
    let text = cursor.text
    let written = text.string(range)
    guard cursor.isAtEnd else {
      let isSpeltOut = ["percent", "pct", "per cent"].contains(text.string(cursor.rest).lowercased())
      return QuantityError(
        isSpeltOut ? .missingUnit : .malformed,
        "\(text.quoted(cursor.rest)) stands where a percent sign is expected",
        at: cursor.rest,
        suggestion: isSpeltOut ? "\(written)%" : nil
      )
    }
    let quoted = text.quoted(range)
    let asFraction = "\((number * 100).decimalText)%"
    if number > .zero, number <= .one, number < Rational(numerator: 1, denominator: 2) || number.isWhole {
      // Below a half, and at one, both readings are likely, and they differ a hundredfold.
      return QuantityError(
        .missingUnit,
        "\(quoted) has no percent sign: '\(written)%' and '\(asFraction)' are different shares",
        at: range
      )
    }
    let suggestion = number > .zero && number < .one ? asFraction : "\(written)%"
    let isShare = number >= .zero && number <= 100
    return QuantityError(
      .missingUnit,
      "\(quoted) has no percent sign",
      at: range,
      suggestion: isShare ? suggestion : nil
    )
  }
}
