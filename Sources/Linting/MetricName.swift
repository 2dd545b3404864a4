import Quantities

/// The words of a metric's name as Prometheus composes it: what is measured, its unit, and what kind it is.
struct MetricName {
  private let words: [Substring]

  init(_ name: String) {
    words = name.split(separator: "_")
  }

  var isTotal: Bool { words.last == "total" }

  /// The unit at the end of the name, in front of `total`.
  var unitWord: String? {
    let last = (isTotal ? words.dropLast() : words[...]).last.map(String.init)
    guard let last, Self.base[last] != nil || Self.derived[last] != nil else { return nil }
    return last
  }

  /// The base unit that the name should have had.
  var baseUnitWord: String? { unitWord.flatMap { Self.derived[$0] } }

  /// A unit of a contract or a name; nil for a noun that counts things.
  static func unit(of word: String) -> Unit? {
    do {
      let unit = try Unit(reading: word)
      return unit.dimension == .events ? nil : unit
    } catch {
      // What is no unit is a noun for what is counted, which no name contradicts.
      return nil
    }
  }

  private static let base: [String: Unit] = [
    "seconds": .second, "bytes": .byte, "ratio": .number,
  ]

  /// Units that are read, each with the base unit that Prometheus advises instead.
  private static let derived: [String: String] = [
    "milliseconds": "seconds", "ms": "seconds", "microseconds": "seconds", "minutes": "seconds", "hours": "seconds",
    "days": "seconds", "bits": "bytes", "kilobytes": "bytes", "megabytes": "bytes", "percent": "ratio",
  ]
}
