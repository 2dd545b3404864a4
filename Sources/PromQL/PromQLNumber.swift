/// A number literal. Prints as the shortest decimal that Prometheus reads back as the same 64-bit float.
///
/// All `NaN`s are one number, and `-0` is not `0`.
package struct PromQLNumber: Hashable, Sendable {
  package let value: Double

  package init(_ value: Double) {
    self.value = value.isNaN ? .nan : value
  }

  /// The float nearest to `units / 10^places`, rounded once: `PromQLNumber(999, places: 3)` prints `0.999`.
  package init(_ units: Int, places: Int) {
    // Reading decimal text rounds correctly, which dividing two floats would not.
    guard let value = Double("\(units)e-\(places)") else {
      preconditionFailure("an integer with an exponent is a number")
    }
    self.init(value)
  }

  package static func == (left: PromQLNumber, right: PromQLNumber) -> Bool {
    left.value.bitPattern == right.value.bitPattern
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(value.bitPattern)
  }

  package var negated: PromQLNumber { PromQLNumber(-value) }
}

extension PromQLNumber: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
  package init(integerLiteral value: Int) { self.init(Double(value)) }
  package init(floatLiteral value: Double) { self.init(value) }
}

extension PromQLNumber: CustomStringConvertible {
  /// Plain digits from a millionth up to 2^53, an exponent beyond.
  package var description: String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "Inf" }
    let magnitude = value.magnitude
    if magnitude < 9_007_199_254_740_992, magnitude.rounded(.towardZero) == magnitude {
      return "\(value.sign == .minus ? "-" : "")\(Int64(magnitude))"
    }
    if magnitude < 1e-4, magnitude >= 1e-6 { return plainFraction }
    let shortest = String(describing: value)
    return shortest.hasSuffix(".0") ? String(shortest.dropLast(2)) : shortest
  }

  /// The digits of a small number behind as many zeros as its exponent says.
  private var plainFraction: String {
    let parts = String(describing: value.magnitude).split(separator: "e-")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return String(describing: value) }
    let digits = parts[0].filter { $0 != "." }
    let significant = digits.hasSuffix("0") ? digits.dropLast() : digits[...]
    let zeros = String(repeating: "0", count: exponent - 1)
    return "\(value < 0 ? "-" : "")0.\(zeros)\(significant)"
  }
}
