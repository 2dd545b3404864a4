/// A place in a written text that moves forward as parts are recognised.
struct TextCursor {
  /// Digits before and after the point together, so that every number with every prefix fits a `Rational` exactly.
  static let digitLimit = 18

  let text: WrittenText
  private(set) var position = 0

  init(_ text: WrittenText) {
    self.text = text
    takeSpaces()
  }

  var current: UInt8? {
    position < text.bytes.count ? text.bytes[position] : nil
  }

  /// Whether only spaces are left.
  var isAtEnd: Bool {
    text.bytes[position...].allSatisfy(\.isSpace)
  }

  /// What is left, without spaces at its end.
  var rest: Range<Int> {
    var end = text.bytes.count
    while end > position, text.bytes[end - 1].isSpace { end -= 1 }
    return position..<end
  }

  /// Where something is missing.
  var here: Range<Int> { position..<position }

  mutating func take(_ byte: Unicode.Scalar) -> Bool {
    guard let current, current == UInt8(ascii: byte) else { return false }
    position += 1
    return true
  }

  /// True where there was a space.
  @discardableResult
  mutating func takeSpaces() -> Bool {
    let start = position
    while let current, current.isSpace { position += 1 }
    return position > start
  }

  /// The letters from here on; everything outside ASCII counts as a letter.
  mutating func takeWord() -> Range<Int> {
    take { $0.isLetter }
  }

  mutating func takeDigits() -> Range<Int> {
    take { $0.isDigit }
  }

  /// Everything up to the next space.
  mutating func takeUntilSpace() -> Range<Int> {
    take { !$0.isSpace }
  }

  mutating func take(while isWanted: (UInt8) -> Bool) -> Range<Int> {
    let start = position
    while let current, isWanted(current) { position += 1 }
    return start..<position
  }

  func string(_ range: Range<Int>) -> String { text.string(range) }

  /// A decimal number with an optional sign, and underscores between digits.
  mutating func takeNumber() throws(QuantityError) -> Rational {
    if rest.isEmpty, position == 0 || text.bytes.allSatisfy(\.isSpace) {
      throw QuantityError(.empty, "nothing is written here", at: here)
    }
    let start = position
    let isNegative = take("-")
    let whole = takeDigitGroups()
    var fraction = here
    if position > whole.lowerBound, current == UInt8(ascii: "."), isDigit(at: position + 1) {
      position += 1
      fraction = takeDigitGroups()
    }
    guard !whole.isEmpty, !isNumberContinued(after: start) else {
      throw malformedNumber(from: start)
    }
    return try value(isNegative: isNegative, whole, fraction)
  }

  /// The error for what is left over after a complete value.
  func unexpected(_ expected: String) -> QuantityError {
    let range = text.trimmed(rest)
    return QuantityError(.malformed, "\(text.quoted(range)) after \(expected)", at: range)
  }

  // MARK: Numbers

  private mutating func takeDigitGroups() -> Range<Int> {
    let start = position
    while let current,
      current.isDigit || (current == UInt8(ascii: "_") && position > start && isDigit(at: position + 1))
    {
      position += 1
    }
    return start..<position
  }

  private func isDigit(at index: Int) -> Bool {
    index < text.bytes.count && text.bytes[index].isDigit
  }

  /// Whether a mark that belongs to numbers elsewhere follows: `1,000`, `5.`, `1__0`.
  private func isNumberContinued(after start: Int) -> Bool {
    guard let current else { return false }
    if current == UInt8(ascii: ",") || current == UInt8(ascii: "_") { return true }
    // Two points are a range, which is for the caller to find out of place.
    return current == UInt8(ascii: ".") && !(position + 1 < text.bytes.count && text.bytes[position + 1] == current)
  }

  private func value(
    isNegative: Bool,
    _ whole: Range<Int>,
    _ fraction: Range<Int>
  ) throws(QuantityError) -> Rational {
    var digits: Int128 = 0
    var count = 0
    var places: UInt = 0
    for index in [whole, fraction].joined() where text.bytes[index] != UInt8(ascii: "_") {
      // Zeros that lead carry no precision.
      if digits != 0 || text.bytes[index] != UInt8(ascii: "0") { count += 1 }
      if index >= fraction.lowerBound, !fraction.isEmpty { places += 1 }
      guard count <= Self.digitLimit, places <= UInt(Self.digitLimit) else {
        let range = whole.lowerBound..<max(whole.upperBound, fraction.upperBound)
        throw QuantityError(
          .tooPrecise,
          "\(text.quoted(range)) has more than \(Self.digitLimit) digits",
          at: range
        )
      }
      digits = digits * 10 + Int128(text.bytes[index] - UInt8(ascii: "0"))
    }
    return Rational(numerator: isNegative ? -digits : digits, denominator: Rational.powerOfTen(places).numerator)
  }

  private func malformedNumber(from start: Int) -> QuantityError {
    var end = start
    while end < text.bytes.count, text.bytes[end].mayStandInNumber { end += 1 }
    let written = start..<end
    if let mended = mendedNumber(written) {
      return QuantityError(
        .notANumber,
        "\(text.quoted(written)) is not written as a number here",
        at: written,
        suggestion: text.replacing(written, with: mended)
      )
    }
    if written.isEmpty, rest.isEmpty {
      return QuantityError(.notANumber, "a number is missing after \(text.quoted(0..<start))", at: start..<start)
    }
    let atFault = written.isEmpty ? start..<max(start, rest.upperBound) : written
    return QuantityError(.notANumber, "\(text.quoted(atFault)) is not a number", at: atFault)
  }

  /// What the author of `.5`, `5.`, `+5`, `0,5`, `1,000` or `1__000` means.
  private func mendedNumber(_ range: Range<Int>) -> String? {
    guard range.count <= 40 else { return nil }
    var number = text.string(range)
    if number.hasPrefix("+") { number.removeFirst() }
    let commas = number.split(separator: ",", omittingEmptySubsequences: false)
    if commas.count > 1 {
      let groups = commas.dropFirst()
      let areThousands =
        groups.dropLast().allSatisfy { $0.utf8.count == 3 }
        && groups.last?.prefix { $0 != "." }.utf8.count == 3 && !commas[0].isEmpty && commas[0].utf8.count <= 3
        && commas[0] != "0"
      guard areThousands || (commas.count == 2 && !number.contains(".")) else { return nil }
      number = commas.joined(separator: areThousands ? "_" : ".")
    }
    let points = number.split(separator: ".", omittingEmptySubsequences: false)
    guard points.count <= 2 else { return nil }
    let parts = points.map { $0.split(separator: "_").joined(separator: "_") }
    let whole = parts[0].isEmpty ? "0" : parts[0]
    let mended = parts.count == 2 && !parts[1].isEmpty ? "\(whole).\(parts[1])" : whole
    let digits = mended.utf8.count(where: \.isDigit)
    let isNumber = mended.utf8.allSatisfy { $0.isDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_") }
    return isNumber && number.utf8.contains(where: \.isDigit) && digits <= Self.digitLimit ? mended : nil
  }
}

extension UInt8 {
  var isSpace: Bool { self == 0x20 || self == 0x09 }
  var isDigit: Bool { (0x30...0x39).contains(self) }
  var isLetter: Bool { (0x41...0x5A).contains(self & 0xDF) || self >= 0x80 }
  fileprivate var mayStandInNumber: Bool {
    isDigit
      || [UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+")].contains(self)
  }
}
