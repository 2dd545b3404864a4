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
    let probes = probes(for: index.objectiveIDs(of: service), omitting: &plan.omissions)
    let batches = batches(of: probes, whole: plan.omissions.isEmpty)
    for batch in batches {
      plan.tests += CountingTests(batch: batch).tests
      plan.tests.append(LevelTest(batch: batch).test)
      if let burn = BurnTest(batch: batch, rules: rules).test { plan.tests.append(burn) }
    }
    if rules.evaluationGroup(of: service) != nil {
      let name = catalog[service].name.value
      let missed = EvaluationTest(service: name, labelNames: labelNames, interval: timing.interval)
      plan.tests += [missed.test].compactMap(\.self)
    }
    return plan
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
      switch ProbeFinder(catalog: catalog).probes(for: long, on: catalog[indicator]) {
      case .found(let found): probes += found
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
    RuleTestOmission(objective: catalog[objective].fullName, reason: reason)
  }

  /// As few as possible, since every test evaluates all rules of the service.
  private func batches(of probes: [Probe], whole isWhole: Bool) -> [TestBatch] {
    var groups: [[Probe]] = []
    for probe in probes {
      if let fitting = groups.firstIndex(where: { $0.allSatisfy(probe.isApart) }) {
        groups[fitting].append(probe)
      } else {
        groups.append([probe])
      }
    }
    let isAll = isWhole && groups.count == 1
    return groups.map { group in
      TestBatch(
        catalog: catalog,
        timing: timing,
        labelNames: labelNames,
        names: isAll ? nil : group.flatMap { $0.objectives.map { catalog[$0].fullName } },
        probes: group
      )
    }
  }
}
