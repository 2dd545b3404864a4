import PlanModel
import PromQL
import Quantities
import SpecCatalog

/// Objectives of one service that one test can look at together, because none reads what another's test makes up.
struct TestBatch: Sendable {
  let catalog: Catalog
  let timing: RuleTiming
  let labelNames: LabelNames
  /// The names to look at; nil for all that the service has.
  let names: [String]?
  let probes: [Probe]
  /// In the order of their names.
  let subjects: [Subject]

  init(catalog: Catalog, timing: RuleTiming, labelNames: LabelNames, names: [String]?, probes: [Probe]) {
    self.catalog = catalog
    self.timing = timing
    self.labelNames = labelNames
    self.names = names
    self.probes = probes
    subjects = probes.enumerated().flatMap { probe in
      probe.element.channels.enumerated().flatMap { channel in
        channel.element.objectives.map { id in
          Subject(objective: catalog[id], id: id, probe: probe.offset, channel: channel.offset)
        }
      }
    }.sorted { $0.name < $1.name }
  }

  /// An objective and where its events are.
  struct Subject: Sendable {
    let objective: Objective
    let id: ObjectiveID
    let probe: Int
    let channel: Int

    var budget: ErrorBudget { objective.target.value.errorBudget }
    var window: TimeSpan { objective.window.value.nominalLength }
    var name: String { objective.fullName }
  }

  var interval: TimeSpan { timing.interval }

  /// No traffic yet.
  var quiet: [Traffic] { probes.map { Traffic(channels: $0.channels.count) } }

  // MARK: Series

  func series(_ traffic: [Traffic], disturbed: Disturbance = Disturbance()) -> [TestSeries] {
    let length = traffic.map(\.length).max() ?? 0
    return targets(length) + zip(probes, traffic).flatMap { $1.samples(of: $0, disturbed: disturbed) } + periods(length)
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

  // MARK: Checks

  /// A recorded series of each objective, added up over whatever splits it.
  func check(
    _ record: RecordName,
    at interval: Int,
    of subjects: [Subject],
    _ value: (Subject) -> PromQLNumber
  ) -> RuleCheck {
    check(.sum(selector(record.rawValue, of: subjects), by: [labelNames.slo]), at: interval, of: subjects, value)
  }

  /// The same, rounded to a thousandth; of values half-way between two, nobody knows where they are rounded to.
  func roundedCheck(
    _ record: RecordName,
    at interval: Int,
    of subjects: [Subject],
    _ value: (Subject) -> Rational
  ) -> RuleCheck {
    let clear = subjects.filter { subject in
      let thousandths = value(subject) * 1_000
      let remainder = thousandths - Rational(thousandths.floor)
      return (remainder - Rational(numerator: 1, denominator: 2)).magnitude > Rational(numerator: 1, denominator: 1_000)
    }
    let sum = PromQLExpression.sum(selector(record.rawValue, of: clear), by: [labelNames.slo])
    return check(.call(.round, sum, 0.001), at: interval, of: clear) { subject in
      PromQLNumber((value(subject) * 1_000).roundedHalfEven, places: 3)
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
      expected: subjects.map { subject in
        ExpectedSample(labels: [LabelPair(labelNames.slo, subject.name)], value: value(subject))
      }
    )
  }

  func selector(_ metric: String, of subjects: [Subject], _ more: [LabelMatcher] = []) -> PromQLExpression {
    .selector(VectorSelector(metric, more + matchers(of: subjects)))
  }

  /// None where the subjects are all that there is.
  private func matchers(of subjects: [Subject]) -> [LabelMatcher] {
    let looked = subjects.map(\.name)
    if names == nil, looked.count == self.subjects.count { return [] }
    return looked.count == 1
      ? [.equal(labelNames.slo, looked[0])]
      : [.matches(labelNames.slo, looked.map(escapedForRegex).joined(separator: "|"))]
  }

  func time(_ interval: Int) -> TimeSpan { self.interval * Rational(interval) }

  // MARK: Arithmetic

  /// `1 - bad / (E × total)`; with no budget at all, the first failure takes everything.
  static func remaining(_ subject: Subject, _ traffic: Traffic, at interval: Int) -> Rational {
    let bad = Rational(traffic.bad[subject.channel][interval])
    let total = Rational(traffic.total[interval])
    if subject.budget.isEmpty { return bad.isZero ? .one : .zero }
    return subject.budget.remaining(after: bad, of: total) ?? .one
  }
}

extension PromQLNumber {
  /// Events, of which no test has so many that a float would not hold them.
  init(events: Int) { self.init(Double(events)) }
}
