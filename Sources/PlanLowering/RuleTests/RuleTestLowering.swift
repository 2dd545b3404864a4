import PlanModel
import PromQL
import Quantities
import SpecCatalog

/// Makes the tests that come with the rules of a service.
///
/// Metrics are made up from the selectors of the indicators. What the rules have to say of them follows from the events
/// made up, the target, the window and the policy, by the arithmetic of budgets: nothing is read off the rules.
struct RuleTestLowering: Sendable {
  let index: CatalogIndex
  let rules: RuleLowering
  private let timing: RuleTiming
  private let labelNames: LabelNames

  init(index: CatalogIndex, rules: RuleLowering) {
    self.index = index
    self.rules = rules
    timing = RuleTiming(index.catalog.settings)
    labelNames = index.labelNames
  }

  private var catalog: Catalog { index.catalog }

  func plan(of service: ServiceID) -> RuleTestPlan {
    var plan = RuleTestPlan()
    let objectives = index.objectiveIDs(of: service)
    let batches = batches(of: probes(for: objectives, omitting: &plan.omissions), among: objectives)
    let paces = paces(of: batches)
    func suite(_ name: String?, _ summary: String, _ step: TimeSpan, _ tests: [RuleTest]) {
      if !tests.isEmpty { plan.suites.append(RuleTestSuite(name: name, summary: summary, step: step, tests: tests)) }
    }
    suite(
      nil,
      "What is counted, what is left of budgets, and the levels of policies",
      timing.interval,
      batches.flatMap { [CountingTests(batch: $0).test, LevelTest(batch: $0).test] }
    )
    suite(
      "pages",
      "Alerts that look at minutes, evaluated as often as their shortest window needs",
      paces.short,
      batches.compactMap { batch in
        let batch = batch.every(paces.short, samples: samples(in: paces.short))
        return BurnTest(batch: batch, rules: rules) { $0.shortWindow < Self.coarse * 2 }.test
      }
    )
    suite(
      "tickets",
      "Alerts that look at hours and days, evaluated seldom",
      Self.coarse,
      batches.compactMap { batch in
        let batch = batch.every(Self.coarse, samples: samples(in: Self.coarse))
        return BurnTest(batch: batch, rules: rules) { $0.shortWindow >= Self.coarse * 2 }.test
      } + missedEvaluations(of: service, objectives)
    )
    suite(
      "signals",
      "Alerts that compare with yesterday and a week ago, over ledgers that were recorded then",
      SignalTests.step,
      batches.flatMap { SignalTests(batch: $0.every(SignalTests.sample, samples: 1), rules: rules).tests }
    )
    return plan
  }

  /// Seldom, and still twice within the short windows of alerts that look at hours, and within the day for which ledgers
  /// are remembered.
  private static let coarse = TimeSpan.minutes(15)

  private func missedEvaluations(of service: ServiceID, _ objectives: [ObjectiveID]) -> [RuleTest] {
    if rules.evaluationGroup(of: service) == nil { return [] }
    // A split objective has no beginning before its first event, and of these there are none here.
    let whole = objectives.filter { catalog[$0].splitBy.isEmpty }
    let missed = EvaluationTest(
      service: catalog[service].name.value,
      labelNames: labelNames,
      interval: timing.interval,
      step: Self.coarse,
      beats: whole.flatMap { rules.groups(for: $0) }.flatMap(\.rules).compactMap(EvaluationTest.beat)
    )
    return [missed.test].compactMap(\.self)
  }

  /// One in each interval at least, for what an evaluation adds is what came within the last one; and whole milliseconds
  /// apart, the finest that promtool knows.
  private func samples(in step: TimeSpan) -> Int {
    let least = (step / timing.interval).ceiling
    return (least...(least * 10)).first { step.microseconds.isMultiple(of: Int64($0) * 1_000) } ?? least
  }

