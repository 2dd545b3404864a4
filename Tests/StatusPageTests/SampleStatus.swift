import DeployGate
import Foundation
import PlanModel
import Quantities

@testable import StatusPage

/// The moment at which the sample pages are made.
let noon = instant("2026-10-01T12:00:00Z")

func instant(_ text: String) -> Instant {
  do { return try Instant(reading: text) } catch { preconditionFailure("\(error)") }
}

let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
  "../.."
).standardized

/// The gate's policy of a workspace of this repository.
func policy(_ workspace: String) throws -> GatePolicy {
  let file = root.appendingPathComponent("generated/\(workspace)/gate/policy.json")
  return try GatePolicy(reading: Array(Data(contentsOf: file)))
}

/// A budget over the last weeks, of which so many percent remained every third day, oldest first.
func observation(
  _ objective: GateObjective,
  labels: [BudgetName.LabelValue] = [],
  _ remaining: [Int],
  burn: Int = 50,
  age: TimeSpan = .seconds(20),
  isPartial: Bool = false
) -> Observation {
  func counts(_ percent: Int) -> EventCounts {
    let bad =
      objective.target.errorBudget.share.fraction
      * Rational(numerator: Int128(100 - percent), denominator: 100)
    return EventCounts(bad: bad * 1_000_000, total: 1_000_000)
  }
  let history = remaining.dropLast().enumerated().map { place, percent in
    PastObservation(
      at: noon - .days(3) * Rational(remaining.count - 1 - place),
      counts: counts(percent)
    )
  }
  let rate =
    objective.target.errorBudget.share.fraction
    * Rational(numerator: Int128(burn), denominator: 100)
  return Observation(
    budget: BudgetName(objective.name.text, labels: labels),
    at: noon - age,
    counts: counts(remaining.last ?? 100),
    since: instant("2026-06-01T00:00:00Z"),
    isPartial: isPartial,
    burn: [
      BurnObservation(
        window: .hours(1),
        counts: EventCounts(bad: rate * 1_000_000, total: 1_000_000)
      )
    ],
    history: history
  )
}

extension GateStatus {
  /// A page of answers that the gate itself gives.
  static func answering(
    _ policy: GatePolicy,
    _ snapshot: Snapshot,
    recent: [RecentDecision] = [],
    problems: [String] = []
  ) throws -> GateStatus {
    let decisions = try policy.statusQuestions.map {
      try Gate.decide(policy: policy, observations: snapshot, request: $0, now: noon)
    }
    return GateStatus(
      parts: [Part(policy: policy, snapshot: snapshot)],
      decisions: decisions,
      recent: recent,
      problems: problems,
      now: noon
    )
  }
}

func snapshot(_ observations: [Observation]) -> Snapshot {
  Snapshot(
    takenAt: noon,
    source: "prometheus at https://prometheus.example.com",
    isPartial: false,
    warnings: [],
    observations: observations
  )
}

/// A studio in the middle of a bad week: one budget exhausted, one low, one stale, one without series, one without traffic,
/// one in parts.
func troubledStudio() throws -> GateStatus {
  var policy = try policy("flashfusion-studio")
  policy.overrides = [
    OverridePlan(
      change: "bugfix",
      scope: "studio/audio-export",
      reason: "a regulator's deadline",
      by: "head-of-studio",
      from: nil,
      until: instant("2026-10-02T20:00:00Z")
    )
  ]
  let observations = policy.objectives.flatMap { objective -> [Observation] in
    switch objective.name.text {
    case "studio/song-generation/success-rate":
      return [observation(objective, [96, 92, 90, 71, 66, 48, 31, 12, 4, 8], burn: 180)]
    case "studio/audio-export/p95":
      return [observation(objective, [99, 97, 88, 84, 79, 61, 55, 44, 41, 38], burn: 40)]
    case "studio/project-loading/p99":
      return [observation(objective, [99, 98, 97, 92, 94, 95, 93, 92], age: .hours(3))]
    case "studio/real-time-collaboration/sync-p95": return []
    case "studio/api-p50":
      var quiet = observation(objective, [100])
      quiet.counts = EventCounts(bad: 0, total: 0)
      return [quiet]
    case "studio/visual-stability": return [observation(objective, [90, 91], isPartial: true)]
    case "studio/publishing-workflow/platform-sync":
      return zip(["web", "ios"], [[97, 96, 95], [80, 41, -60]]).map { platform, remaining in
        observation(
          objective,
          labels: [BudgetName.LabelValue(name: "platform", value: platform)],
          remaining,
          burn: 300
        )
      }
    default:
      let start = 92 + objective.name.text.utf8.count % 8
      return [
        observation(
          objective,
          [start, start - 3, start - 1, start - 6, start - 5, start - 9, start - 4]
        )
      ]
    }
  }
  let status = try GateStatus.answering(policy, snapshot(observations))
  let asked = ["feature", "bugfix", "critical-fix", "experiment"].enumerated().flatMap {
    place,
    change in
    status.decisions.filter { $0.request.change == change }.prefix(3).map { decision in
      var decision = decision
      decision.at = noon - .minutes(7 * (place + 1))
      return RecentDecision(id: "01JB\(place)-\(decision.subject.utf8.count)", decision)
    }
  }
  return try .answering(policy, snapshot(observations), recent: asked)
}

/// A studio where all is well.
func calmStudio() throws -> GateStatus {
  let policy = try policy("flashfusion-studio")
  let observations = policy.objectives.map { objective in
    observation(
      objective,
      labels: objective.splitBy.map { BudgetName.LabelValue(name: $0, value: "web") },
      [100, 98, 97, 95, 96, 93, 94]
    )
  }
  return try .answering(policy, snapshot(observations))
}
