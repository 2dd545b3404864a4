import PlanModel
import Quantities
import StructuredText

extension GateDecision {
  /// The decision for people: the answer, what holds the change back and since when, what would release it and when that is
  /// expected. One fact a line, a line break at the end.
  package var text: String {
    var lines = [headline]
    for budget in holding { lines += indented(budget.lines(at: at, reasons.filter { $0.budget == budget.budget })) }
    lines += generalReasons
    if holding.isEmpty { lines += indented(budgets.compactMap(\.briefLine)) }
    lines += remedies.compactMap(\.generalText).map { "To go ahead: \($0)" }
    lines += data.warnings.map { "The source warns: \($0)" }
    lines.append("Valid until \(validUntil.text). Policy \(policy.prefix(12)), data of \(data.takenAt.text).")
    return lines.map { "\($0.printable)\n" }.joined()
  }

  private var headline: String {
    let cap = rolloutCap.map { $0 < .all ? ", up to stage \($0)" : "" } ?? ""
    return switch answer {
    case .allow: "Yes: '\(request.change)' may go out for '\(subject)'\(cap)"
    case .approve: "Not yet: '\(request.change)' for '\(subject)' needs an approval by name"
    case .deny: "No: '\(request.change)' may not go out for '\(subject)'"
    case .unknown: "Unknown: nothing says whether '\(request.change)' may go out for '\(subject)'"
    }
  }

  /// The budgets that keep the answer from being a yes, the strictest first.
  private var holding: [BudgetDecision] {
    let held = budgets.filter { $0.verdict != .allow && !$0.isOverridden }
    return GateAnswer.allCases.sorted().reversed().flatMap { answer in held.filter { $0.verdict == answer } }
  }

  private var generalReasons: [String] { reasons.filter { $0.budget == nil }.map { "Note: \($0.text)" } }

  private func indented(_ lines: [String]) -> [String] { lines.map { "  \($0)" } }
}

extension BudgetDecision {
  fileprivate func lines(at now: Instant, _ reasons: [GateReason]) -> [String] {
    let place = dependency.map { ", of the dependency '\($0)'" } ?? ""
    var lines = ["\(budget.text)\(place) (\(owner))"]
    // The code says it for machines; people see the dependency in the line above.
    lines += reasons.filter { $0.code != .dependencyFrozen }.map { "  \($0.text)" }
    if let since {
      let reading = isBeginningSeen ? "since" : "at least since"
      lines.append("  in this level \(reading) \(since.text), for \((now - since).roughText)")
    }
    if let burn { lines.append("  \(burnText(burn))") }
    if let release { lines.append("  released when \(release.text)") }
    if let level, !level.actions.isEmpty { lines.append("  meanwhile: \(level.actions.joined(separator: ", "))") }
    return lines
  }

  private func burnText(_ burn: BurnRate) -> String {
    let rate = "burning \(burn.multiple.decimalText(maximumFractionDigits: 2)) times as fast as planned"
    return exhaustedAt.map { "\(rate); nothing remains from about \($0.text)" } ?? rate
  }

  /// One line on a budget that lets the change out; nil where nothing is to be said.
  fileprivate var briefLine: String? {
    guard let remaining = status.remaining, let level else { return nil }
    return "\(budget.text): \(remaining.text) of the error budget remains, level '\(level.name)'"
  }
}

extension Release {
  fileprivate var text: String {
    let signoffs = items.map { "'\($0.item)' of level '\($0.level)' is signed off" }
    let parts = ([bound.map { "\($0.text) remains" }].compactMap(\.self) + signoffs).joined(separator: " and ")
    return switch expected {
    case .reached: parts.isEmpty ? "the levels are judged again" : parts
    case .about(let instant): "\(parts), at the present rate about \(instant.text)"
    case .notAtThisRate: "\(parts), which will not happen at the present rate"
    case .notKnown: "\(parts); nothing tells when that will be"
    }
  }
}

extension Remedy {
  /// What to do, where it is not said beside a budget already.
  fileprivate var generalText: String? {
    switch self {
    case .approval: "name who approved the change"
    case .stage(let stage): "keep the rollout at \(stage) or below"
    case .data(let budget): "bring back the data of \(budget.text)"
    case .statement(let budget): "renew the statement of \(budget.text)"
    case .freezeEnds(_, let at): "wait for the end of the freeze, \(at.text)"
    case .release: nil
    }
  }
}

extension Instant {
  /// `2026-10-01 08:12 UTC`.
  var text: String {
    let iso = description
    return "\(iso.prefix(10)) \(iso.dropFirst(11).prefix(5)) UTC"
  }
}

extension String {
  /// The text without anything that a terminal obeys or a reader cannot see.
  fileprivate var printable: String {
    var text = String.UnicodeScalarView()
    for scalar in unicodeScalars { text.append(HiddenScalars.contains(scalar) ? "\u{FFFD}" : scalar) }
    return String(text)
  }
}
