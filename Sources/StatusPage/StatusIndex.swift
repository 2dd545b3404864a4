import DeployGate
import PlanModel
import Quantities

/// A status with what its sections look up in it, found once.
struct StatusIndex {
  let status: GateStatus
  let subjects: [StatusSubject]
  /// The budgets that count for anything, worst first.
  let budgets: [BudgetDecision]
  private let answers: [Question: GateDecision]
  private let objectives: [String: GateObjective]
  private let journeys: [String: GateJourney]
  private let policies: [String: PolicyPlan]

  private struct Question: Hashable {
    let subject: String
    let change: String
  }

  init(_ status: GateStatus) {
    self.status = status
    let parts = status.parts.map(\.policy)
    subjects = parts.flatMap(\.statusSubjects)
    objectives = Dictionary(parts.flatMap(\.objectives).map { ($0.name.text, $0) }) { first, _ in
      first
    }
    journeys = Dictionary(parts.flatMap(\.journeys).map { ($0.name, $0) }) { first, _ in first }
    policies = Dictionary(parts.flatMap(\.policies).map { ($0.name, $0) }) { first, _ in first }
    answers = Dictionary(
      status.decisions.map { (Question(subject: $0.subject, change: $0.request.change), $0) }
    ) { first, _ in first }
    var found: [BudgetName: BudgetDecision] = [:]
    for budget in status.decisions.flatMap(\.budgets)
    where found[budget.budget]?.dependency != nil || found[budget.budget] == nil {
      found[budget.budget] = budget
    }
    let levels = policies.mapValues(\.levels.count)
    budgets = found.values.map { (budget: $0, mark: Mark($0, levels: levels[$0.policy] ?? 1)) }
      .sorted {
        ($1.mark.urgency, $0.budget.budget) < ($0.mark.urgency, $1.budget.budget)
      }.map(\.budget)
  }

  var now: Instant { status.now }

  /// All change classes, in the order in which subjects declare them.
  var changes: [String] {
    var seen: Set<String> = []
    return subjects.flatMap(\.changes).filter { seen.insert($0).inserted }
  }

  func decision(for subject: StatusSubject, _ change: String) -> GateDecision? {
    answers[Question(subject: subject.name, change: change)]
  }

  func mark(of budget: BudgetDecision) -> Mark {
    Mark(budget, levels: policies[budget.policy]?.levels.count ?? 1)
  }

  func policy(of budget: BudgetDecision) -> PolicyPlan? { policies[budget.policy] }

  func objective(of budget: BudgetName) -> GateObjective? { objectives[budget.name] }

  func title(of budget: BudgetName) -> String {
    let objective = objectives[budget.name]
    let journey = objective.flatMap {
      $0.name.journey.flatMap { journeys["\(objective?.name.service ?? "")/\($0)"]?.title }
    }
    let own = objective?.title ?? journeys[budget.name]?.title ?? budget.name
    let title = [journey, own].compactMap(\.self).joined(separator: ": ")
    if budget.labels.isEmpty { return title }
    return "\(title) (\(budget.labels.map { "\($0.name) \($0.value)" }.joined(separator: ", ")))"
  }

  /// The objectives that no policy rules, so that nothing that happens to them holds anything back.
  var unruled: [String] { objectives.values.filter { $0.policy == nil }.map(\.name.text).sorted() }

  /// Whether every part has data to judge by.
  var isObserved: Bool { status.parts.allSatisfy { $0.snapshot != nil } }
}

extension Mark {
  fileprivate var urgency: Int {
    switch self {
    case .bad: 3
    case .unknown: 2
    case .caution: 1
    case .good: 0
    }
  }
}

extension BudgetStatus {
  /// What is wrong with the data, for people; nil where they are as they should be.
  var problem: String? {
    switch self {
    case .measured, .attested: nil
    case .noSeries: "no series"
    case .stale(let age): "stale for \(age.roughText)"
    case .partial: "partial data"
    case .telemetryLost: "no telemetry"
    case .noTraffic: "no traffic"
    case .notAttested: "statement lapsed"
    }
  }

  /// The kind of trouble, at the head of a sentence.
  var kind: String {
    switch self {
    case .measured: "Measured"
    case .attested: "Attested"
    case .noSeries: "No series"
    case .stale: "Stale data"
    case .partial: "Partial data"
    case .telemetryLost: "No telemetry"
    case .noTraffic: "No traffic"
    case .notAttested: "Statement lapsed"
    }
  }
}
