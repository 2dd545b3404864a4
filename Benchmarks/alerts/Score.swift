import Incidents
import StructuredText

/// The figures of one scheme over many outcomes; the README beside this says how each is counted.
struct Score {
  private let outcomes: [Outcome]

  init(_ outcomes: [Outcome]) {
    self.outcomes = outcomes
  }

  private var paging: [Outcome] { outcomes.filter { $0.incident.truth == .page } }
  private var paged: [Outcome] { outcomes.filter { !$0.watchedPages.isEmpty && $0.incident.truth != .notify } }
  private var detected: [Outcome] { paging.filter { !$0.watchedPages.isEmpty } }
  private var silent: [Outcome] { outcomes.filter { $0.incident.truth == .silent } }
  private var quiet: [Outcome] { outcomes.filter(\.incident.isQuiet) }
  private var blind: [Outcome] { outcomes.filter { $0.incident.truth == .notify } }

  var precision: Double { share(detected.count, of: paged.count) }
  var recall: Double { share(detected.count, of: paging.count) }
  var pagesPerIncident: Double { share(detected.reduce(0) { $0 + $1.watchedPages.count }, of: detected.count) }
  var detectionSeconds: Double { median(detected.compactMap(\.detectionMinutes)) * 60 }
  var resetSeconds: Double { median(detected.compactMap(\.resetMinutes)) * 60 }
  var spentAtDetection: Double { median(detected.compactMap(\.spentAtDetection)) }

  var falsePagesPer30Days: Double {
    let days = quiet.reduce(0.0) { $0 + $1.incident.watchedMinutes / 1_440 }
    return Double(quiet.reduce(0) { $0 + $1.watchedPages.count }) / (days / 30)
  }

  var silentWithTicket: Double { share(silent.filter { !$0.watchedTickets.isEmpty }.count, of: silent.count) }

  var ticketRecall: Double {
    let due = outcomes.filter { $0.incident.truth == .ticket }
    return share(due.filter { !$0.watchedTickets.isEmpty }.count, of: due.count)
  }

  var blindNotified: Double {
    share(blind.filter { !$0.watchedPages.isEmpty || !$0.watchedTickets.isEmpty }.count, of: blind.count)
  }

  private func share(_ part: Int, of whole: Int) -> Double { whole == 0 ? .nan : Double(part) / Double(whole) }

  private func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    if sorted.isEmpty { return .nan }
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }
}

extension Outcome {
  private var from: Double { incident.extent?.start ?? 0 }

  var watchedPages: [Notification] { pages.filter { $0.start >= from } }
  var watchedTickets: [Notification] { tickets.filter { $0.start >= from } }

  var detectionMinutes: Double? { watchedPages.first.map { $0.start - from } }

  /// From the end of the fault until the last page lets go: endless where that is not seen, nil where it was before the end.
  var resetMinutes: Double? {
    guard let end = incident.extent?.end, let last = watchedPages.map(\.end).max(), last > end else { return nil }
    return last < incident.watchedUntil - 1 ? last - end : .infinity
  }

  var spentAtDetection: Double? {
    watchedPages.first.map { IncidentProcess(incident).loss(until: $0.start, window: incident.windowMinutes) }
  }

  /// Whether pages are as the truth has it.
  var isRight: Bool { incident.truth == .notify || (incident.truth == .page) != watchedPages.isEmpty }
}

extension [(Scheme, Score)] {
  /// The table of the README, without what there is nothing to tell of.
  var table: String {
    let rows: [(String, (Score) -> String)] = [
      ("pages: precision / recall", { "\(text($0.precision, 3)) / \(text($0.recall, 3))" }),
      ("pages per incident", { text($0.pagesPerIncident, 2) }),
      ("median time to detect", { "\(text($0.detectionSeconds, 0)) s" }),
      ("median time to reset", { "\(text($0.resetSeconds, 0)) s" }),
      ("median budget spent at detection", { "\(text($0.spentAtDetection * 100, 1))%" }),
      ("false pages in 30 days on a quiet service", { text($0.falsePagesPer30Days, 2) }),
      ("silent services that get a ticket", { "\(text($0.silentWithTicket * 100, 1))%" }),
      ("slow burns that get a ticket", { "\(text($0.ticketRecall * 100, 1))%" }),
      ("services without telemetry that notify", { "\(text($0.blindNotified * 100, 1))%" }),
    ]
    let shown = rows.filter { row in contains { row.1($0.1).contains { $0.isNumber } } }
    let header = "| | \(map { "`alerts: \($0.0.rawValue)`" }.joined(separator: " | ")) |"
    let lines = shown.map { name, figure in "| \(name) | \(map { figure($0.1) }.joined(separator: " | ")) |" }
    return ([header, "| --- |\(String(repeating: " --- |", count: count))"] + lines).joined(separator: "\n")
  }
}

/// So many digits after the point.
private func text(_ value: Double, _ digits: Int) -> String {
  if value.isNaN { return "–" }
  if value.isInfinite { return "∞" }
  let factor = (0..<digits).reduce(1.0) { factor, _ in factor * 10 }
  let scaled = Int((value * factor).rounded())
  if digits == 0 { return "\(scaled)" }
  let fraction = String(scaled % Int(factor))
  return "\(scaled / Int(factor)).\(String(repeating: "0", count: digits - fraction.count))\(fraction)"
}
