import Quantities
import StructuredText

/// Why a ledger's past cannot be computed, or not as it was asked for.
package enum BackfillError: Error, Sendable, Hashable {
  /// What an objective counts is defined by series that only its rules record.
  case readsRecorded(objective: String, series: String)
  case nothingCounts
  case unknownName(String, nearest: String?)
  /// There is a ledger in the time that was asked for.
  case overlap(objective: String, start: Instant, asked: Instant)
  case noLedger(objective: String)
  case emptyRange(objective: String, from: Instant, to: Instant)
  case coarseResolution(TimeSpan, interval: TimeSpan)
  /// The server says that its answer lacks something.
  case incomplete(objective: String, warning: String)
  /// What was left behind is of another backfill.
  case otherRun(String)
  case unknownState(String, reason: String)
}

extension BackfillError: CustomStringConvertible {
  package var description: String { VisibleText.of(message) }

  private var message: String {
    switch self {
    case .readsRecorded(let objective, let series):
      "'\(objective)' is counted by '\(series)', which is recorded and has no history in the metrics"
    case .nothingCounts: "no objective here counts anything"
    case .unknownName(let name, let nearest):
      "no objective or service '\(name)'\(nearest.map { "; did you mean '\($0)'?" } ?? "")"
    case .overlap(let objective, let start, let asked):
      "the ledger of '\(objective)' begins at \(start), before \(asked): the two would count the same events twice"
    case .noLedger(let objective):
      "'\(objective)' has no ledger yet: load its rules first, or say with '--to' where its past ends"
    case .emptyRange(let objective, let from, let to):
      "nothing lies between \(from) and \(to), where the past of '\(objective)' ends"
    case .coarseResolution(let resolution, let interval):
      "a resolution of \(resolution) is no multiple of the interval \(interval) up to 5m"
    case .incomplete(let objective, let warning):
      "the history of '\(objective)' is incomplete: \(warning)"
    case .otherRun(let path):
      "'\(path)' is of a backfill that was asked for differently; remove it to begin anew"
    case .unknownState(let path, let reason): "'\(path)' is no state of a backfill: \(reason)"
    }
  }
}
