import Quantities
import TestSupport
import Testing

@Suite("Exact fractions")
struct RationalTests {
  @Test("a fraction is kept in lowest terms, its sign above the line")
  func lowestTerms() {
    let half = Rational(numerator: -6, denominator: -12)
    #expect(half.numerator == 1)
    #expect(half.denominator == 2)
    #expect(Rational(numerator: 6, denominator: -12) == -half)
    #expect(Rational(numerator: 0, denominator: -5).denominator == 1)
    #expect(Set([half, Rational(numerator: 2, denominator: 4)]).count == 1)
  }

  @Test("what binary floating point gets wrong is right")
  func decimals() throws {
    let tenth = try Rational(reading: "0.1")
    #expect(tenth + tenth + tenth == (try Rational(reading: "0.3")))
    #expect((1 - (try Rational(reading: "0.999"))).decimalText == "0.001")
    #expect((try Rational(reading: "14.4") * tenth).decimalText == "1.44")
  }

  @Test("the laws of arithmetic hold for any numbers that specs can express")
  func laws() {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<2_000 {
      let (a, b, c) = (Rational.random(&random), Rational.random(&random), Rational.random(&random))
      #expect(a + b == b + a)
      #expect((a + b) + c == a + (b + c))
      #expect(a * b == b * a)
      #expect((a * b) * c == a * (b * c))
      #expect(a * (b + c) == a * b + a * c)
      #expect((a + b) - b == a)
      #expect(b.isZero || (a * b) / b == a)
      #expect((a < b) == (a - b).isNegative)
      #expect(-(-a) == a)
      #expect(a.magnitude == max(a, -a))
      #expect((a * b).magnitude == a.magnitude * b.magnitude)
    }
  }

  @Test("a result too fine or too large to keep is the nearest that is not", arguments: LimitFact.all)
  func limits(_ fact: LimitFact) {
    switch fact.operation {
    case .sum:
      #expect(fact.left + fact.right == fact.result)
      #expect(fact.right + fact.left == fact.result)
      #expect(-fact.left - fact.right == -fact.result)
    case .product:
      #expect(fact.left * fact.right == fact.result)
      #expect(fact.right * -fact.left == -fact.result)
    }
  }

  @Test("nothing overflows at the edges")
  func edges() {
    let greatest = Rational.greatest
    let finest = Rational(numerator: 1, denominator: Int128.max)
    #expect(greatest + 1 == greatest)
    #expect(greatest * greatest == greatest)
    #expect(-greatest - greatest == -greatest)
    #expect(greatest * -2 == -greatest)
    #expect(finest * finest == .zero)
    #expect(finest - finest == .zero)
    #expect(greatest / finest == greatest)
    #expect(greatest * finest == .one)
    #expect(finest / greatest == .zero)
    #expect(Rational(Int128.min) == -greatest)
    #expect(Rational(numerator: Int128.min, denominator: 1) == -greatest)
    #expect(Rational(numerator: Int128.min, denominator: Int128.min) == .one)
    #expect(Rational(numerator: 1, denominator: Int128.min) == .zero)
    #expect(Rational(numerator: Int128.min, denominator: 2).numerator == Int128.min / 2)
  }

  @Test("a sum that cancels is exact although its parts do not fit")
  func cancelling() {
    let left = Rational(numerator: Int128.max, denominator: 3)
    let right = Rational(numerator: Int128.max - 1, denominator: 3)
    #expect(left - right == Rational(numerator: 1, denominator: 3))
    let fine = Rational(numerator: 1, denominator: Int128(1) << 100)
    let finer = Rational(numerator: 1, denominator: (Int128(1) << 100) * 3)
    #expect(fine - finer == finer + finer)
  }

  @Test("fractions compare exactly where a Double cannot tell them apart")
  func comparison() {
    let large = Int128.max - 1
    let smaller = Rational(numerator: large - 1, denominator: large)
    let greater = Rational(numerator: large, denominator: large + 1)
    #expect(smaller < greater)
    #expect(-greater < -smaller)
    #expect(-smaller < smaller)
    #expect(smaller.doubleValue == greater.doubleValue)
    #expect(!(smaller < smaller))
    #expect(min(smaller, greater) == smaller)
  }

  @Test("a division by zero has no quotient")
  func divisionByZero() {
    #expect(Rational.one.divided(by: .zero) == nil)
    #expect(Rational.one.divided(by: 4) == Rational(numerator: 1, denominator: 4))
    #expect(Rational.one.divided(by: -4) == Rational(numerator: -1, denominator: 4))
  }

  @Test(
    "a Double becomes the decimal that it prints as",
    arguments: [
      (0.1, "0.1"), (0.999, "0.999"), (-2.5, "-2.5"), (1e21, "1000000000000000000000"), (1.5e-7, "0.00000015"),
      (4e-300, "0"), (0.0, "0"), (-0.0, "0"), (123456789.123, "123456789.123"),
      (1e-37, "0.0000000000000000000000000000000000001"),
      (1e-45, "0"), (3.3e-20, "0.000000000000000000033"),
    ]
  )
  func doubles(_ value: Double, text: String) throws {
    #expect(try #require(Rational(value)).decimalText == text)
  }

  @Test("a Double beyond all numbers is the greatest, and none at all is none")
  func doublesBeyond() {
    #expect(Rational(Double.greatestFiniteMagnitude) == .greatest)
    #expect(Rational(-1e300) == -.greatest)
    #expect(Rational(Double.nan) == nil)
    #expect(Rational(-Double.infinity) == nil)
  }

  @Test("a Double survives the way there and back")
  func doublesReturn() throws {
    var random = SeededGenerator(seed: 2)
    for _ in 0..<500 {
      let value = Double.random(in: -1e6...1e6, using: &random)
      #expect(try #require(Rational(value)).doubleValue == value)
    }
  }

  @Test(
    "whole numbers around a value",
    arguments: [
      ("2.5", 2, 3, 2), ("3.5", 3, 4, 4), ("-2.5", -3, -2, -2), ("-3.5", -4, -3, -4), ("2.500001", 2, 3, 3),
      ("-0.2", -1, 0, 0), ("7", 7, 7, 7), ("-7", -7, -7, -7),
    ]
  )
  func rounding(_ text: String, floor: Int, ceiling: Int, nearest: Int) throws {
    let value = try Rational(reading: text)
    #expect(value.floor == floor)
    #expect(value.ceiling == ceiling)
    #expect(value.roundedHalfEven == nearest)
  }

  @Test("whole numbers beyond an Int stop at its bounds")
  func roundingBeyond() {
    #expect(Rational.greatest.floor == .max)
    #expect((-Rational.greatest).ceiling == .min)
    #expect(Rational.greatest.roundedHalfEven == .max)
  }
}

extension Rational {
  /// A number of the sizes that specs have: counts, shares with up to nine decimals, factors.
  static func random(_ random: inout SeededGenerator) -> Rational {
    let denominators: [Int128] = [1, 2, 3, 7, 8, 10, 30, 60, 1_000, 3_600, 86_400, 1_000_000_000]
    let numerator = Int128.random(in: -1_000_000_000...1_000_000_000, using: &random)
    return Rational(numerator: numerator, denominator: denominators.randomElement(using: &random) ?? 1)
  }
}