  /// Two evaluations at least in the shortest window of any alert that looks at minutes.
  private func paces(of batches: [TestBatch]) -> (short: TimeSpan, coarse: TimeSpan) {
    let shorts = batches.flatMap { batch in
      batch.subjects.flatMap { rules.burnAlerts(for: $0.id).map(\.shortWindow) }
    }
    let half = (shorts.min() ?? timing.reach) * Rational(numerator: 1, denominator: 2)
    return (max(timing.interval, timing.interval * Rational((half / timing.interval).floor)), Self.coarse)
  }

  /// Series for the objectives, indicator by indicator.
  private func probes(for objectives: [ObjectiveID], omitting omissions: inout [RuleTestOmission]) -> [Probe] {
    var probes: [Probe] = []
    var seen: Set<IndicatorID> = []
    for indicator in objectives.map({ catalog[$0].indicator }) where seen.insert(indicator).inserted {
      let all = objectives.filter { catalog[$0].indicator == indicator }
      let (long, short) = (all.filter(isLong), all.filter { !isLong($0) })
      omissions += short.map { omission($0, "has a window shorter than a test") }
      if long.isEmpty { continue }
      switch ProbeFinder(catalog: catalog).probes(for: long, on: indicator) {
      case .found(let found):
        let share = greatestBadShare(of: indicator)
        probes += found.map { probe in
          var probe = probe
          probe.greatestBadShare = share
          return probe
        }
      case .nothing(let reason): omissions += long.map { omission($0, reason) }
      }
    }
    return probes
  }

  /// Whether nothing that a test counts falls out of the window while it runs.
  private func isLong(_ objective: ObjectiveID) -> Bool {
    catalog[objective].window.value.nominalLength >= max(.hours(4), timing.interval * 60)
  }

  private func omission(_ objective: ObjectiveID, _ reason: String) -> RuleTestOmission {
    RuleTestOmission(subject: catalog[objective].fullName, reason: reason)
  }

  /// As few as possible, since every test evaluates all rules of the service.
  private func batches(of probes: [Probe], among objectives: [ObjectiveID]) -> [TestBatch] {
    var groups: [[Probe]] = []
    for probe in probes {
      if let fitting = groups.firstIndex(where: { $0.allSatisfy(probe.isApart) }) {
        groups[fitting].append(probe)
      } else {
        groups.append([probe])
      }
    }
    return groups.map { group in
      let looked = Set(group.flatMap(\.objectives))
      return TestBatch(
        catalog: catalog,
        timing: timing,
        labelNames: labelNames,
        others: objectives.filter { !looked.contains($0) }.map { catalog[$0].fullName },
        probes: group,
        step: timing.interval
      )
    }
  }
}

// MARK: - Downtime by failures

extension RuleTestLowering {
  /// How large a share of an indicator's events may fail without any objective being down for it: a fifth less than the
  /// least share that a condition of downtime names.
  private func greatestBadShare(of indicator: IndicatorID) -> Double {
    let bounds = catalog.indicators.flatMap { other -> [Double] in
      guard case .time(let source) = other.kind else { return [] }
      return source.downWhen.flatMap { condition -> [Double] in
        guard case .condition(let condition) = condition else { return [] }
        return condition.comparisons.compactMap { $0.leastBadShare(of: indicator) }
      }
    }
    return min(0.98, (bounds.min() ?? 1) * 0.8)
  }
}

extension AlertComparison {
  /// The share of an indicator's events from which on, failing, they make the comparison hold; nil for one of another.
  fileprivate func leastBadShare(of indicator: IndicatorID) -> Double? {
    guard case .ratio(let bound) = bound.value else { return nil }
    switch measure {
    case .failureRatio(indicator, _): return bound.fraction.doubleValue
    case .successRatio(indicator, _): return 1 - bound.fraction.doubleValue
    case .failureRatio, .successRatio, .failures, .events, .percentile, .value, .rate, .burnRate, .budgetRemaining:
      return nil
    }
  }
}
