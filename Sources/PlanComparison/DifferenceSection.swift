/// Entries as people are told of them: things of which nothing is stated otherwise, and the same parts are not as they were,
/// are told together. A change of a policy shows in a rule of every objective that it rules.
struct DifferenceSection {
  let kind: PlanItem.Kind
  private(set) var names: [String]
  let change: PlanDifference.Change

  /// How many names are told of those that are told together.
  private static let named = 4

  /// In the order of the entries; what is told together stands where the first of it does.
  static func sections(of entries: [PlanDifference.Entry]) -> [DifferenceSection] {
    var sections: [DifferenceSection] = []
    var shared: [String: Int] = [:]
    for entry in entries {
      if let key = entry.sharedKey {
        if let place = shared[key] {
          sections[place].names.append(entry.name)
          continue
        }
        shared[key] = sections.count
      }
      sections.append(DifferenceSection(kind: entry.kind, names: [entry.name], change: entry.change))
    }
    return sections
  }

  var shownNames: ArraySlice<String> { names.prefix(Self.named) }
  var hiddenCount: Int { names.count - shownNames.count }
  var noun: String { names.count == 1 ? kind.rawValue : kind.plural }
}

extension PlanDifference.Entry {
  /// nil where there is something to be told of this one alone.
  fileprivate var sharedKey: String? {
    guard case .changed(let restatements, let parts?, startsAnew: false) = change, restatements.isEmpty else {
      return nil
    }
    return "\(kind.rawValue) \(parts.noun) \(parts.text)"
  }
}

extension PlanItem.Kind {
  var plural: String {
    switch self {
    case .policy: "policies"
    case .maintenance: "maintenances"
    case .workspace, .service, .objective, .journey, .promise, .freeze, .override, .signoff, .channel, .dashboard:
      "\(rawValue)s"
    }
  }
}

extension PlanDifference.Change {
  var word: String {
    switch self {
    case .added: "added"
    case .removed: "removed"
    case .changed: "changed"
    }
  }

  static let newLedger = "something else than before: its ledger starts anew"
}

extension PlanDifference.PartChanges {
  private static let named = 6

  /// `3 changed: a, b, c; 1 added: d`; of many only the number.
  var text: String {
    [("changed", changed), ("added", added), ("removed", removed)].filter { !$0.1.isEmpty }.map { word, names in
      names.count > Self.named
        ? "\(names.count) \(word)" : "\(names.count) \(word): \(names.joined(separator: ", "))"
    }.joined(separator: "; ")
  }
}
