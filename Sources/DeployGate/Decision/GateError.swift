import Quantities

/// A question that the gate cannot answer, because it names what nobody declared or rests on files that contradict each other.
package enum GateError: Error, Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable {
    case service
    case journey
    case objective
    case change = "change class"
  }

  case unknown(Kind, name: String, of: String?, nearest: String?)
  /// Several objectives have that bare name.
  case ambiguous(objective: String, candidates: [String])
  case blankApproval
  /// A file was made later than now, by more than clocks differ.
  case fromTheFuture(GateDocument, at: Instant, now: Instant)
  /// A recorded level is none of the policy that rules the budget.
  case unknownLevel(GateDocument, level: String, budget: String, policy: String)
  /// The labels of an observed budget are not those by which its objective is split.
  case labels(budget: String, expected: [String])

  package var exitStatus: GateExitStatus { .usage }
}

extension GateError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unknown(let kind, let name, let scope, let nearest):
      let place = scope.map { " of '\($0)'" } ?? ""
      let hint = nearest.map { "; did you mean '\($0)'?" } ?? ""
      return "unknown \(kind.rawValue) '\(name)'\(place)\(hint)"
    case .ambiguous(let objective, let candidates):
      return "'\(objective)' may be \(candidates.map { "'\($0)'" }.joined(separator: " or "))"
    case .blankApproval:
      return "an approval without a name"
    case .fromTheFuture(let document, let at, let now):
      return "the \(document.rawValue) was recorded at \(at), which is after now, \(now)"
    case .unknownLevel(let document, let level, let budget, let policy):
      return "the \(document.rawValue) records level '\(level)' of '\(budget)', which policy '\(policy)' does not have"
    case .labels(let budget, let expected):
      let split =
        expected.isEmpty ? "is not split" : "is split by \(expected.map { "'\($0)'" }.joined(separator: ", "))"
      return "the snapshot has '\(budget)', whose objective \(split)"
    }
  }
}
