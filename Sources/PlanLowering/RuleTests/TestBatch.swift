import PlanModel
import PromQL
import Quantities
import SpecCatalog

/// Objectives of one service that one test can look at together, because none reads what another's test makes up.
struct TestBatch: Sendable {
  let catalog: Catalog
  let timing: RuleTiming
  let labelNames: LabelNames
  /// Objectives of the service that the test does not look at.
  let others: [String]
  let probes: [Probe]
  /// The time between two evaluations, and how many samples there are in it.
  let step: TimeSpan
  let samples: Int
  /// In the order of their names.
  let subjects: [Subject]
  let signals: ExclusionSignals
  private let sampleInterval: TimeSpan
  /// How many samples before an evaluation counters have to move for it to see that: rules leave scrapes time to arrive.
  private let arrival: Int
  /// Evaluations in the beginning that see nothing yet, where scrapes take longer than an evaluation.
  private let lead: Int

  init(
    catalog: Catalog,
    timing: RuleTiming,
    labelNames: LabelNames,
    others: [String],
    probes: [Probe],
    step: TimeSpan,
    samples: Int = 1
  ) {
    self.catalog = catalog
    self.timing = timing
    self.labelNames = labelNames
    self.others = others
    self.probes = probes
    self.step = step
    self.samples = samples
    subjects = probes.enumerated().flatMap { probe in
      probe.element.channels.enumerated().flatMap { channel in
        channel.element.objectives.map { id in
          Subject(
            objective: catalog[id],
            id: id,
            probe: probe.offset,
            channel: channel.offset,
            split: probe.element.split.filter { pair in catalog[id].splitBy.contains { $0.value == pair.name } },
            countsTime: probe.element.slice != nil,
            exclusions: catalog[catalog[id].indicator].excluding.map(\.value)
          )
        }
      }
    }.sorted { ($0.name, $0.probe) < ($1.name, $1.probe) }
    signals = ExclusionSignals(subjects.flatMap(\.exclusions), in: catalog)
    sampleInterval = step * Rational(numerator: 1, denominator: Int128(samples))
    arrival = (timing.arrival / sampleInterval).ceiling
    lead = max(0, (arrival + samples - 1) / samples - 1)
  }

  /// The same at another pace.
  func every(_ step: TimeSpan, samples: Int) -> TestBatch {
    TestBatch(
      catalog: catalog,
      timing: timing,
      labelNames: labelNames,
      others: others,
      probes: probes,
      step: step,
      samples: samples
    )
  }

  /// An objective, or its part for one value of the labels that split it, and where its events are.
  struct Subject: Sendable {
    let objective: Objective
    let id: ObjectiveID
    let probe: Int
    let channel: Int
    let split: [LabelPair]
    let countsTime: Bool
    let exclusions: [ExclusionID]

    var budget: ErrorBudget { objective.target.value.errorBudget }
    var window: TimeSpan { objective.window.value.nominalLength }
    var name: String { objective.fullName }
  }

  /// No traffic yet.
  var quiet: [Traffic] { probes.map { Traffic(of: $0) } }

  // MARK: Series

  func test(
    _ name: String,
    _ traffic: [Traffic],
    disturbed: Disturbance = Disturbance(),
    excluded: [ExclusionID: Int] = [:],
    checks: [RuleCheck]
  ) -> RuleTest {
    let length = traffic.map(\.length).max() ?? 0
    let scraped = zip(probes, traffic).flatMap { $1.samples(of: $0, disturbed: disturbed) }
    return RuleTest(
      name: name,
      interval: sampleInterval,
      series: targets(length).map { spread($0, before: 0) }
        + scraped.map { spread($0.series, before: $0.isCounter ? arrival : 0) }
        + (signals.series(length, excluded) + periods(length)).map { spread($0, before: 0) },
      checks: checks
    )
  }

  /// With samples between evaluations: everything happens so many samples before an evaluation.
  private func spread(_ series: TestSeries, before samplesBefore: Int) -> TestSeries {
    let values = series.values.samples
    let last = values.count - 1
    var spread = series
    spread.values = SampleRuns(
      (0...((last + lead) * samples)).map { sample in
        values[min(max((sample + samplesBefore) / samples - lead, 0), last)]
      }
    )
    return spread
  }

  private func targets(_ length: Int) -> [TestSeries] {
    let targets = probes.reduce(into: Set<SampleLabels>()) { $0.formUnion($1.targets) }
    return targets.map { target in
      TestSeries(metric: target.metric, labels: target.pairs, values: Array(repeating: 1, count: length))
    }.sorted { "\($0.labels)" < "\($1.labels)" }
  }

  /// The start of the running period, which the rules of the workspace record elsewhere.
  private func periods(_ length: Int) -> [TestSeries] {
    var starts: [PeriodStart] = []
    for objective in subjects.map(\.objective) {
      guard case .calendar(let period, let zone) = objective.window.value else { continue }
      let start = PeriodStart(period: period, zone: zone)
      if !starts.contains(start) { starts.append(start) }
    }
    return starts.map { start in
      TestSeries(
        metric: RecordName.periodStart.rawValue,
        labels: [
          LabelPair(PeriodStart.periodLabel, start.period.rawValue), LabelPair(PeriodStart.zoneLabel, start.zone),
        ],
        values: Array(repeating: 0, count: length)
      )
    }
  }

