import PlanModel
import PromQL
import Quantities
import SpecCatalog

/// Made-up series for the objectives on one indicator, and which events each of them counts.
struct Probe: Sendable {
  /// Events that are bad to the same objectives, as those between two bounds of a histogram are.
  struct Channel: Sendable {
    var objectives: [ObjectiveID]
  }

  /// What a series says.
  enum Role: Sendable, Hashable {
    case all
    case good(channel: Int)
    case bad(channel: Int)
    /// A gauge, of time that is good or bad.
    case state(bad: Double?, good: Double?)
  }

  struct Series: Sendable, Hashable {
    var labels: SampleLabels
    var role: Role
    /// Whether the series is born with its first event, as one of failures is.
    var appearsLate = false

    var isCounter: Bool {
      switch role {
      case .all, .good, .bad: true
      case .state: false
      }
    }
  }

  let indicator: IndicatorID
  var series: [Series]
  /// What is bad in a channel is bad in those before it too.
  var channels: [Channel]
  /// Everything that the objectives read.
  var selectors: [VectorSelector]
  /// Seconds in a slice of time; nil where events are counted.
  var slice: Int?
  /// The values of the labels that split the objectives.
  var split: [LabelPair] = []
  /// Whether nothing ever fails here: of two values of a label that splits, one.
  var isFaultless = false
  /// Indicators that must be quiet for this one to be up.
  var avoided: Set<IndicatorID> = []
  /// How much of the events of an interval may be bad, so that nobody takes it for downtime.
  var greatestBadShare = 0.98

  var objectives: [ObjectiveID] { channels.flatMap(\.objectives) }

  /// Whether one test may have both: the objectives of each see nothing of the other's series, or only values of a label
  /// that splits them.
  func isApart(from other: Probe) -> Bool {
    if avoided.contains(other.indicator) || other.avoided.contains(indicator) { return false }
    if indicator == other.indicator, split != other.split { return true }
    return !series.contains { one in other.selectors.contains(where: one.labels.isSelected) }
      && !other.series.contains { one in selectors.contains(where: one.labels.isSelected) }
  }

  /// That the targets are scraped: the labels by which a target is known.
  var targets: Set<SampleLabels> {
    Set(
      series.map { series in
        SampleLabels(metric: "up", labels: series.labels.labels.filter { VectorSelector.targetLabels.contains($0.key) })
      }
    )
  }
}
