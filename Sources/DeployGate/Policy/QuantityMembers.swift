import Quantities
import StructuredText

/// Members whose text is a quantity.
extension ObjectReader {
  mutating func span(_ name: String) throws(DocumentFault) -> TimeSpan {
    let span: TimeSpan = try quantity(name)
    if span < .zero { throw place.member(name).fault("a time below zero") }
    return span
  }

  mutating func instant(_ name: String) throws(DocumentFault) -> Instant { try quantity(name) }

  mutating func date(_ name: String) throws(DocumentFault) -> CalendarDate { try quantity(name) }

  /// An exact decimal from 0 to 1.
  mutating func share(_ name: String) throws(DocumentFault) -> Ratio {
    try value(name).share(at: place.member(name))
  }

  /// A decimal of zero or above.
  mutating func amount(_ name: String) throws(DocumentFault) -> Rational {
    let value = try value(name)
    let amount = try value.decimal(at: place.member(name))
    if amount.isNegative { throw place.member(name).fault("a number below zero") }
    return amount
  }

  mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String,
    of _: Choice.Type
  ) throws(DocumentFault) -> Choice where Choice.RawValue == String {
    let text = try string(name)
    guard let choice = Choice(rawValue: text) else {
      let known = Choice.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
      throw place.member(name).fault("'\(text)' is none of \(known)")
    }
    return choice
  }

  private mutating func quantity<Value: Readable>(_ name: String) throws(DocumentFault) -> Value {
    let text = try string(name)
    do {
      return try Value(reading: text)
    } catch {
      throw place.member(name).fault(error.message)
    }
  }
}

extension JSONValue {
  func share(at place: DocumentPlace) throws(DocumentFault) -> Ratio {
    let decimal = try decimal(at: place)
    guard let share = Ratio(decimal) else { throw place.fault("'\(decimal)' is not between 0 and 1") }
    return share
  }

  /// A decimal in a string, so that no reader in between rounds it.
  func decimal(at place: DocumentPlace) throws(DocumentFault) -> Rational {
    let text = try text(at: place)
    guard let decimal = Rational(decimal: text) else {
      throw place.fault("'\(text)' is not a decimal of at most \(Rational.digitLimit) digits")
    }
    return decimal
  }

  /// A decimal, or a fraction of two whole numbers.
  func fraction(at place: DocumentPlace) throws(DocumentFault) -> Rational {
    let parts = try text(at: place).split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return try decimal(at: place) }
    guard let numerator = Rational(decimal: parts[0]), let denominator = Rational(decimal: parts[1]),
      numerator.isWhole, denominator.isWhole, denominator > .zero
    else { throw place.fault("'\(string ?? "")' is no fraction of two whole numbers") }
    return numerator / denominator
  }
}

extension Rational {
  /// Digits on either side of the point: more than a counter, or a sum of its increments, ever has.
  static let digitLimit = 18

  /// The decimal in the grammar of JSON without an exponent; nil for any other text.
  init?(decimal text: some StringProtocol) {
    guard text.utf8.count <= 2 * Self.digitLimit + 2, let number = NumberText(String(text)) else { return nil }
    let isNegative = number.text.utf8.first == UInt8(ascii: "-")
    let digits = number.text.utf8.drop { $0 == UInt8(ascii: "-") }
    let parts = digits.split(separator: UInt8(ascii: "."))
    guard parts.allSatisfy({ $0.count <= Self.digitLimit && $0.allSatisfy(Self.isDigit) }) else { return nil }
    var magnitude: Int128 = 0
    for digit in parts.joined() { magnitude = magnitude * 10 + Int128(digit - UInt8(ascii: "0")) }
    let places = parts.count == 2 ? parts[1].count : 0
    let scale = (0..<places).reduce(Int128(1)) { scale, _ in scale * 10 }
    self.init(numerator: isNegative ? -magnitude : magnitude, denominator: scale)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
