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

  /// What a series counts.
  enum Role: Sendable, Hashable {
    case all
    case good(channel: Int)
    case bad(channel: Int)
  }

  struct Series: Sendable, Hashable {
    var labels: SampleLabels
    var role: Role
    /// Whether the series is born with its first event, as one of failures is.
    var appearsLate: Bool
  }

  var series: [Series]
  /// What is bad in a channel is bad in those before it too.
  var channels: [Channel]
  /// Everything that the objectives read.
  var selectors: [VectorSelector]

  var objectives: [ObjectiveID] { channels.flatMap(\.objectives) }

  /// Whether the objectives of both see nothing of the other's series, so that one test may have both.
  func isApart(from other: Probe) -> Bool {
    !series.contains { one in other.selectors.contains(where: one.labels.isSelected) }
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

/// Makes up series for an indicator, or says why it cannot.
struct ProbeFinder {
  let catalog: Catalog

  enum Finding {
    case found([Probe])
    case nothing(reason: String)
  }

  func probes(for objectives: [ObjectiveID], on indicator: Indicator) -> Finding {
    switch indicator.kind {
    case .ratio(let source): return ratio(source, objectives)
    case .distribution(let source): return distribution(source, objectives)
    case .time: return .nothing(reason: "is measured in time")
    case .gauge: return .nothing(reason: "is measured by a gauge")
    case .attested: return .nothing(reason: "is a statement, which no metric shows")
    }
  }

  private func choice(_ objectives: [ObjectiveID]) -> LabelChoice {
    LabelChoice(needed: Set(objectives.flatMap { catalog[$0].splitBy.map(\.value) }).sorted())
  }

  // MARK: Ratios

  private func ratio(_ source: RatioSource, _ objectives: [ObjectiveID]) -> Finding {
    let valid = source.valid.compactMap(\.counterNow)
    let part = source.numerator.compactMap(\.counterNow)
    guard valid.count == source.valid.count, part.count == source.numerator.count, let part0 = part.first,
      let valid0 = valid.first(where: { $0.metricName == part0.metricName }) ?? valid.first
    else { return .nothing(reason: "is counted by a query of its own, and nothing tells what it reads") }
    let choice = choice(objectives)
    let series =
      part0.metricName == valid0.metricName
      ? sides(of: valid0, part0, source.side, choice) : apart(valid0, part0, source.side, choice)
    guard let series, series.allSatisfy({ $0.isCounted(by: valid, part, source.side) }) else {
      return .nothing(reason: "has selectors for which no pair of series, one good and one bad, was found")
    }
    let channel = Probe.Channel(objectives: objectives)
    return .found([Probe(series: series, channels: [channel], selectors: valid + part)])
  }

  /// One series within the part and one outside.
  private func sides(
    of valid: VectorSelector,
    _ part: VectorSelector,
    _ side: RatioSource.Side,
    _ choice: LabelChoice
  ) -> [Probe.Series]? {
    var both = valid
    both.matchers += part.matchers
    guard let inside = choice.series(of: both), let outside = choice.series(of: valid, outside: part) else {
      return nil
    }
    let (good, bad) =
      switch side {
      case .good: (inside, outside)
      case .bad: (outside, inside)
      }
    return [
      Probe.Series(labels: good, role: .good(channel: 0), appearsLate: false),
      Probe.Series(labels: bad, role: .bad(channel: 0), appearsLate: true),
    ]
  }

  /// Two metrics, of which one counts everything.
  private func apart(
    _ valid: VectorSelector,
    _ part: VectorSelector,
    _ side: RatioSource.Side,
    _ choice: LabelChoice
  ) -> [Probe.Series]? {
    guard let all = choice.series(of: valid), let some = choice.series(of: part) else { return nil }
    let isBad = side == .bad
    return [
      Probe.Series(labels: all, role: .all, appearsLate: false),
      Probe.Series(labels: some, role: isBad ? .bad(channel: 0) : .good(channel: 0), appearsLate: isBad),
    ]
  }

  // MARK: Distributions

  private func distribution(_ source: DistributionSource, _ objectives: [ObjectiveID]) -> Finding {
    switch source.histogram {
    case .native: return .nothing(reason: "is measured by a native histogram, which no text can write down")
    case .classic: break
    }
    let selector = source.selector.value
    guard selector.isNow, let labels = choice(objectives).series(of: selector) else {
      return .nothing(reason: "has a selector for which no series was found")
    }
    let probes = [true, false].compactMap { isUpperBound in
      probe(of: BucketSelectors(histogram: selector), labels, objectives, isUpperBound: isUpperBound)
    }
    return .found(probes)
  }

  private func probe(
    of buckets: BucketSelectors,
    _ labels: SampleLabels,
    _ objectives: [ObjectiveID],
    isUpperBound: Bool
  ) -> Probe? {
    var byBound: [Rational: [ObjectiveID]] = [:]
    for id in objectives {
      guard case .percentile(_, let comparison, let bound) = catalog[id].measure,
        comparison.isUpperBound == isUpperBound
      else { continue }
      byBound[bound.value.value, default: []].append(id)
    }
    if byBound.isEmpty { return nil }
    // The easiest to miss comes first: whatever misses a later bound misses it too.
    let bounds = byBound.keys.sorted { isUpperBound ? $0 < $1 : $0 > $1 }
    func bucket(_ le: String, _ role: Probe.Role) -> Probe.Series {
      var bucket = labels
      bucket.metric.append("_bucket")
      bucket.labels["le"] = le
      return Probe.Series(labels: bucket, role: role, appearsLate: false)
    }
    var count = labels
    count.metric.append("_count")
    let ends = bounds.enumerated().map { channel, bound in
      bucket(bound.decimalText, isUpperBound ? .good(channel: channel) : .bad(channel: channel))
    }
    return Probe(
      series: ends + [bucket("+Inf", .all), Probe.Series(labels: count, role: .all, appearsLate: false)],
      channels: bounds.map { Probe.Channel(objectives: byBound[$0] ?? []) },
      selectors: [buckets.count, buckets.buckets]
    )
  }
}

extension Query {
  /// The counter, where it is read as of now.
  fileprivate var counterNow: VectorSelector? {
    switch self {
    case .counter(let selector): selector.value.isNow ? selector.value : nil
    case .template: nil
    }
  }
}

extension VectorSelector {
  fileprivate var isNow: Bool { offset == .zero && at == nil && metricName != nil }
}

extension Probe.Series {
  /// Whether selectors that are added up count the series as often as its role says.
  fileprivate func isCounted(by valid: [VectorSelector], _ part: [VectorSelector], _ side: RatioSource.Side) -> Bool {
    let inValid = valid.count { labels.isSelected(by: $0) }
    let inPart = part.count { labels.isSelected(by: $0) }
    switch (role, side) {
    case (.all, _): return inValid == 1 && inPart == 0
    case (.good, .good), (.bad, .bad):
      // Of two metrics the smaller one is not among the valid.
      return inPart == 1 && inValid <= 1
    case (.good, .bad), (.bad, .good): return inValid == 1 && inPart == 0
    }
  }
}