  func time(_ interval: Int) -> TimeSpan { step * Rational(interval + lead) }
}

// MARK: - Checks

extension TestBatch {
  /// A recorded series of each objective, for each value of the labels that split it.
  func checks(
    _ record: RecordName,
    at interval: Int,
    of subjects: [Subject],
    _ value: (Subject) -> PromQLNumber
  ) -> [RuleCheck] {
    bySplit(subjects).map { names, subjects in
      let sum = PromQLExpression.sum(selector(record.rawValue, of: subjects), by: [labelNames.slo] + names)
      return check(sum, at: interval, of: subjects, value)
    }
  }

  /// The same, rounded to a thousandth; of values half-way between two, nobody knows where they are rounded to.
  func roundedChecks(
    _ record: RecordName,
    at interval: Int,
    of subjects: [Subject],
    _ value: (Subject) -> Rational
  ) -> [RuleCheck] {
    let clear = subjects.filter { subject in
      let thousandths = value(subject) * 1_000
      let remainder = thousandths - Rational(thousandths.floor)
      return (remainder - Rational(numerator: 1, denominator: 2)).magnitude > Rational(numerator: 1, denominator: 1_000)
    }
    return bySplit(clear).map { names, subjects in
      let sum = PromQLExpression.sum(selector(record.rawValue, of: subjects), by: [labelNames.slo] + names)
      return check(.call(.round, sum, 0.001), at: interval, of: subjects) { subject in
        PromQLNumber((value(subject) * 1_000).roundedHalfEven, places: 3)
      }
    }
  }

  private func check(
    _ query: PromQLExpression,
    at interval: Int,
    of subjects: [Subject],
    _ value: (Subject) -> PromQLNumber
  ) -> RuleCheck {
    RuleCheck(
      time: time(interval),
      query: query,
      expected: subjects.map { ExpectedSample(labels: labels(of: $0), value: value($0)) }
    )
  }

  /// What names the subject in checks.
  func labels(of subject: Subject) -> [LabelPair] {
    [LabelPair(labelNames.slo, subject.name)] + subject.split
  }

  /// Subjects that are split by the same labels; those that are not split first.
  func bySplit(_ subjects: [Subject]) -> [(names: [String], subjects: [Subject])] {
    Dictionary(grouping: subjects) { $0.split.map(\.name) }
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .map { ($0.key, $0.value) }
  }

  func selector(_ metric: String, of subjects: [Subject], _ more: [LabelMatcher] = []) -> PromQLExpression {
    .selector(VectorSelector(metric, more + matchers(of: subjects)))
  }

  /// None where the subjects are all that there is; the shorter of those that are and those that are not looked at.
  private func matchers(of subjects: [Subject]) -> [LabelMatcher] {
    let looked = Set(subjects.map(\.name)).sorted()
    let unlooked = Set(self.subjects.map(\.name) + others).subtracting(looked).sorted()
    if unlooked.isEmpty { return [] }
    let isShort = looked.count <= unlooked.count
    let names = isShort ? looked : unlooked
    guard names.count > 1 else {
      return isShort ? [.equal(labelNames.slo, names[0])] : [.notEqual(labelNames.slo, names[0])]
    }
    let pattern = LabelMatcher.pattern(ofAny: names)
    return isShort ? [.matches(labelNames.slo, pattern)] : [.doesNotMatch(labelNames.slo, pattern)]
  }

  /// That no burn alert is firing.
  func noBurnAlert(at interval: Int, of subjects: [Subject]) -> RuleCheck {
    RuleCheck(
      time: time(interval),
      query: .count(
        selector(
          "ALERTS",
          of: subjects,
          [.equal("alertname", BurnAlertRules.alertName), .equal("alertstate", "firing")]
        )
      ),
      expected: []
    )
  }

  // MARK: Arithmetic

  /// `1 - bad / (E × total)`; with no budget at all, the first failure takes everything.
  static func remaining(_ subject: Subject, _ traffic: Traffic, at interval: Int) -> Rational {
    let bad = Rational(traffic.bad[subject.channel][interval])
    let total = Rational(traffic.total[interval])
    if subject.budget.isEmpty { return bad.isZero ? .one : .zero }
    return subject.budget.remaining(after: bad, of: total) ?? .one
  }
}

/// Made-up gauges that bring about what does not count.
struct ExclusionSignals: Sendable {
  /// In the order of their declaration; without those that no single metric brings about.
  let known: [(id: ExclusionID, signal: StateSignal)]

  init(_ exclusions: [ExclusionID], in catalog: Catalog) {
    known = Set(exclusions).sorted { $0.index < $1.index }.compactMap { id in
      catalog[id].when.flatMap { StateSignal($0.value) }.map { (id, $0) }
    }
  }

  /// Each of them on at one evaluation.
  func series(_ length: Int, _ excluded: [ExclusionID: Int]) -> [TestSeries] {
    known.map { id, signal in
      let values = (0..<length).map { excluded[id] == $0 ? signal.on : signal.off }
      return TestSeries(metric: signal.labels.metric, labels: signal.labels.pairs, values: values)
    }.filter(\.values.hasSamples)
  }
}

extension PromQLNumber {
  /// Events, of which no test has so many that a float would not hold them.
  init(events: Int) { self.init(Double(events)) }
}
