extension Lexer {
  /// What starts with a digit: `0.95`, `1e-3`, `0x1f`, `5m`, `1h30m`.
  mutating func numberOrDuration() throws(PromQLError) -> Token.Kind {
    let start = position
    if let isHexadecimal = scanNumber() {
      let digits = bytes[start..<position]
      guard let value = isHexadecimal ? hexadecimal(digits) : decimal(digits) else {
        throw PromQLError("'\(text(start..<position))' is no number that a 64-bit float can hold", at: start..<position)
      }
      return .number(value)
    }
    position = start
    return .duration(try duration())
  }

  /// Moves past a number and says whether it is hexadecimal; nothing when the text goes on as a duration or a name.
  private mutating func scanNumber() -> Bool? {
    let isHexadecimal = peek() == UInt8(ascii: "0") && peek(1) | 0x20 == UInt8(ascii: "x")
    if isHexadecimal { position += 2 }
    skipDigits(isHexadecimal)
    if peek() == UInt8(ascii: ".") {
      position += 1
      skipDigits(isHexadecimal)
    }
    if !isHexadecimal, peek() | 0x20 == UInt8(ascii: "e") {
      position += 1
      if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { position += 1 }
      skipDigits(false)
    }
    return PromQLName.isLetter(peek()) || PromQLName.isDigit(peek()) ? nil : isHexadecimal
  }

  private mutating func skipDigits(_ isHexadecimal: Bool) {
    while isDigit(peek(), isHexadecimal) || dialect == .prometheus3 && peek() == UInt8(ascii: "_") { position += 1 }
  }

  private func isDigit(_ byte: UInt8, _ isHexadecimal: Bool) -> Bool {
    PromQLName.isDigit(byte) || isHexadecimal && (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
  }

  private func hexadecimal(_ digits: ArraySlice<UInt8>) -> Double? {
    guard let plain = withoutSeparators(digits, isHexadecimal: true) else { return nil }
    return Int64(plain.dropFirst(2), radix: 16).map { Double($0) }
  }

  /// A leading zero makes an integer octal, unless a digit says otherwise.
  private func decimal(_ digits: ArraySlice<UInt8>) -> Double? {
    guard let plain = withoutSeparators(digits, isHexadecimal: false) else { return nil }
    if plain.utf8.first == UInt8(ascii: "0"), plain.utf8.count > 1, let octal = Int64(plain, radix: 8) {
      return Double(octal)
    }
    // The standard library reads neither a bare leading nor a bare trailing point.
    guard let value = Double(completed(plain)), value.isFinite else { return nil }
    return value
  }

  private func completed(_ decimal: String) -> String {
    guard let point = decimal.utf8.firstIndex(of: UInt8(ascii: ".")) else { return decimal }
    let whole = decimal[..<point]
    let rest = decimal[decimal.utf8.index(after: point)...]
    let startsWithDigit = rest.utf8.first.map(PromQLName.isDigit) ?? false
    return "\(whole.isEmpty ? "0" : whole).\(startsWithDigit ? "" : "0")\(rest)"
  }

  /// The digits as text, where every underscore separates two of them or follows the `0x`.
  private func withoutSeparators(_ digits: ArraySlice<UInt8>, isHexadecimal: Bool) -> String? {
    var plain = ""
    for index in digits.indices {
      if bytes[index] != UInt8(ascii: "_") {
        plain.unicodeScalars.append(Unicode.Scalar(bytes[index]))
        continue
      }
      let follows = index > digits.startIndex && isDigit(bytes[index - 1], isHexadecimal)
      let followsPrefix = isHexadecimal && index == digits.startIndex + 2
      let precedes = index + 1 < digits.endIndex && isDigit(bytes[index + 1], isHexadecimal)
      guard follows || followsPrefix, precedes else { return nil }
    }
    return plain
  }
}

// MARK: - Durations

extension Lexer {
  /// The units from long to short: a duration names each at most once, in this order.
  private static let units: [(name: [UInt8], milliseconds: Int64)] = [
    (Array("y".utf8), 31_536_000_000), (Array("w".utf8), 604_800_000), (Array("d".utf8), 86_400_000),
    (Array("h".utf8), 3_600_000), (Array("m".utf8), 60_000), (Array("s".utf8), 1_000), (Array("ms".utf8), 1),
  ]

  /// The longest duration that fits the nanoseconds in which Prometheus counts: 292 years.
  private static let limit = Int64.max / 1_000_000

  private mutating func duration() throws(PromQLError) -> PromQLDuration {
    let start = position
    while PromQLName.isLetter(peek()) || PromQLName.isDigit(peek()) || peek() == UInt8(ascii: ".") { position += 1 }
    let range = start..<position
    guard let milliseconds = milliseconds(in: bytes[range]) else {
      throw PromQLError("'\(text(range))' is neither a number nor a duration such as 1h30m", at: range)
    }
    if milliseconds > Self.limit { throw PromQLError("'\(text(range))' is longer than 292 years", at: range) }
    if milliseconds == 0, dialect == .prometheus2 { throw PromQLError("a duration cannot be zero", at: range) }
    return PromQLDuration(milliseconds: milliseconds)
  }

  /// Sums the units up; anything beyond the limit stays just beyond it.
  private func milliseconds(in text: ArraySlice<UInt8>) -> Int64? {
    var rest = text
    var total: Int64 = 0
    var units = Self.units[...]
    while !rest.isEmpty {
      let digits = rest.prefix(while: PromQLName.isDigit)
      rest = rest.dropFirst(digits.count)
      let name = rest.prefix { !PromQLName.isDigit($0) }
      rest = rest.dropFirst(name.count)
      guard !digits.isEmpty, let unit = units.firstIndex(where: { $0.name.elementsEqual(name) }) else { return nil }
      let count = Int64(String(decoding: digits, as: UTF8.self)) ?? .max
      let (length, isTooLong) = count.multipliedReportingOverflow(by: Self.units[unit].milliseconds)
      total = isTooLong || length > Self.limit ? Self.limit + 1 : min(total + length, Self.limit + 1)
      units = Self.units[(unit + 1)...]
    }
    return total
  }
}
