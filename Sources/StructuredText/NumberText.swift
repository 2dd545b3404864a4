/// A number as its exact text, in the grammar of JSON (RFC 8259, section 6).
///
/// Text rather than `Double`, so that a target of 99.9% leaves 0.001 in every artifact.
package struct NumberText: Hashable, Sendable {
  package let text: String

  /// Nil for text outside the grammar: a leading plus or zero, a bare point, `NaN`.
  package init?(_ text: String) {
    guard Self.isNumber(Array(text.utf8)) else { return nil }
    self.text = text
  }

  package init(_ value: some BinaryInteger) {
    text = String(value)
  }

  /// The shortest text that reads back as the same value; nil for infinities and NaN, which JSON cannot write.
  package init?(_ value: Double) {
    guard value.isFinite else { return nil }
    text = value.description
  }

  init(grammatical text: String) {
    self.text = text
  }

  /// Nil where the text has a fraction, an exponent, or too many digits for `Int`.
  package var integer: Int? { Int(text) }

  /// The nearest `Double`; nil where the magnitude is beyond it.
  package var double: Double? { Double(text).flatMap { $0.isFinite ? $0 : nil } }

  private static func isNumber(_ bytes: [UInt8]) -> Bool {
    switch scan(bytes, from: 0) {
    case .success(let end): end == bytes.count
    case .failure: false
    }
  }

  /// Where a number ends that starts at `offset`, or where its grammar is broken.
  static func scan(_ bytes: [UInt8], from offset: Int) -> Result<Int, NumberFault> {
    var offset = offset
    func byte() -> UInt8? { offset < bytes.count ? bytes[offset] : nil }
    func digits() -> Int {
      let start = offset
      while let digit = byte(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) { offset += 1 }
      return offset - start
    }
    if byte() == UInt8(ascii: "-") { offset += 1 }
    let startsWithZero = byte() == UInt8(ascii: "0")
    let whole = digits()
    guard whole > 0 else { return .failure(NumberFault(offset: offset, isLeadingZero: false)) }
    if startsWithZero, whole > 1 { return .failure(NumberFault(offset: offset - whole, isLeadingZero: true)) }
    if byte() == UInt8(ascii: ".") {
      offset += 1
      guard digits() > 0 else { return .failure(NumberFault(offset: offset, isLeadingZero: false)) }
    }
    if byte() == UInt8(ascii: "e") || byte() == UInt8(ascii: "E") {
      offset += 1
      if byte() == UInt8(ascii: "+") || byte() == UInt8(ascii: "-") { offset += 1 }
      guard digits() > 0 else { return .failure(NumberFault(offset: offset, isLeadingZero: false)) }
    }
    return .success(offset)
  }
}

/// Where a number breaks the grammar: a digit is missing there, or a zero leads there.
struct NumberFault: Error, Equatable {
  let offset: Int
  let isLeadingZero: Bool
}
