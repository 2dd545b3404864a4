import Quantities
import StructuredText

/// What was computed, and what to do with it.
package struct BackfillReport: Sendable {
  private let ledgers: [LedgerPast]
  private let path: String

  package init(_ ledgers: [LedgerPast], in path: String) {
    self.ledgers = ledgers
    self.path = path
  }

  /// A block that reaches into the last three hours makes Prometheus forget, when it starts, what it has not yet put into a
  /// block itself: https://prometheus.io/docs/prometheus/latest/storage/#backfilling-from-openmetrics-format.
  private static let unsafe = TimeSpan.hours(3)

  package var text: String {
    var lines = ledgers.map(line)
    if let last = ledgers.map(\.end).max() {
      let safe = Instant(milliseconds: last) + Self.unsafe
      lines += [
        "make blocks of it:   promtool tsdb create-blocks-from openmetrics --max-block-duration=64h \(path) FOLDER",
        "and move them into Prometheus's data folder, not before \(safe)",
      ]
    }
    return lines.map { "\(VisibleText.of($0))\n" }.joined()
  }

  private func line(_ past: LedgerPast) -> String {
    if past.start == past.end { return "\(past.objective): nothing was counted" }
    let span = "\(Instant(milliseconds: past.start)) to \(Instant(milliseconds: past.end))"
    return "\(past.objective): \(span), total \(rounded(past.total)), bad \(rounded(past.bad))"
  }

  private func rounded(_ value: Double) -> String {
    let text = ((value * 1_000).rounded() / 1_000).description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
