import PlanModel
import PromQL
import Quantities
import SpecCatalog

/// Makes up series for an indicator, or says why it cannot.
struct ProbeFinder {
  let catalog: Catalog

  enum Finding {
    case found([Probe])
    case nothing(reason: String)
  }

  func probes(for objectives: [ObjectiveID], on indicator: IndicatorID) -> Finding {
    switch catalog[indicator].kind {
    case .ratio(let source): return ratio(source, objectives, indicator)
    case .distribution(let source): return distribution(source, objectives, indicator)
    case .time(let source): return time(source, objectives, indicator)
    case .gauge(let source): return gauge(source, objectives, indicator)
    case .attested: return .nothing(reason: "is a statement, which no metric shows")
    }
  }

  /// One way to choose labels, and a second where all objectives are split alike: what fails in one part must not show in
  /// the other.
  private func choices(_ objectives: [ObjectiveID]) -> [LabelChoice] {
    let splits = Set(objectives.map { catalog[$0].splitBy.map(\.value).sorted() })
    let needed = Set(splits.flatMap { $0 }).sorted()
    let isAlike = splits.count == 1 && !needed.isEmpty
    return (isAlike ? [0, 1] : [0]).map { LabelChoice(needed: needed, variant: $0) }
  }

  /// The probe in one part of a split.
  private func part(_ probe: Probe, _ choice: LabelChoice) -> Probe {
    var probe = probe
    probe.isFaultless = choice.variant > 0
    probe.split = choice.needed.map { label in LabelPair(label, probe.series.first?.labels[label] ?? "") }
    return probe
  }

  // MARK: Ratios

  private func ratio(
    _ source: RatioSource,
    _ objectives: [ObjectiveID],
    _ indicator: IndicatorID
  ) -> Finding {
    let valid = source.valid.compactMap(\.counterNow)
    let part = source.numerator.compactMap(\.counterNow)
    guard valid.count == source.valid.count, part.count == source.numerator.count, let part0 = part.first,
      let valid0 = valid.first(where: { $0.metricName == part0.metricName }) ?? valid.first
    else { return .nothing(reason: "is counted by a query of its own, and nothing tells what it reads") }
    let probes = choices(objectives).compactMap { choice -> Probe? in
      let series =
        part0.metricName == valid0.metricName
        ? sides(of: valid0, part0, source.side, choice) : apart(valid0, part0, source.side, choice)
      guard let series, series.allSatisfy({ $0.isCounted(by: valid, part, source.side) }) else { return nil }
      let channel = Probe.Channel(objectives: objectives)
      let probe = Probe(indicator: indicator, series: series, channels: [channel], selectors: valid + part)
      return self.part(probe, choice)
    }
    if probes.isEmpty {
      return .nothing(reason: "has selectors for which no pair of series, one good and one bad, was found")
    }
    return .found(probes)
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
      Probe.Series(labels: good, role: .good(channel: 0)),
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
      Probe.Series(labels: all, role: .all),
      Probe.Series(labels: some, role: isBad ? .bad(channel: 0) : .good(channel: 0), appearsLate: isBad),
    ]
  }

  // MARK: Distributions

  private func distribution(
    _ source: DistributionSource,
    _ objectives: [ObjectiveID],
    _ indicator: IndicatorID
  ) -> Finding {
    switch source.histogram {
    case .native: return .nothing(reason: "is measured by a native histogram, which promtool has no notation for")
    case .classic: break
    }
    let selector = source.selector.value
    let probes = choices(objectives).flatMap { choice -> [Probe] in
      guard selector.isNow, let labels = choice.series(of: selector) else { return [] }
      return [true, false].compactMap { isUpperBound in
        let buckets = BucketSelectors(histogram: selector)
        return probe(of: buckets, labels, objectives, indicator, isUpperBound: isUpperBound).map { part($0, choice) }
      }
    }
    if probes.isEmpty { return .nothing(reason: "has a selector for which no series was found") }
    return .found(probes)
  }

  private func probe(
    of buckets: BucketSelectors,
    _ labels: SampleLabels,
    _ objectives: [ObjectiveID],
    _ indicator: IndicatorID,
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
      return Probe.Series(labels: bucket, role: role)
    }
    var count = labels
    count.metric.append("_count")
    let ends = bounds.enumerated().map { channel, bound in
      bucket(bound.decimalText, isUpperBound ? .good(channel: channel) : .bad(channel: channel))
    }
    return Probe(
      indicator: indicator,
      series: ends + [bucket("+Inf", .all), Probe.Series(labels: count, role: .all)],
      channels: bounds.map { Probe.Channel(objectives: byBound[$0] ?? []) },
      selectors: [buckets.count, buckets.buckets]
    )
  }

  // MARK: Time

  /// Of the conditions of downtime, the first that a gauge can bring about; the others stay as they are without any.
  private func time(_ source: TimeSource, _ objectives: [ObjectiveID], _ indicator: IndicatorID) -> Finding {
    let signal = source.downWhen.lazy.compactMap { condition -> StateSignal? in
      switch condition {
      case .query(let query, sustained: .zero): StateSignal(query.value)
      case .query, .condition: nil
      }
    }.first
    guard let signal else {
      return .nothing(reason: "is down by conditions none of which a single metric brings about")
    }
    var avoided: Set<IndicatorID> = []
    for case .condition(let condition) in source.downWhen {
      avoided.formUnion(condition.comparisons.compactMap(\.measure.avoided))
    }
    return state(signal, objectives, indicator, avoided)
  }

  private func gauge(_ source: GaugeSource, _ objectives: [ObjectiveID], _ indicator: IndicatorID) -> Finding {
    guard let first = objectives.first, case .value(let good, let bound) = catalog[first].measure,
      objectives.allSatisfy({ catalog[$0].splitBy.isEmpty && catalog[$0].bound?.value.value == bound.value.value }),
      let signal = StateSignal(source, good: good, bound: bound.value.value)
    else { return .nothing(reason: "is measured by a gauge for which no values were found") }
    return state(signal, objectives, indicator, [])
  }

  /// A gauge that is judged once in an interval.
  private func state(
    _ signal: StateSignal,
    _ objectives: [ObjectiveID],
    _ indicator: IndicatorID,
    _ avoided: Set<IndicatorID>
  ) -> Finding {
    let seconds = catalog.settings.interval.seconds
    guard seconds.isWhole else { return .nothing(reason: "is counted in slices of no whole seconds") }
    let series = Probe.Series(labels: signal.labels, role: .state(bad: signal.on, good: signal.off))
    var probe = Probe(
      indicator: indicator,
      series: [series],
      channels: [Probe.Channel(objectives: objectives)],
      selectors: [VectorSelector(signal.labels.metric, [])]
    )
    probe.slice = seconds.floor
    probe.avoided = avoided
    return .found([probe])
  }
}

extension AlertMeasure {
  /// The indicator whose traffic could make the measure cross its bound, unless it keeps below a share of failures.
  fileprivate var avoided: IndicatorID? {
    switch self {
    case .failureRatio, .successRatio, .burnRate, .budgetRemaining: nil
    case .failures(let indicator, _), .events(let indicator), .percentile(let indicator, _), .value(let indicator),
      .rate(let indicator):
      indicator
    }
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
    case (.state, _): return false
    }
  }
}
