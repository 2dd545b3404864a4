import Quantities
import StructuredText

extension Snapshot {
  /// The snapshot as JSON, budgets in the order of their names: the same observations give the same bytes.
  package var json: JSONValue {
    .record([
      "nines": .string(Self.version),
      "takenAt": .string(takenAt.description),
      "source": .string(source),
      "partial": .bool(isPartial),
      "warnings": .array(warnings.map { .string($0) }),
      "objectives": .array(observations.sorted { $0.budget < $1.budget }.map(\.json)),
    ])
  }
}

extension BudgetName {
  var labelsJSON: JSONValue { .object(labels.map { JSONMember($0.name, .string($0.value)) }) }
}

extension LevelTrack.Entry {
  var json: JSONValue { .record(["level": .string(level), "since": .string(since.description)]) }
}

extension Observation {
  fileprivate var json: JSONValue {
    .record([
      "objective": .string(budget.name),
      "labels": budget.labelsJSON,
      "at": .string(at.description),
      "bad": counts.bad.json,
      "total": counts.total.json,
      "since": since.map { .string($0.description) },
      "partial": .bool(isPartial),
      "lost": lost.map { .string($0.description) },
      "levels": .array(levels.map(\.json)),
      "burn": .array(
        burn.sorted { $0.window < $1.window }.map {
          .record([
            "window": .string($0.window.description), "bad": $0.counts.bad.json, "total": $0.counts.total.json,
          ])
        }
      ),
      "history": .array(
        history.map {
          .record(["at": .string($0.at.description), "bad": $0.counts.bad.json, "total": $0.counts.total.json])
        }
      ),
    ])
  }
}

extension Rational {
  /// The decimal in a string, cut to the places that a reader takes.
  fileprivate var json: JSONValue { .string(decimalText(maximumFractionDigits: Self.digitLimit)) }
}
