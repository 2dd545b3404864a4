/// A whole number of things, zero or more, with what is counted where the author says it.
package struct Count: Sendable {
  package let value: Int
  /// `MAU` for `10_000 MAU`.
  package let noun: String?

  package init?(_ value: Int, noun: String? = nil) {
    guard value >= 0 else { return nil }
    self.value = value
    self.noun = noun
  }

  package var rational: Rational { Rational(value) }
}

extension Count: Hashable, Comparable {
  /// What is counted is a remark and does not tell counts apart.
  package static func == (left: Count, right: Count) -> Bool { left.value == right.value }
  package static func < (left: Count, right: Count) -> Bool { left.value < right.value }
  package func hash(into hasher: inout Hasher) { hasher.combine(value) }
}

extension Count: CustomStringConvertible {
  /// `500_000`, `10_000 MAU`.
  package var description: String {
    let number = rational.groupedText(separator: "_")
    return noun.map { "\(number) \($0)" } ?? number
  }
}

extension Count: Readable {
  package init(_ text: WrittenText) throws(QuantityError) {
    var cursor = TextCursor(text)
    let start = cursor.position
    let number = try cursor.takeNumber()
    let range = start..<cursor.position
    cursor.takeSpaces()
    guard number.isWhole else {
      throw QuantityError(.tooPrecise, "\(text.quoted(range)) is not a whole number", at: range)
    }
    guard !number.isNegative else {
      throw QuantityError(.outOfRange, "\(text.quoted(range)) is below zero", at: range)
    }
    noun = try Count.noun(text, cursor.rest, of: number, at: range)
    value = number.floor
  }

  /// What is counted, where it is written and not a unit of measure.
  static func noun(
    _ text: WrittenText,
    _ range: Range<Int>,
    of number: Rational,
    at numberRange: Range<Int>
  ) throws(QuantityError) -> String? {
    guard !range.isEmpty else { return nil }
    let word = text.string(range)
    if let unit = UnitTable.units[word], unit.dimension != .events {
      let kind = unit == .percent ? "a share" : "\(unit.dimension)"
      throw QuantityError(.wrongUnit, "\(text.quoted(range)) makes it \(kind), not a count", at: range)
    }
    let factors = ["k": 1_000, "K": 1_000, "M": 1_000_000, "mn": 1_000_000, "bn": 1_000_000_000]
    if let factor = factors[word] {
      let count = (number * Rational(factor)).groupedText(separator: "_")
      throw QuantityError(
        .unknownUnit,
        "\(text.quoted(range)) is not written for a number of zeros",
        at: range,
        suggestion: text.replacing(numberRange.lowerBound..<range.upperBound, with: count)
      )
    }
    guard text.isNoun(range) else {
      throw QuantityError(.malformed, "\(text.quoted(range)) after the count", at: range)
    }
    return word
  }
}
