import Quantities

/// What was observed of budgets at one time, as recorded in a file.
package struct Snapshot: Sendable, Hashable {
  package var takenAt: Instant
  /// Where the observations come from, in words for people.
  package var source: String
  /// Whether the source said that some of its data were missing.
  package var isPartial: Bool
  package var warnings: [String]
  package var observations: [Observation]

  package init(
    takenAt: Instant,
    source: String,
    isPartial: Bool,
    warnings: [String],
    observations: [Observation]
  ) {
    self.takenAt = takenAt
    self.source = source
    self.isPartial = isPartial
    self.warnings = warnings
    self.observations = observations
  }
}

/// A budget: that of an objective, of one label value of a split objective, or of a composite journey.
package struct BudgetName: Sendable, Hashable, Comparable {
  /// The full name of the objective or journey.
  package let name: String
  /// Sorted by name; empty where the objective is not split.
  package let labels: [LabelValue]

  package struct LabelValue: Sendable, Hashable {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  package init(_ name: String, labels: [LabelValue] = []) {
    self.name = name
    self.labels = labels.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// The name, followed by the labels in braces where there are any.
  package var text: String {
    if labels.isEmpty { return name }
    return "\(name){\(labels.map { "\($0.name)=\($0.value)" }.joined(separator: ", "))}"
  }

  package static func < (left: BudgetName, right: BudgetName) -> Bool { left.order.precedes(right.order) }

  private var order: [String] { [name] + labels.flatMap { [$0.name, $0.value] } }
}

extension [String] {
  /// Element by element, by their bytes.
  fileprivate func precedes(_ other: [String]) -> Bool {
    lexicographicallyPrecedes(other) { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

/// How an objective, or one label value of it, did over its window.
package struct Observation: Sendable, Hashable {
  package var budget: BudgetName
  /// The newest sample behind the numbers.
  package var at: Instant
  package var counts: EventCounts
  /// When recording began, where that is known: a window that began earlier is covered in part only.
  package var since: Instant?
  package var isPartial: Bool
  /// Since when the source has had nothing to count, because what the objective is measured by is gone; nil where it counts, or does
  /// not know.
  package var lost: Instant?
  /// The levels that the monitoring system has recorded as entered, best first.
  package var levels: [LevelTrack.Entry]
  /// Counts over windows shorter than the objective's.
  package var burn: [BurnObservation]
  /// Earlier counts over the objective's window, oldest first.
  package var history: [PastObservation]

  package init(
    budget: BudgetName,
    at: Instant,
    counts: EventCounts,
    since: Instant? = nil,
    isPartial: Bool = false,
    lost: Instant? = nil,
    levels: [LevelTrack.Entry] = [],
    burn: [BurnObservation] = [],
    history: [PastObservation] = []
  ) {
    self.budget = budget
    self.at = at
    self.counts = counts
    self.since = since
    self.isPartial = isPartial
    self.lost = lost
    self.levels = levels
    self.burn = burn
    self.history = history
  }
}

/// Bad and all events, or seconds, or slices of time; never below zero.
package struct EventCounts: Sendable, Hashable {
  package var bad: Rational
  package var total: Rational

  package init(bad: Rational, total: Rational) {
    self.bad = bad
    self.total = total
  }
}

package struct BurnObservation: Sendable, Hashable {
  package var window: TimeSpan
  package var counts: EventCounts

  package init(window: TimeSpan, counts: EventCounts) {
    self.window = window
    self.counts = counts
  }
}

package struct PastObservation: Sendable, Hashable {
  package var at: Instant
  package var counts: EventCounts

  package init(at: Instant, counts: EventCounts) {
    self.at = at
    self.counts = counts
  }
}
