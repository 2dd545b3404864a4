import DeployGate
import PlanModel
import Quantities
import StructuredText
import WebPages

/// The page as a whole: what is wrong first, then what may go out, what is held back, and what all that follows from.
struct GateStatusPage {
  private let status: GateStatus
  private let index: StatusIndex

  init(_ status: GateStatus) {
    self.status = status
    index = StatusIndex(status)
  }

  var document: MarkupNode {
    let holds = Hold.all(in: index)
    return PageFrame(
      title: VisibleText.of("\(title): deploy gate"),
      sheets: [PageStyle.sheet, StatusStyle.sheet],
      header: header,
      footer: footer
    ).document(
      alerts + [
        summary,
        PermissionTable(index: index).section,
        HoldCards(index: index, holds: holds).section,
        BudgetTable(index: index).section,
      ] + exceptions + [decisions]
    )
  }

  // MARK: Head and foot

  private var title: String { status.parts.map(\.policy.workspace).joined(separator: ", ") }

  private var header: [MarkupNode] {
    let oldest = status.parts.compactMap(\.snapshot?.takenAt).min()
    let data: [MarkupNode] =
      oldest.map { [" from data of ", Piece.time($0)] } ?? [" without any data"]
    return [
      .element("h1", [:], [Piece.text(title), .element("span", [:], ["Deploy gate"])]),
      .element("p", ["class": "soft"], ["As of ", Piece.time(status.now), ","] + data),
    ]
  }

  private var footer: [MarkupNode] {
    let advice =
      "Forecasts are estimates at the present rate. The page shows one moment: load it again for the next."
    return status.parts.map { .element("p", [:], origin(of: $0)) } + [
      .element("p", [:], [.text(advice)])
    ]
  }

  /// Which policy and which data were judged.
  private func origin(of part: GateStatus.Part) -> [MarkupNode] {
    var facts: [MarkupNode] = ["Policy ", Piece.code(String(part.policy.identity.prefix(12)))]
    guard let snapshot = part.snapshot else { return facts + [", no data."] }
    facts += [", data of ", Piece.time(snapshot.takenAt), " from ", Piece.text(snapshot.source)]
    let data = status.decisions.first { $0.policy == part.policy.identity }?.data.identity
    return facts + (data.map { [", ", Piece.code(String($0.prefix(12)))] } ?? []) + ["."]
  }

  // MARK: What is wrong

  private var alerts: [MarkupNode] {
    let isBroken =
      !status.problems.isEmpty || status.parts.contains { $0.snapshot?.isPartial ?? true }
    let sentences = (status.problems + sourceProblems).map { [Piece.text($0)] } + blindBudgets
    if sentences.isEmpty { return [] }
    let mark = isBroken ? Mark.bad : .unknown
    return [
      .element(
        "section",
        ["class": "alerts \(mark.rawValue)", "aria-labelledby": "alerts"],
        [
          .element(
            "h2",
            ["id": "alerts"],
            [mark.icon, isBroken ? "Not to be relied on" : "Data are missing"]
          ),
          .element("ul", [:], sentences.map { .element("li", [:], $0) }),
        ]
      )
    ]
  }

  private var sourceProblems: [String] {
    status.parts.flatMap { part -> [String] in
      let place = status.parts.count == 1 ? "" : " of \(part.policy.workspace)"
      guard let snapshot = part.snapshot else {
        return ["No data\(place) have been read yet: nothing is known of any budget."]
      }
      return (snapshot.isPartial ? ["The source said that data\(place) were missing."] : [])
        + snapshot.warnings.map { "The source\(place) warns: \($0)" }
    }
  }

  /// The budgets that no data tell of, a sentence for each kind of trouble.
  private var blindBudgets: [[MarkupNode]] {
    let kinds = Dictionary(
      grouping: index.budgets.filter { $0.status.problem != nil },
      by: \.status.code
    )
    return kinds.sorted { $0.key < $1.key }.map { _, budgets in
      let named = budgets.prefix(Self.namedBudgets).map { Piece.code($0.budget.text) }
      let rest = budgets.count - named.count
      let kind = budgets[0].status.kind
      let count = budgets.count == 1 ? "1 budget" : "\(budgets.count) budgets"
      return [.text("\(kind): \(count) of \(index.budgets.count), ")] + Piece.listed(named)
        + (rest > 0 ? [.text(" and \(rest) more")] : [])
    }
  }

  /// How many budgets a sentence names.
  private static let namedBudgets = 5

  // MARK: Summary

  private var summary: MarkupNode {
    var counts: [Mark: Int] = [:]
    for subject in index.subjects where !subject.changes.isEmpty {
      let answers = subject.changes.map { index.decision(for: subject, $0)?.answer ?? .unknown }
      counts[Mark(answers.max() ?? .unknown), default: 0] += 1
    }
    let words: [(Mark, String)] = [
      (.bad, "with a freeze"), (.unknown, "not known"), (.caution, "needing approval"),
      (.good, "open"),
    ]
    return .element(
      "ul",
      ["class": "summary", "aria-label": "Services and journeys"],
      words.map { mark, word in
        .element(
          "li",
          ["class": counts[mark] == nil ? "nil" : mark.rawValue],
          [mark.icon, .element("strong", [:], [.text("\(counts[mark] ?? 0)")]), .text(" \(word)")]
        )
      }
    )
  }

  // MARK: Exceptions and decisions

  /// Overrides that are in force or begin within a week.
  private var exceptions: [MarkupNode] {
    let near = status.parts.flatMap(\.policy.overrides).filter { override in
      status.now < override.until && (override.from.map { $0 <= status.now + .days(7) } ?? true)
    }
    if near.isEmpty { return [] }
    let table = CardTable(
      label: "Exceptions",
      style: "plain",
      columns: ["Change", "For", "From", "Until", "By", "Because"],
      rows: near.map { override in
        [
          CardTable.Cell(contents: [Piece.text(override.change)]),
          CardTable.Cell(contents: [Piece.code(override.scope)]),
          CardTable.Cell(contents: [override.from.map(Piece.time) ?? "at once"]),
          CardTable.Cell(contents: [Piece.time(override.until)]),
          CardTable.Cell(contents: [Piece.text(override.by)]),
          CardTable.Cell(contents: [Piece.text(override.reason)]),
        ]
      }
    )
    return [Piece.section("Exceptions", id: "exceptions", [table.node])]
  }

  private var decisions: MarkupNode {
    if status.recent.isEmpty {
      return Piece.section(
        "Last decisions",
        id: "decisions",
        [.element("p", ["class": "soft"], ["Nobody has asked yet."])]
      )
    }
    let table = CardTable(
      label: "Last decisions",
      style: "plain",
      columns: ["Asked at", "Answer", "Change", "For", "Because", "Decision"],
      rows: status.recent.map { decision in
        let stage = decision.stage.map { " at \($0)" } ?? ""
        return [
          CardTable.Cell(contents: [Piece.time(decision.at)]),
          CardTable.Cell(contents: [Mark(decision.answer).badge(decision.answer.shortText)]),
          CardTable.Cell(contents: [Piece.text("\(decision.change)\(stage)")]),
          CardTable.Cell(contents: [Piece.code(decision.subject)]),
          CardTable.Cell(contents: [Piece.text(decision.reason ?? "")]),
          CardTable.Cell(contents: [Piece.code(decision.id)]),
        ]
      }
    )
    return Piece.section("Last decisions", id: "decisions", [table.node])
  }
}
