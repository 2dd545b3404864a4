import DeployGate
import PlanModel
import Quantities

/// A policy for tests that observe: one service, whose objectives are told apart by their windows and splits.
enum RecordedPolicy {
  static func make(_ objectives: [GateObjective], interval: TimeSpan = .seconds(30)) -> GatePolicy {
    GatePolicy(
      workspace: "Shop",
      identity: "of a test",
      interval: interval,
      labelNames: LabelNames(),
      services: [GateService(name: "shop", title: "Shop", owner: "web", rolloutStages: [], dependencies: [])],
      journeys: [],
      objectives: objectives,
      policies: [policy],
      overrides: [],
      signoffs: []
    )
  }

  /// Everything above half of the budget, nothing below, left again above 60%.
  static let policy = PolicyPlan(
    name: "shop/budget",
    title: "Budget",
    changes: ["feature"],
    levels: [
      level("healthy", enter: RemainingBound(comparison: .greater, bound: half), allow: ["feature"]),
      level(
        "frozen",
        enter: RemainingBound(comparison: .lessOrEqual, bound: half),
        leave: RemainingBound(comparison: .greater, bound: ratio("60%")),
        allow: []
      ),
    ],
    withoutData: WithoutDataPlan(after: .minutes(15), answer: .freeze)
  )

  static func objective(
    _ name: String,
    window: TimeWindow = .rolling(.days(30)),
    splitBy: [String] = []
  ) -> GateObjective {
    GateObjective(
      name: ObjectiveName(service: "shop", journey: nil, objective: name),
      title: name,
      owner: "web",
      target: target("99%"),
      window: window,
      splitBy: splitBy,
      policy: "shop/budget",
      measure: .events
    )
  }

  private static var half: Ratio { ratio("50%") }

  private static func level(
    _ name: String,
    enter: RemainingBound,
    leave: RemainingBound? = nil,
    allow: [String]
  ) -> LevelPlan {
    LevelPlan(
      name: name,
      enter: enter,
      leave: leave,
      allowed: allow,
      approved: [],
      rolloutCap: nil,
      actions: [],
      exit: [],
      guidance: []
    )
  }

  private static func ratio(_ text: String) -> Ratio {
    do { return try Ratio(reading: text) } catch { preconditionFailure("\(error)") }
  }

  private static func target(_ text: String) -> Target {
    do { return try Target(reading: text) } catch { preconditionFailure("\(error)") }
  }
}
