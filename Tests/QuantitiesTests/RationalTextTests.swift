import Quantities
import TestSupport
import Testing

@Suite("Decimal text")
struct RationalTextTests {
  @Test(
    "a decimal that ends is printed in full",
    arguments: [
      ("1/1000", "0.001"), ("1999/20", "99.95"), ("-1/8", "-0.125"), ("5/1", "5"), ("0/1", "0"),
      ("1/1024", "0.0009765625"), ("-12/5", "-2.4"),
    ]
  )
  func ending(_ fraction: String, text: String) {
    #expect(Rational(fraction: fraction).decimalText == text)
    #expect(Rational(fraction: fraction).exactDecimalText == text)
    #expect(Rational(fraction: fraction).description == text)
  }

  @Test(
    "a decimal without end is rounded beyond what a Double can tell apart",
    arguments: [
      ("1/3", "0.333333333333333333"), ("2/3", "0.666666666666666667"), ("-1/3", "-0.333333333333333333"),
      ("1/30000", "0.0000333333333333333333"), ("100/3", "33.33333333333333333"),
    ]
  )
  func endless(_ fraction: String, text: String) throws {
    let value = Rational(fraction: fraction)
    #expect(value.exactDecimalText == nil)
    #expect(value.decimalText == text)
    #expect(Double(value.decimalText) == value.doubleValue)
    #expect(value.description == fraction)
  }

  @Test(
    "fewer digits round half to even, and zeros at the end are dropped",
    arguments: [
      ("1/8", 2, "0.12"), ("3/8", 2, "0.38"), ("1/2", 0, "0"), ("3/2", 0, "2"), ("5/2", 0, "2"), ("1/3", 3, "0.333"),
      ("2/3", 3, "0.667"), ("1999/2000", 3, "1"), ("1999/2000", 4, "0.9995"), ("999/1000", 2, "1"),
      ("-1/1000", 2, "0"), ("-1/200", 2, "0"), ("-3/200", 2, "-0.02"), ("199/2", 0, "100"), ("1001/10", 5, "100.1"),
      ("99999/100000", 4, "1"), ("126/125", 1, "1"), ("1/1000", 2, "0"), ("7/1", 3, "7"),
    ]
  )
  func rounded(_ fraction: String, places: Int, text: String) {
    #expect(Rational(fraction: fraction).decimalText(maximumFractionDigits: places) == text)
  }

