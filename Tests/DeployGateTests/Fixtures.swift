import PlanModel
import Quantities
import Testing

@testable import DeployGate

/// The moment at which all questions are asked, a Thursday noon.
let now = instant("2026-10-01T12:00:00Z")

func instant(_ text: String) -> Instant {
  do { return try Instant(reading: text) } catch { preconditionFailure("\(error)") }
}

func date(_ text: String) -> CalendarDate {
  do { return try CalendarDate(reading: text) } catch { preconditionFailure("\(error)") }
}

func ratio(_ text: String) -> Ratio {
  do { return try Ratio(reading: text) } catch { preconditionFailure("\(error)") }
}

func target(_ text: String) -> Target {
  do { return try Target(reading: text) } catch { preconditionFailure("\(error)") }
}

func bound(_ comparison: Comparison, _ text: String) -> RemainingBound {
  RemainingBound(comparison: comparison, bound: ratio(text))
}

// MARK: - Policies

let allChanges = ["feature", "experiment", "bugfix", "critical-fix"]

extension LevelPlan {
  static func make(
    _ name: String,
    enter: RemainingBound?,
    leave: RemainingBound? = nil,
    allow: [String],
    approve: [String] = [],
    cap: String? = nil,
    actions: [String] = [],
    exit: [String] = []
  ) -> LevelPlan {
    LevelPlan(
      name: name,
      enter: enter,
      leave: leave,
      allowed: allow,
      approved: approve,
      rolloutCap: cap.map(ratio),
      actions: actions,
      exit: exit,
      guidance: []
    )
  }
}

/// Three levels: everything above 50%; approval for features and a cap of 25% at or below; critical fixes below 10%, until
/// more than 30% remains and two items are signed off.
func budgetPolicy(
  _ name: String = "studio/budget",
  withoutData: WithoutDataPlan? = WithoutDataPlan(after: .minutes(15), answer: .freeze)
) -> PolicyPlan {
  PolicyPlan(
    name: name,
    title: "Budget",
    changes: allChanges,
    levels: [
      .make("healthy", enter: bound(.greater, "50%"), allow: allChanges),
      .make(
        "low",
        enter: bound(.lessOrEqual, "50%"),
        allow: ["bugfix", "critical-fix"],
        approve: ["feature"],
        cap: "25%",
        actions: ["increase-monitoring"]
      ),
      .make(
        "exhausted",
        enter: bound(.less, "10%"),
        leave: bound(.greater, "30%"),
        allow: ["critical-fix"],
        actions: ["war-room daily"],
        exit: ["root-causes-addressed", "runbooks-updated"]
      ),
    ],
    withoutData: withoutData
  )
}

func objective(
  _ name: String,
  target text: String = "99%",
  window: TimeWindow = .rolling(.days(30)),
  splitBy: [String] = [],
  policy: String? = "studio/budget",
  measure: GateObjective.Measure = .events
) -> GateObjective {
  let parts = name.split(separator: "/").map(String.init)
  return GateObjective(
    name: ObjectiveName(
      service: parts[0],
      journey: parts.count == 3 ? parts[1] : nil,
      objective: parts[parts.count - 1]
    ),
    title: parts[parts.count - 1],
    owner: "team",
    target: target(text),
    window: window,
    splitBy: splitBy,
    policy: policy,
    measure: measure
  )
}

func service(_ name: String, dependsOn dependencies: [GateDependency] = []) -> GateService {
  GateService(
    name: name,
    title: name,
    owner: "team",
    rolloutStages: ["5%", "25%", "100%"].map(ratio),
    dependencies: dependencies
  )
}

func journey(_ name: String, _ objectives: [GateObjective], weights: [Rational] = []) -> GateJourney {
  GateJourney(
    name: name,
    service: String(name.prefix { $0 != "/" }),
    title: name,
    owner: "team",
    objectives: objectives.map(\.name),
    weights: zip(objectives, weights).map { ObjectiveWeight(objective: $0.name, weight: $1) }
  )
}

