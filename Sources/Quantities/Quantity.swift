/// A measured value with its unit, as an author wrote it and in base units.
///
/// Two quantities are equal where they are the same amount of the same dimension, however they are written.
package struct Quantity: Sendable {
  /// In base units: seconds, bytes, bytes per second, events, cores.
  package let value: Rational
  package let unit: Unit
  /// As written, or as it would be.
  package let text: String

  package var dimension: Dimension { unit.dimension }

  /// So many of a unit.
  package init(_ amount: Rational, _ unit: Unit) {
    value = amount * unit.scale
    self.unit = unit
    text = Quantity.text(of: amount, unit)
  }

  /// A duration in seconds.
  package init(_ span: TimeSpan) {
    value = span.seconds
    unit = .second
    text = span.description
  }

  /// An amount in base units of a unit's dimension.
  package init(baseValue value: Rational, like unit: Unit) {
    self.init(value / unit.scale, unit)
  }

  private init(value: Rational, unit: Unit, text: String) {
    self.value = value
    self.unit = unit
    self.text = text
  }

  /// How many of its own unit.
  package var amount: Rational { value / unit.scale }

  /// The duration, where it is one and no finer than a microsecond.
  package var timeSpan: TimeSpan? {
    let span = TimeSpan(roundingSeconds: value)
    return dimension == .time && span.seconds == value ? span : nil
  }

  /// The share, where it is a plain number between 0 and 1 or a percentage up to 100%.
  package var ratio: Ratio? { dimension == .number ? Ratio(value) : nil }

  /// The same amount in the unit that makes the shortest exact text: `5 Mbps`, `8 MiB`, `1h30m`.
  ///
  /// Without an exact text it is rounded to three decimals in the largest unit of which there is one whole.
  package var readableText: String {
    if let timeSpan { return timeSpan.decimalText }
    if unit == .percent { return Quantity.text(of: amount, unit) }
    let choices = UnitTable.printed[dimension] ?? [(unit, false)]
    let exact = choices.compactMap { choice -> String? in
      let amount = value / choice.unit.scale
      return amount.exactDecimalText == nil ? nil : Quantity.text(of: amount, choice.unit)
    }
    let shortest = exact.min { $0.utf8.count < $1.utf8.count }
    if let shortest, shortest.utf8.count <= 12 { return shortest }
    let whole = choices.filter { !$0.isBinary && $0.unit.scale <= value.magnitude }
    let rounding = whole.map(\.unit).max { $0.scale < $1.scale } ?? unit
    return Quantity.text(of: value / rounding.scale, rounding, maximumFractionDigits: 3)
  }

  private static func text(of amount: Rational, _ unit: Unit, maximumFractionDigits: Int? = nil) -> String {
    let number = maximumFractionDigits.map { amount.decimalText(maximumFractionDigits: $0) } ?? amount.decimalText
    let isJoined = unit.dimension == .number || unit.dimension == .time || unit.symbol.hasPrefix("/")
    return isJoined ? "\(number)\(unit.symbol)" : "\(number) \(unit.symbol)"
  }
}

extension Quantity: Hashable {
  package static func == (left: Quantity, right: Quantity) -> Bool {
    left.dimension == right.dimension && left.value == right.value
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(dimension)
    hasher.combine(value)
  }
}

extension Quantity: CustomStringConvertible {
  package var description: String { text }
}

extension Quantity: Readable {
  /// `0.1`, `70%`, `150ms`, `1h30m`, `5 Mbps`, `8 MiB`, `4 MB/s`, `10/h`, `30s/h`, `50_000 vCPUh`.
  package init(_ text: WrittenText) throws(QuantityError) {
    var cursor = TextCursor(text)
    let whole = cursor.rest
    let number = try cursor.takeNumber()
    cursor.takeSpaces()
    let unitRange = cursor.rest
    let written = text.string(whole)
    if unitRange.isEmpty {
      self.init(value: number, unit: .number, text: written)
    } else if Quantity.isCompound(text, unitRange) {
      self.init(value: try TimeSpan(text).seconds, unit: .second, text: written)
    } else {
      let unit = try Unit(text, unitRange)
      guard !number.isNegative || unit.dimension == .number else {
        throw QuantityError(.outOfRange, "\(text.quoted(whole)) is below zero", at: whole)
      }
      self.init(value: number * unit.scale, unit: unit, text: written)
    }
  }

  /// Whether the unit is one of time and more parts of a duration follow: `1h30m`.
  private static func isCompound(_ text: WrittenText, _ range: Range<Int>) -> Bool {
    let word = text.bytes[range].prefix { $0.isLetter }
    let next = text.trimmed(word.endIndex..<range.upperBound).lowerBound
    return next < range.upperBound && text.bytes[next].isDigit
      && TimeUnit(symbol: String(decoding: word, as: UTF8.self)) != nil
  }
}
