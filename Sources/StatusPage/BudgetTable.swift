import DeployGate
import Quantities
import StructuredText

/// Every budget with its level, what remains of it, how it went, and how fast it is being spent.
struct BudgetTable {
  let index: StatusIndex
  private let histories: [BudgetHistories]

  init(index: StatusIndex) {
    self.index = index
    histories = index.status.parts.compactMap { part in
      part.snapshot.map { BudgetHistories(part.policy, $0) }
    }
  }

  var section: MarkupNode {
    var contents: [MarkupNode] = []
    if index.budgets.isEmpty {
      contents.append(.element("p", ["class": "soft"], ["No budget has been judged yet."]))
    } else {
      contents.append(
        CardTable(
          label: "Error budgets",
          style: "budgets",
          columns: ["Budget", "Level", "Remaining", "Burn-down", "Spending"],
          rows: index.budgets.map(row)
        ).node
      )
    }
    if !index.unruled.isEmpty {
      contents.append(
        .element(
          "p",
          ["class": "soft"],
          ["No policy rules "] + Piece.listed(index.unruled.map(Piece.code)) + [
            ", so they hold nothing back."
          ]
        )
      )
    }
    return Piece.section("Error budgets", id: "budgets", contents)
  }

  private func row(_ budget: BudgetDecision) -> [CardTable.Cell] {
    let mark = index.mark(of: budget)
    return [
      CardTable.Cell(contents: head(budget)),
      CardTable.Cell(contents: level(budget, mark)),
      CardTable.Cell(contents: remaining(budget, mark), style: "number"),
      CardTable.Cell(contents: history(budget, mark)),
      CardTable.Cell(contents: spending(budget)),
    ]
  }

  private func head(_ budget: BudgetDecision) -> [MarkupNode] {
    let promise =
      index.objective(of: budget.budget).map { "\($0.target) over \($0.window)" } ?? "weighted mean"
    return [
      Piece.text(index.title(of: budget.budget)), Piece.soft(Piece.text(budget.budget.name)),
      Piece.soft(Piece.text("\(promise), \(budget.owner)")),
    ]
  }

  private func level(_ budget: BudgetDecision, _ mark: Mark) -> [MarkupNode] {
    var contents: [MarkupNode] = []
    if let problem = budget.status.problem { contents.append(Mark.unknown.badge(problem)) }
    switch budget.standing {
    case .level(_, .measured), .level(_, .statement):
      contents.append(mark.badge(budget.level?.name ?? "no level"))
    case .level(_, .lastKnown):
      contents.append(Piece.soft(Piece.text("last known: \(budget.level?.name ?? "")")))
    case .withoutData(.freeze, _): contents.append(Piece.soft("frozen for want of data"))
    case .withoutData(.allow, _): contents.append(Piece.soft("let out without data"))
    case .withoutData(.approve, _): contents.append(Piece.soft("approvals for want of data"))
    case .withoutData(.level(let name), _):
      contents.append(Piece.soft(Piece.text("without data: \(name)")))
    case .unknown: contents.append(Piece.soft("no word on what to do"))
    }
    if let since = budget.since { contents.append(Piece.soft("since ", Piece.time(since))) }
    return contents
  }

  private func remaining(_ budget: BudgetDecision, _ mark: Mark) -> [MarkupNode] {
    guard let remaining = budget.status.remaining else {
      return [.element("span", ["class": "figure"], ["not known"])]
    }
    let width = (max(0, remaining.drawn) * 100).short
    return [
      .element("span", ["class": "figure"], [.text(remaining.text)]),
      .element(
        "svg",
        [
          "class": "bar \(mark.rawValue)", "viewBox": "0 0 100 6", "preserveAspectRatio": "none",
          "aria-hidden": "true",
        ],
        [
          .element("rect", ["class": "whole", "width": "100", "height": "6"]),
          .element("rect", ["class": "part", "width": width, "height": "6"]),
        ]
      ),
    ]
  }

  private func history(_ budget: BudgetDecision, _ mark: Mark) -> [MarkupNode] {
    let bounds = (index.policy(of: budget)?.levels ?? []).compactMap(\.enter?.bound)
    let points = histories.lazy.map { $0.points(of: budget.budget) }.first { !$0.isEmpty } ?? []
    let line = Sparkline(points, until: index.now, bounds: Set(bounds).sorted(), mark: mark)
    return [line?.node ?? Piece.soft("no history")]
  }

  private func spending(_ budget: BudgetDecision) -> [MarkupNode] {
    guard budget.status.problem == nil, let burn = budget.burn else {
      return [Piece.soft("rate not known")]
    }
    var contents: [MarkupNode] = [
      .text("\(burn.multiple.decimalText(maximumFractionDigits: 2))× the planned rate")
    ]
    if let gone = budget.exhaustedAt {
      contents.append(
        gone <= index.now
          ? Piece.soft("nothing remains") : Piece.soft("gone about ", Piece.time(gone))
      )
    }
    return contents
  }
}
