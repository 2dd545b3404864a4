import DeployGate
import Quantities

/// Observes budgets in a Prometheus, or in what speaks its query API, by what the rules recorded there.
///
/// All that a decision needs comes from three questions, asked at once. Nothing is believed that the server itself doubts:
/// an answer with warnings makes the whole snapshot partial.
package struct ObservationSource: Sendable {
  private let policy: GatePolicy
  private let client: PrometheusClient
  private let limit: TimeSpan

  /// `limit` holds for all questions together, with all their repetitions.
  package init(_ policy: GatePolicy, asking client: PrometheusClient, within limit: TimeSpan = .seconds(30)) {
    self.policy = policy
    self.client = client
    self.limit = limit
  }

  /// The budgets of some objectives, or of all that the policy has.
  ///
  /// What is newest is asked for without a time, so that the source's own clock says when that is: a gate whose clock is
  /// behind finds samples that lie after its now, and refuses them.
  package func snapshot(of objectives: [GateObjective]? = nil, at now: Instant) async throws -> Snapshot {
    let counted = (objectives ?? policy.objectives).filter { $0.measure == .events }
    var snapshot = Snapshot(
      takenAt: now,
      source: "prometheus at \(client.endpoint)",
      isPartial: false,
      warnings: [],
      observations: []
    )
    if counted.isEmpty { return snapshot }
    let queries = ObservationQueries(counted, of: policy)
    let client = client.within(limit)
    let times = queries.historyTimes(before: now)
    async let newest = client.query(queries.newest.description)
    async let spent = client.query(queries.spent.description)
    async let history = client.queryRange(
      queries.history.description,
      from: times.start,
      through: times.end,
      every: times.step
    )
    let answers = try await [newest, spent, history]
    var records = RecordedBudgets(counted, labelNames: policy.labelNames)
    records.add(newest: answers[0].value)
    records.add(spent: answers[1].value)
    records.add(history: answers[2].value)
    let levels = Dictionary(policy.policies.map { ($0.name, $0.levels.map(\.name)) }) { first, _ in first }
    snapshot.observations = counted.flatMap { [records] objective in
      records.observations(
        of: objective,
        levels: objective.policy.flatMap { levels[$0] } ?? [],
        interval: policy.interval
      )
    }
    snapshot.warnings = Set(answers.flatMap(\.warnings)).sorted()
    snapshot.isPartial = answers.contains(where: \.isPartial)
    return snapshot
  }

  /// The same, and where the source is away or out of order a snapshot that says so, which is never the ground of a yes unless
  /// the policy says yes without data. What a caller has to put right is thrown.
  package func snapshotOrGap(of objectives: [GateObjective]? = nil, at now: Instant) async throws -> Snapshot {
    do {
      return try await snapshot(of: objectives, at: now)
    } catch let error as PrometheusError where error.meansMissingData {
      return Snapshot(missing: error, at: now)
    }
  }
}

extension Snapshot {
  /// What is known where a source could not be asked: that everything is missing.
  package init(missing error: PrometheusError, at now: Instant) {
    self.init(
      takenAt: now,
      source: "prometheus at \(error.endpoint)",
      isPartial: true,
      warnings: [error.description],
      observations: []
    )
  }
}
