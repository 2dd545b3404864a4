/// A unit of measure: what it measures, and how many base units it is.
package struct Unit: Sendable, Hashable {
  /// As printed: `Mbps`, `MB/s`, `%`; empty for plain numbers.
  package let symbol: String
  package let dimension: Dimension
  /// Base units in one of this: 125,000 bytes per second in a `Mbps`.
  package let scale: Rational

  package static let number = Unit(symbol: "", dimension: .number, scale: .one)
  package static let percent = Unit(symbol: "%", dimension: .number, scale: Rational(numerator: 1, denominator: 100))
  package static let second = Unit(symbol: "s", dimension: .time, scale: .one)
  package static let byte = Unit(symbol: "B", dimension: .data, scale: .one)
  package static let bit = Unit(symbol: "bit", dimension: .data, scale: Rational(numerator: 1, denominator: 8))
  package static let processor = Unit(symbol: "CPU", dimension: .processors, scale: .one)

  /// A unit that counts what the noun says.
  package static func counting(_ noun: String) -> Unit {
    Unit(symbol: noun, dimension: .events, scale: .one)
  }

  package static func / (left: Unit, right: Unit) -> Unit {
    Unit(
      symbol: "\(left.symbol)/\(right.symbol)",
      dimension: left.dimension / right.dimension,
      scale: left.scale / right.scale
    )
  }
}

extension Unit: CustomStringConvertible {
  package var description: String { symbol }
}

extension Unit: Readable {
  /// `Mbps`, `MB/s`, `MiB`, `vCPUh`, `requests per minute`, and the words of metric contracts: `seconds`, `bits-per-second`, `ratio`.
  package init(_ text: WrittenText) throws(QuantityError) {
    let cursor = TextCursor(text)
    guard !cursor.rest.isEmpty else { throw QuantityError(.empty, "a unit is missing", at: cursor.rest) }
    self = try Unit(text, cursor.rest)
  }

  /// The unit that a metric's contract states, where a noun that is no unit says what is counted: `requests`.
  ///
  /// A word close to the name of a unit is taken for a slip.
  package static func ofMetric(_ text: WrittenText) throws(QuantityError) -> Unit {
    do {
      return try Unit(text)
    } catch {
      let range = TextCursor(text).rest
      guard error.reason == .unknownUnit, error.suggestion == nil, text.isNoun(range),
        UnitTable.spellings(withLettersOf: text.string(range)).isEmpty
      else { throw error }
      return .counting(text.string(range))
    }
  }

  init(_ text: WrittenText, _ range: Range<Int>) throws(QuantityError) {
    if let unit = UnitTable.units[text.string(range)] {
      self = unit
      return
    }
    guard let split = Unit.split(text, range) else {
      self = try Unit.known(text, range)
      return
    }
    let period = try RatePeriod(text, split.period)
    let counted: Unit = split.counted.isEmpty ? .counting("") : try Unit.known(text, split.counted)
    self = counted / Unit(symbol: period.symbol, dimension: .time, scale: period.span.seconds)
  }

  /// What stands before and after the slash, the word "per", or the hyphens around it.
  static func split(_ text: WrittenText, _ range: Range<Int>) -> (counted: Range<Int>, period: Range<Int>)? {
    if let slash = text.bytes[range].firstIndex(of: UInt8(ascii: "/")) {
      return (text.trimmed(range.lowerBound..<slash), text.trimmed(slash + 1..<range.upperBound))
    }
    let per = Array("per".utf8)
    for start in range where text.bytes[start...].starts(with: per) && start + per.count < range.upperBound {
      let separator = text.bytes[start + per.count]
      let isWord = start == range.lowerBound || text.bytes[start - 1] == separator
      if isWord, separator.isSpace || separator == UInt8(ascii: "-") {
        let counted = range.lowerBound..<max(range.lowerBound, start - 1)
        return (text.trimmed(counted), text.trimmed(start + per.count + 1..<range.upperBound))
      }
    }
    return nil
  }

  private static func known(_ text: WrittenText, _ range: Range<Int>) throws(QuantityError) -> Unit {
    let word = text.string(range)
    if let unit = UnitTable.units[word] { return unit }
    guard range.count <= 40 else {
      throw QuantityError(.unknownUnit, "\(text.quoted(range)) is not a unit", at: range)
    }
    let sameLetters = UnitTable.spellings(withLettersOf: word)
    if sameLetters.count > 1 {
      let choices = sameLetters.map { "'\($0)'" }.joined(separator: " or ")
      throw QuantityError(.unknownUnit, "\(text.quoted(range)) is not a unit: \(choices) is", at: range)
    }
    let nearest =
      sameLetters.first ?? TimeUnit(meantBy: word)?.symbol ?? nearestSpelling(to: word, among: UnitTable.units.keys)
    throw QuantityError(
      .unknownUnit,
      "\(text.quoted(range)) is not a unit",
      at: range,
      suggestion: nearest.map { text.replacing(range, with: $0) }
    )
  }
}

extension WrittenText {
  /// Whether the part is one short word of letters, digits, hyphens and underscores that starts with a letter.
  func isNoun(_ range: Range<Int>) -> Bool {
    guard range.count <= 40, let first = bytes[range].first, first.isLetter else { return false }
    return string(range).unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "-" || $0 == "_"
    }
  }

  /// The part without spaces at its ends.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, bytes[start].isSpace { start += 1 }
    while end > start, bytes[end - 1].isSpace { end -= 1 }
    return start..<end
  }
}
