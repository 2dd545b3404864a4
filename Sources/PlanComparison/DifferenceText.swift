import StructuredText

extension PlanDifference {
  /// For people, in a terminal.
  package var text: String {
    if isEmpty { return "nothing that the specs say has changed\n" }
    return DifferenceSection.sections(of: entries).map(\.text).joined() + "\(summary)\n"
  }

  /// `2 objectives changed, 1 policy added`.
  var summary: String {
    var counts: [String] = []
    for kind in PlanItem.Kind.allCases {
      let own = entries.filter { $0.kind == kind }
      for word in ["added", "removed", "changed"] {
        let count = own.count { $0.change.word == word }
        if count > 0 { counts.append("\(count) \(count == 1 ? kind.rawValue : kind.plural) \(word)") }
      }
    }
    return counts.joined(separator: ", ")
  }
}

extension DifferenceSection {
  fileprivate var text: String {
    let width = lines.map { TerminalWidth.columns(of: $0.name) }.max() ?? 0
    let body = lines.map { name, text in
      let padding = String(repeating: " ", count: width - TerminalWidth.columns(of: name) + 2)
      return "  \(VisibleText.of(name))\(padding)\(VisibleText.of(text))\n"
    }
    let others = hiddenCount > 0 ? " and \(hiddenCount) others" : ""
    let names = shownNames.map { "'\($0)'" }.joined(separator: ", ")
    return "\(VisibleText.of("\(noun) \(names)\(others): \(change.word)"))\n\(body.joined())\n"
  }

  private var lines: [(name: String, text: String)] {
    switch change {
    case .added(let facts), .removed(let facts): facts.map { ($0.name, $0.text ?? "") }
    case .changed(let restatements, let parts, let startsAnew):
      restatements.map { ($0.name, "\($0.before ?? "none") → \($0.now ?? "none")") }
        + (startsAnew ? [("counts", PlanDifference.Change.newLedger)] : [])
        + (parts.map { [($0.noun, $0.text)] } ?? [])
    }
  }
}
