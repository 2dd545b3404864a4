import PlanModel

/// Samples as lines of OpenMetrics, which `promtool tsdb create-blocks-from openmetrics` reads.
struct LedgerText: Sendable {
  private(set) var bytes: [UInt8] = []

  static let end = Array("# EOF\n".utf8)

  mutating func add(_ sum: LedgerSums.Sum, of key: [String], _ source: LedgerSource, at time: Int64) {
    let split = Self.labels(key, source)
    add(.totalLedger, source, split, sum.total, at: time)
    add(.badLedger, source, split, sum.bad, at: time)
  }

  mutating func addStart(_ sum: LedgerSums.Sum, of key: [String], _ source: LedgerSource, at time: Int64) {
    add(.ledgerStart, source, Self.labels(key, source), Double(sum.start) / 1_000, at: time)
  }

  private static func labels(_ key: [String], _ source: LedgerSource) -> [LabelPair] {
    zip(source.splitBy, key).filter { !$1.isEmpty }.map { LabelPair($0, $1) }
  }

  /// One sample at a moment in milliseconds; OpenMetrics has seconds.
  mutating func add(
    _ record: RecordName,
    _ source: LedgerSource,
    _ split: [LabelPair],
    _ value: Double,
    at time: Int64
  ) {
    add(record.rawValue)
    var separator = "{"
    for label in source.labels + split {
      add(separator)
      add(label.name)
      add("=\"")
      addEscaped(label.value)
      add("\"")
      separator = ","
    }
    add("} ")
    add(value.description)
    add(" ")
    add(secondsText(time))
    add("\n")
  }

  private mutating func add(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func addEscaped(_ text: String) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\\"), UInt8(ascii: "\""): bytes += [UInt8(ascii: "\\"), byte]
      case UInt8(ascii: "\n"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
      default: bytes.append(byte)
      }
    }
  }
}