  @Test("the finest and the greatest numbers print all their digits")
  func extremes() throws {
    #expect(Rational.greatest.decimalText == "170141183460469231731687303715884105727")
    let finest = Rational(numerator: 1, denominator: Int128(1) << 126)
    let digits = try #require(finest.exactDecimalText)
    #expect(digits.utf8.count == 128)
    #expect(digits.hasPrefix("0.0000000000000000000000000000000000000117549435082228750796"))
    #expect(digits.hasSuffix("5"))
    #expect(
      Rational(numerator: 1, denominator: Int128.max).decimalText.hasPrefix(
        "0.00000000000000000000000000000000000000587"
      )
    )
  }

  @Test("every decimal reads back as it was printed")
  func roundTrip() throws {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<2_000 {
      let places = Int.random(in: 0...9, using: &random)
      let digits = Int128.random(in: -999_999_999...999_999_999, using: &random)
      let scale = (0..<places).reduce(Int128(1)) { power, _ in power * 10 }
      let value = Rational(numerator: digits, denominator: scale)
      #expect(try Rational(reading: value.decimalText) == value)
      #expect(try Rational(reading: value.groupedText(separator: "_")) == value)
    }
  }

  @Test(
    "large numbers print in groups of three",
    arguments: [
      ("500000", "500_000"), ("1234", "1234"), ("12345", "12_345"), ("-1234567.25", "-1_234_567.25"),
      ("0.00001", "0.00001"),
      ("-1234", "-1234"), ("1000000000", "1_000_000_000"),
    ]
  )
  func groups(_ text: String, grouped: String) throws {
    #expect(try Rational(reading: text).groupedText(separator: "_") == grouped)
  }

  @Test(
    "numbers read",
    arguments: [
      ("0", "0"), ("007", "7"), ("500_000", "500000"), ("1_2_3", "123"), ("-3", "-3"), ("  2.50\t", "2.5"),
      ("0.000", "0"),
      ("1_000.000_1", "1000.0001"), ("-0", "0"), ("999999999999999999", "999999999999999999"),
      ("0.000000000000000001", "0.000000000000000001"), ("000000000000000000000000000001", "1"),
    ]
  )
  func reading(_ text: String, value: String) throws {
    #expect(try Rational(reading: text).decimalText == value)
  }

  @Test(
    "what is no number here is answered with the number that is meant",
    arguments: [
      Slip("", .empty, "", "nothing is written here", nil),
      Slip("   ", .empty, "", "nothing is written here", nil),
      Slip("1,000", .notANumber, "1,000", "'1,000' is not written as a number here", "1_000"),
      Slip("1,234,567.5", .notANumber, "1,234,567.5", "'1,234,567.5' is not written as a number here", "1_234_567.5"),
      Slip("0,500", .notANumber, "0,500", "'0,500' is not written as a number here", "0.500"),
      Slip("0,5", .notANumber, "0,5", "'0,5' is not written as a number here", "0.5"),
      Slip("1,00", .notANumber, "1,00", "'1,00' is not written as a number here", "1.00"),
      Slip("1,00,000", .notANumber, "1,00,000", "'1,00,000' is not a number", nil),
      Slip(".5", .notANumber, ".5", "'.5' is not written as a number here", "0.5"),
      Slip("5.", .notANumber, "5.", "'5.' is not written as a number here", "5"),
      Slip("+5", .notANumber, "+5", "'+5' is not written as a number here", "5"),
      Slip("1__0", .notANumber, "1__0", "'1__0' is not written as a number here", "1_0"),
      Slip("_1", .notANumber, "_1", "'_1' is not written as a number here", "1"),
      Slip("1_", .notANumber, "1_", "'1_' is not written as a number here", "1"),
      Slip("1.2.3", .notANumber, "1.2.3", "'1.2.3' is not a number", nil),
      Slip("--1", .notANumber, "--1", "'--1' is not a number", nil),
      Slip("-", .notANumber, "-", "'-' is not a number", nil),
      Slip("NaN", .notANumber, "NaN", "'NaN' is not a number", nil),
      Slip("1e5", .malformed, "e5", "'e5' after the number", nil),
      Slip("0x10", .malformed, "x10", "'x10' after the number", nil),
      Slip("1 000", .malformed, "000", "'000' after the number", nil),
      Slip("１２", .notANumber, "１２", "'１２' is not a number", nil),
      Slip(
        "1234567890123456789",
        .tooPrecise,
        "1234567890123456789",
        "'1234567890123456789' has more than 18 digits",
        nil
      ),
      Slip(
        "0.0000000000000000001",
        .tooPrecise,
        "0.0000000000000000001",
        "'0.0000000000000000001' has more than 18 digits",
        nil
      ),
    ]
  )
  func slips(_ slip: Slip) {
    slip.expect(Rational.self)
  }

  @Test("a text that could mislead a terminal is shown escaped, and a long one cut")
  func shown() throws {
    #expect(message(of: "\u{1B}[2J") == "'\\u{1B}[2J' is not a number")
    #expect(message(of: "\u{202E}x") == "'\\u{202E}x' is not a number")
    #expect(
      message(of: String(repeating: "x", count: 1_000)) == "'\(String(repeating: "x", count: 60))…' is not a number"
    )
  }

  private func message(of text: String) -> String {
    do {
      return "read as \(try Rational(reading: text))"
    } catch {
      return error.message
    }
  }
}
