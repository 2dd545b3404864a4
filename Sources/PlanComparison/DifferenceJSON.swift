import StructuredText

extension PlanDifference {
  /// For machines: an entry for each thing that came, went or is not as it was.
  package var json: JSONValue {
    ["format": 1, "changes": .array(entries.map(\.json))]
  }
}

extension PlanDifference.Entry {
  /// What is said is a list of names with what stood before and what stands now, of which one may be missing.
  fileprivate var json: JSONValue {
    let restatements: [PlanDifference.Restatement]
    var parts: PlanDifference.PartChanges?
    var startsAnew = false
    switch change {
    case .added(let facts): restatements = facts.map { .init(name: $0.name, before: nil, now: $0.text) }
    case .removed(let facts): restatements = facts.map { .init(name: $0.name, before: $0.text, now: nil) }
    case .changed(let changed, let changedParts, let hasNewLedger):
      (restatements, parts, startsAnew) = (changed, changedParts, hasNewLedger)
    }
    return .record([
      "kind": .string(kind.rawValue),
      "name": .string(name),
      "change": .string(change.word),
      "facts": .array(restatements.map(\.json)),
      "ledgerStartsAnew": .bool(startsAnew),
      "parts": parts?.json,
    ])
  }
}

extension PlanDifference.Restatement {
  fileprivate var json: JSONValue {
    .record(["name": .string(name), "before": before.map(JSONValue.string), "now": now.map(JSONValue.string)])
  }
}

extension PlanDifference.PartChanges {
  fileprivate var json: JSONValue {
    [
      "of": .string(noun),
      "added": .array(added.map(JSONValue.string)),
      "removed": .array(removed.map(JSONValue.string)),
      "changed": .array(changed.map(JSONValue.string)),
    ]
  }
}