func gatePolicy(
  services: [GateService] = [service("studio")],
  journeys: [GateJourney] = [],
  objectives: [GateObjective] = [objective("studio/availability")],
  policies: [PolicyPlan] = [budgetPolicy()],
  overrides: [OverridePlan] = [],
  signoffs: [SignoffPlan] = [],
  freezes: [FreezePlan] = []
) -> GatePolicy {
  GatePolicy(
    workspace: "Studio",
    identity: String(repeating: "ab", count: 32),
    interval: .seconds(30),
    labelNames: LabelNames(),
    services: services,
    journeys: journeys,
    objectives: objectives,
    policies: policies,
    overrides: overrides,
    signoffs: signoffs,
    freezes: freezes,
    zones: ["Europe/Berlin": berlin]
  )
}

/// The clocks of Berlin around the moment of the questions.
let berlin = TimeZoneRules(
  offset: 3_600,
  changes: [
    .init(at: instant("2026-03-29T01:00:00Z"), offset: 7_200),
    .init(at: instant("2026-10-25T01:00:00Z"), offset: 3_600),
    .init(at: instant("2027-03-28T01:00:00Z"), offset: 7_200),
  ]
)

func freeze(
  _ windows: FreezePlan.Window...,
  for scope: String = "studio",
  allow: [String] = [],
  reason: String = "nobody is on call"
) -> FreezePlan {
  FreezePlan(scope: scope, reason: reason, allowed: allow, windows: windows)
}

func override(
  _ change: String,
  for scope: String,
  from: String? = nil,
  until: String = "2026-10-02T20:00:00Z"
) -> OverridePlan {
  OverridePlan(
    change: change,
    scope: scope,
    reason: "regulator's deadline",
    by: "head-of-studio",
    from: from.map(instant),
    until: instant(until)
  )
}

func signoff(_ item: String, on day: String, level: String = "exhausted") -> SignoffPlan {
  SignoffPlan(policy: "studio/budget", level: level, item: item, by: "jo", on: date(day))
}

let bothSignedOff = ["root-causes-addressed", "runbooks-updated"].map { signoff($0, on: "2026-09-30") }

// MARK: - Snapshots

/// Counts of which so much of the budget of a 99% target remains, in hundredths of a percent, of a million events.
func counts(remaining: Int) -> EventCounts {
  EventCounts(bad: Rational(10_000 - remaining), total: 1_000_000)
}

func observation(
  _ name: String = "studio/availability",
  labels: [BudgetName.LabelValue] = [],
  remaining: Int,
  age: TimeSpan = .seconds(20),
  since: Instant? = nil,
  levels: [LevelTrack.Entry] = [],
  burn: Rational? = nil,
  history: [(age: TimeSpan, remaining: Int)] = []
) -> Observation {
  Observation(
    budget: BudgetName(name, labels: labels),
    at: now - age,
    counts: counts(remaining: remaining),
    since: since,
    levels: levels,
    burn: burn.map { [BurnObservation(window: .hours(1), counts: EventCounts(bad: $0 * 10, total: 1_000))] } ?? [],
    history: history.map { PastObservation(at: now - $0.age, counts: counts(remaining: $0.remaining)) }
  )
}

func snapshot(_ observations: Observation..., partial: Bool = false, taken: Instant = now) -> Snapshot {
  Snapshot(takenAt: taken, source: "test", isPartial: partial, warnings: [], observations: observations)
}

// MARK: - Decisions

func decide(
  _ snapshot: Snapshot,
  under policy: GatePolicy = gatePolicy(),
  change: String = "feature",
  journey: String? = nil,
  objective: String? = nil,
  stage: String? = nil,
  approvals: [String] = [],
  previous: LevelState? = nil,
  at moment: Instant = now
) throws -> GateDecision {
  try Gate.decide(
    policy: policy,
    observations: snapshot,
    previous: previous,
    request: GateRequest(
      service: "studio",
      journey: journey,
      objective: objective,
      change: change,
      stage: stage.map(ratio),
      approvals: approvals
    ),
    now: moment
  )
}

extension GateDecision {
  var codes: [String] { reasons.map(\.code.rawValue) }
  func level(of name: String = "studio/availability") -> String? {
    budgets.first { $0.budget.text == name }?.level?.name
  }
}
