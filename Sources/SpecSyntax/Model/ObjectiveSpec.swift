import Diagnostics
import Quantities

/// How good an indicator has to be.
package struct ObjectiveSpec: Sendable {
  package var expression: ObjectiveExpression
  package var title: Located<String>?
  package var meaning: Located<String>?
  package var rationale: Located<String>?
  package var owner: Located<String>?
  package var runbook: Located<String>?
  package var labels: [NamedText] = []
  package var traffic: Located<EventRate>?
  package var policy: Located<PolicyChoiceSpec>?
  package var alerts: Located<BurnAlertsSpec>?
  package var burnLevels: [Named<BurnLevelSpec>] = []
  package var budget: BudgetFiguresSpec?
  /// Why a target of 100% is meant.
  package var zeroTolerance: Located<String>?
  package var windowReason: Located<String>?

  package init(_ expression: ObjectiveExpression) {
    self.expression = expression
  }
}

/// The one line that says an objective: `generation-latency p95 < 30s over 7d`.
package struct ObjectiveExpression: Sendable {
  package enum Requirement: Sendable {
    /// The statement of the indicator is in date; the span is that of the word.
    case attested(SourceSpan)
    case bounded(BoundedRequirement)
  }

  package var indicator: Located<String>
  package var requirement: Requirement
  /// The expression on one line, with single spaces.
  package var text: Located<String>
}

/// What of an indicator is bounded, by what, over which window.
package struct BoundedRequirement: Sendable {
  package var percentile: Located<Percentile>?
  package var comparison: Located<Comparison>
  package var bound: Located<Quantity>
  /// The share of slices in which a gauge has to be within its bound.
  package var atLeast: Located<Ratio>?
  package var window: Located<TimeWindow>
  /// Labels of which each value has a budget of its own.
  package var splitBy: [Located<String>] = []
}

/// What a user sets out to do, and the objectives that say whether it works.
package struct JourneySpec: Sendable {
  package var objectives: [Named<ObjectiveSpec>]
  package var title: Located<String>?
  package var expectation: Located<String>?
  package var rationale: Located<String>?
  package var description: Located<String>?
  /// Other objectives that its health depends on.
  package var requires: [Located<String>] = []
  /// Weights of objectives, which make the journey a composite with one budget.
  package var weights: [Named<Located<Rational>>] = []
  package var traffic: Located<EventRate>?
  package var policy: Located<PolicyChoiceSpec>?
  package var owner: Located<String>?
  package var tier: Located<Int>?
  package var runbook: Located<String>?
  package var labels: [NamedText] = []
  /// The indicators that users pass through, in order.
  package var steps: [Located<String>] = []

  package init(objectives: [Named<ObjectiveSpec>]) {
    self.objectives = objectives
  }
}
