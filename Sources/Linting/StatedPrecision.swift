import Quantities
import SpecCatalog

/// How far a figure that somebody wrote down may be from what follows.
///
/// An exact figure has to round to what was written; one marked with `~` may also be off by 5%.
struct StatedPrecision {
  private let halfOfLastDigit: Rational
  private let isApproximate: Bool

  init(_ figure: StatedFigure) {
    self.init(utf8: Array(figure.text.utf8)[...], isApproximate: figure.isApproximate)
  }

  /// The precision of one end of a range.
  init(_ range: StatedRange, isUpperEnd: Bool) {
    let ends = StatedPrecision.ends(of: Array(range.text.utf8)[...])
    self.init(utf8: isUpperEnd ? ends.upper : ends.lower, isApproximate: range.isApproximate)
  }

  private init(utf8 text: ArraySlice<UInt8>, isApproximate: Bool) {
    halfOfLastDigit = StatedPrecision.lastDigit(of: text) / 2
    self.isApproximate = isApproximate
  }

  /// Whether the figure says what follows.
  func accepts(_ stated: Rational, for actual: Rational) -> Bool {
    let difference = (stated - actual).magnitude
    if difference <= halfOfLastDigit { return true }
    return isApproximate && difference <= actual.magnitude / 20
  }

  private static func ends(of text: ArraySlice<UInt8>) -> (lower: ArraySlice<UInt8>, upper: ArraySlice<UInt8>) {
    let point = UInt8(ascii: ".")
    for index in text.indices.dropLast() where text[index] == point && text[index + 1] == point {
      return (text[..<index], text[(index + 2)...])
    }
    return (text, text)
  }

  /// One in the last place of the last number: 0.1 for `43.2`, 60 for `43m`, 0.001 for `0.5%`.
  private static func lastDigit(of text: ArraySlice<UInt8>) -> Rational {
    guard let end = text.lastIndex(where: isDigit) else { return .zero }
    let unit = String(decoding: text[(end + 1)...], as: UTF8.self)
    let number = text[...end].suffix(while: isPartOfNumber)
    let decimals = number.firstIndex(of: UInt8(ascii: ".")).map { number[($0 + 1)...].count(where: isDigit) } ?? 0
    let place = (0..<decimals).reduce(Rational.one) { place, _ in place / 10 }
    do {
      return place * (try Quantity(reading: "1\(unit)").value)
    } catch {
      // A unit that is read in another way elsewhere leaves the number's own places.
      return place
    }
  }

  private static func isPartOfNumber(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}

extension BidirectionalCollection {
  /// The longest end of the collection in which every element fits.
  fileprivate func suffix(while fits: (Element) -> Bool) -> SubSequence {
    var start = endIndex
    while start > startIndex, fits(self[index(before: start)]) { start = index(before: start) }
    return self[start...]
  }
}
