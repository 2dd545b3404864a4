import DeployGate
import StructuredText

/// What may go out now: a row for each service and journey, a column for each change class.
struct PermissionTable {
  let index: StatusIndex

  var section: MarkupNode {
    let changes = index.changes
    if changes.isEmpty {
      let sentence: MarkupNode = "No policy rules anything here, so the gate knows no answer."
      return Piece.section("What may go out", id: "permissions", [.element("p", [:], [sentence])])
    }
    let table = CardTable(
      label: "What may go out",
      style: "matrix",
      columns: ["Service or journey"] + changes,
      rows: index.subjects.map { subject in [head(subject)] + changes.map { cell(subject, $0) } }
    )
    return Piece.section("What may go out", id: "permissions", [table.node])
  }

  private func head(_ subject: StatusSubject) -> CardTable.Cell {
    CardTable.Cell(
      contents: [Piece.text(subject.title), Piece.soft(Piece.text(subject.name))],
      style: subject.journey == nil ? nil : "below"
    )
  }

  private func cell(_ subject: StatusSubject, _ change: String) -> CardTable.Cell {
    guard subject.changes.contains(change) else {
      let dash = MarkupNode.element("span", ["role": "img", "aria-label": "not declared"], ["–"])
      return CardTable.Cell(contents: [dash], style: "none")
    }
    guard let decision = index.decision(for: subject, change) else {
      return CardTable.Cell(contents: [Mark.unknown.badge("unknown")])
    }
    let cap = decision.answer == .deny ? nil : decision.rolloutCap.flatMap { $0 < .all ? $0 : nil }
    let mark = cap != nil && decision.answer == .allow ? .caution : Mark(decision.answer)
    return CardTable.Cell(
      contents: [mark.badge(decision.answer.shortText)] + (cap.map { [Piece.soft(.text("up to \($0)"))] } ?? [])
        + (decision.overrides.isEmpty || decision.answer != .allow ? [] : [Piece.soft("by exception")])
    )
  }
}
