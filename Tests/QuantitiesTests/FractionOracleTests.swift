import Foundation
import Quantities
import TestSupport
import Testing

/// Results beside those of Python's unbounded fractions.
@Suite("Arithmetic beside unbounded fractions", .enabled(if: FractionOracle.isThere, "needs /usr/bin/python3"))
struct FractionOracleTests {
  @Test("sums, differences, products, quotients and comparisons are exact")
  func operations() throws {
    var random = SeededGenerator(seed: 7)
    let pairs = (0..<2_000).map { _ in (Rational.random(&random), Rational.random(&random)) }
    let expected = try FractionOracle.results(of: pairs)
    try #require(expected.count == pairs.count)
    for ((left, right), line) in zip(pairs, expected) {
      let quotient = right.isZero ? "none" : (left / right).fractionText
      let found = [
        (left + right).fractionText, (left - right).fractionText, (left * right).fractionText, quotient,
        "\(left < right)",
      ]
      #expect(found.joined(separator: " ") == line, "\(left.fractionText) and \(right.fractionText)")
    }
  }
}

private enum FractionOracle {
  static let isThere = FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")

  private static let program = """
    import sys
    from fractions import Fraction
    def text(value): return f"{value.numerator}/{value.denominator}"
    for line in sys.stdin:
      a, b = map(Fraction, line.split())
      print(text(a + b), text(a - b), text(a * b), text(a / b) if b else "none", str(a < b).lower())
    """

  /// A line for each pair.
  static func results(of pairs: [(Rational, Rational)]) throws -> [String] {
    let process = Process()
    let input = Pipe()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = ["-c", program]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    let text = pairs.map { "\($0.0.fractionText) \($0.1.fractionText)\n" }.joined()
    // Both pipes are shorter than the text, so that one of them has to be served on the side.
    DispatchQueue.global().async {
      do {
        try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
        try input.fileHandleForWriting.close()
      } catch { Issue.record(error) }
    }
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: printed, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}

extension Rational {
  fileprivate var fractionText: String { "\(numerator)/\(denominator)" }
}
