import StructuredText

extension PlanDifference {
  /// A page for a pull request; `reference` is what the specs are compared with.
  package func markdown(since reference: String) -> String {
    let since = MarkdownText.codeSpan(reference)
    if isEmpty { return "### Objectives\n\nNothing that the specs say has changed since \(since).\n" }
    let sections = DifferenceSection.sections(of: entries).map { $0.markdown(since: reference) }
    return "### Objectives\n\nSince \(since): \(MarkdownText.escaped(summary)).\n\n" + sections.joined(separator: "\n")
  }
}

extension DifferenceSection {
  fileprivate func markdown(since reference: String) -> String {
    let names = shownNames.map(MarkdownText.codeSpan).joined(separator: ", ")
    let others = hiddenCount > 0 ? " and \(hiddenCount) others" : ""
    let blocks = ["#### \(noun.capitalizedFirst) \(names)\(others): \(change.word)\n"] + blocks(since: reference)
    return blocks.joined(separator: "\n")
  }

  private func blocks(since reference: String) -> [String] {
    switch change {
    case .added(let facts): [Self.table(facts, "now")].compactMap(\.self)
    case .removed(let facts): [Self.table(facts, reference)].compactMap(\.self)
    case .changed(let restatements, let parts, let startsAnew):
      [Self.table(restatements, reference)].compactMap(\.self)
        + (startsAnew ? ["It counts \(PlanDifference.Change.newLedger).\n"] : [])
        + (parts.map { ["\(MarkdownText.escaped("\($0.noun.capitalizedFirst): \($0.text)")).\n"] } ?? [])
    }
  }

  private static func table(_ facts: [PlanItem.Fact], _ column: String) -> String? {
    if facts.isEmpty { return nil }
    return MarkdownTable(
      columns: [.init(""), .init(column)],
      rows: facts.map { [.text($0.name), .text($0.text ?? "")] }
    ).text
  }

  private static func table(_ restatements: [PlanDifference.Restatement], _ reference: String) -> String? {
    if restatements.isEmpty { return nil }
    return MarkdownTable(
      columns: [.init(""), .init(reference), .init("now")],
      rows: restatements.map { [.text($0.name), .text($0.before ?? "none"), .text($0.now ?? "none")] }
    ).text
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
