import DeployGate
import Quantities
import StructuredText

/// What is held back, why, since when, and what would release it: a card for each cause.
struct HoldCards {
  let index: StatusIndex
  let holds: [Hold]

  var section: MarkupNode {
    if holds.isEmpty {
      let isKnown = index.isObserved && !index.changes.isEmpty
      return Piece.section(
        "Held back",
        id: "holds",
        [
          .element(
            "p",
            ["class": "soft"],
            [isKnown ? "Nothing is held back." : "Nothing is known yet."]
          )
        ]
      )
    }
    return Piece.section(
      "Held back",
      id: "holds",
      [.element("div", ["class": "holds"], holds.map(card))]
    )
  }

  private func card(_ hold: Hold) -> MarkupNode {
    let title: [MarkupNode]
    switch hold.cause {
    case .budget(let budget):
      title = [Piece.text(index.title(of: budget)), Piece.soft(Piece.text(budget.text))]
    case .general(let sentence): title = [Piece.text(sentence)]
    }
    return .element(
      "article",
      ["class": "hold \(Mark(hold.strictest).rawValue)"],
      [
        .element("h3", [:], title), verdicts(hold),
        Self.facts(general(hold) + (hold.budget.map { facts($0, hold) } ?? [])),
      ]
    )
  }

  private func verdicts(_ hold: Hold) -> MarkupNode {
    let parts: [(GateAnswer, String)] = [
      (.deny, "frozen"), (.unknown, "not known"), (.approve, "approval needed"),
    ]
    return .element(
      "ul",
      ["class": "verdicts"],
      parts.compactMap { answer, word in
        let changes = hold.changes(answer)
        if changes.isEmpty { return nil }
        return .element("li", [:], [Mark(answer).badge(word), " "] + names(changes))
      }
    )
  }

  private func names(_ changes: [String]) -> [MarkupNode] {
    if changes.count > 1, changes.count == index.changes.count {
      return [.element("strong", [:], ["every change"])]
    }
    return Piece.listed(changes.map { .element("strong", [:], [Piece.text($0)]) })
  }

  private typealias Fact = (term: String, contents: [MarkupNode])

  private static func facts(_ facts: [Fact]) -> MarkupNode {
    .element(
      "dl",
      [:],
      facts.flatMap { [.element("dt", [:], [.text($0.term)]), .element("dd", [:], $0.contents)] }
    )
  }

  private func general(_ hold: Hold) -> [Fact] {
    let names = hold.subjects.prefix(Self.subjectLimit).map(Piece.code)
    let rest = hold.subjects.count - names.count
    return [("For", Piece.listed(names) + (rest > 0 ? [.text(" and \(rest) more")] : []))]
  }

  /// How many services and journeys a card names.
  private static let subjectLimit = 6

  private func facts(_ budget: BudgetDecision, _ hold: Hold) -> [Fact] {
    var facts: [Fact] = [("Why", why(budget, hold))]
    if let since = budget.since {
      let span = (index.now - since).roughText
      facts.append(
        (
          "Since",
          [Piece.time(since), .text(budget.isBeginningSeen ? ", \(span)" : " or before, \(span)")]
        )
      )
    }
    if !budget.openItems.isEmpty {
      facts.append(("To sign off", Piece.listed(budget.openItems.map(Piece.text))))
    }
    facts += hold.releases.map { ("Released", released($0.changes, $0.release, hold)) }
    if let level = budget.level, !level.actions.isEmpty {
      facts.append(("Meanwhile", Piece.listed(level.actions.map(Piece.text))))
    }
    if let guidance = budget.level?.guidance, !guidance.isEmpty {
      facts.append(("Guidance", Piece.listed(guidance.map(Piece.text))))
    }
    facts.append(("Ask", [Piece.text(budget.owner)]))
    return facts
  }

  private func why(_ budget: BudgetDecision, _ hold: Hold) -> [MarkupNode] {
    var sentences: [MarkupNode] = []
    if let problem = budget.status.problem { sentences.append(Mark.unknown.badge(problem)) }
    if let remaining = budget.status.remaining {
      sentences.append(Piece.text("\(remaining.text) of the budget remains"))
    }
    if let level = budget.level {
      sentences.append(Piece.text("level '\(level.name)' of \(budget.policy)"))
    }
    let notes = hold.reasons.map { MarkupNode.element("li", [:], [Piece.text($0)]) }
    return Piece.listed(sentences) + (notes.isEmpty ? [] : [.element("ul", [:], notes)])
  }

  private func released(_ changes: [String], _ release: Release, _ hold: Hold) -> [MarkupNode] {
    let needs =
      [release.bound.map { "\($0.text) remains" }].compactMap(\.self)
      + (release.items.isEmpty
        ? [] : [release.items.count == 1 ? "the item is signed off" : "the items are signed off"])
    let isForAll = hold.releases.count == 1 && changes.count == hold.answers.count
    let head = isForAll ? [] : names(changes) + [" "]
    let when =
      needs.isEmpty ? "when levels are judged again" : "when \(needs.joined(separator: " and "))"
    return head + [Piece.text(when)] + expected(release.expected)
  }

  private func expected(_ expectation: Release.Expectation) -> [MarkupNode] {
    switch expectation {
    case .reached: []
    case .about(let instant):
      [
        ", expected about ", .element("strong", [:], [Piece.time(instant)]),
        .text(instant > index.now ? " (in \((instant - index.now).roughText))" : ""),
      ]
    case .notAtThisRate: [", ", .element("strong", [:], ["not at the present rate"])]
    case .notKnown: ["; nothing tells when that will be"]
    }
  }
}
