import DeployGate
import StructuredText

/// How good something is, shown by a shape and a word as well as a colour.
enum Mark: String, Sendable, CaseIterable {
  case good
  case caution
  case bad
  /// Nothing tells.
  case unknown

  init(_ answer: GateAnswer) {
    switch answer {
    case .allow: self = .good
    case .approve: self = .caution
    case .deny: self = .bad
    case .unknown: self = .unknown
    }
  }

  /// The mark of the level that rules a budget: the best of several is good, the worst bad.
  init(_ budget: BudgetDecision, levels: Int) {
    switch budget.standing {
    case .level(0, .measured), .level(0, .statement): self = .good
    case .level(let level, .measured), .level(let level, .statement): self = level + 1 < levels ? .caution : .bad
    case .level(_, .lastKnown), .withoutData, .unknown: self = .unknown
    }
  }

  /// A word in the colours of the mark, after its shape.
  func badge(_ text: String) -> MarkupNode {
    .element("span", ["class": "badge \(rawValue)"], [icon, .text(VisibleText.of(text))])
  }

  /// The shape alone, which says nothing to a screen reader: the word beside it does.
  var icon: MarkupNode {
    .element(
      "svg",
      ["class": "icon", "viewBox": "0 0 16 16", "aria-hidden": "true"],
      [.element("path", ["d": path])]
    )
  }

  private var path: String {
    switch self {
    case .good: "M3 8.5 6.5 12 13 4.5"
    case .caution: "M8 2.5v7M8 12.5v1"
    case .bad: "M4 4l8 8M12 4l-8 8"
    case .unknown: "M5.2 5.6a2.8 2.8 0 1 1 4.2 2.4c-.9.5-1.4 1-1.4 2M8 12.9v.9"
    }
  }
}

extension GateAnswer {
  /// The answer in a cell of a table.
  var shortText: String {
    switch self {
    case .allow: "yes"
    case .approve: "approval"
    case .deny: "no"
    case .unknown: "unknown"
    }
  }
}
