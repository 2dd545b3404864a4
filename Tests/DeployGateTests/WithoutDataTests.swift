import PlanModel
import Quantities
import Testing

@testable import DeployGate

/// A state of data that is no measurement, as a snapshot shows it.
enum Gap: String, CaseIterable, Sendable {
  case noSeries, stale, partialSource, partialObjective, telemetryLost, noTraffic

  var snapshot: Snapshot {
    switch self {
    case .noSeries: DeployGateTests.snapshot()
    case .stale: DeployGateTests.snapshot(observation(remaining: 9_000, age: .hours(1)))
    case .partialSource: DeployGateTests.snapshot(observation(remaining: 9_000), partial: true)
    case .partialObjective:
      {
        var partial = observation(remaining: 9_000)
        partial.isPartial = true
        return DeployGateTests.snapshot(partial)
      }()
    case .telemetryLost:
      {
        var lost = observation(remaining: 9_000)
        lost.lost = lost.at - .hours(1)
        return DeployGateTests.snapshot(lost)
      }()
    case .noTraffic:
      {
        var quiet = observation(remaining: 10_000)
        quiet.counts = EventCounts(bad: 0, total: 0)
        return DeployGateTests.snapshot(quiet)
      }()
    }
  }

  var code: GateReasonCode {
    switch self {
    case .noSeries: .noSeries
    case .stale: .staleData
    case .partialSource, .partialObjective: .partialData
    case .telemetryLost: .telemetryLost
    case .noTraffic: .noTraffic
    }
  }
}

@Suite("Without data")
struct WithoutDataTests {
  static func policy(_ answer: WithoutDataPlan.Answer?) -> GatePolicy {
    gatePolicy(policies: [
      budgetPolicy(withoutData: answer.map { WithoutDataPlan(after: .minutes(15), answer: $0) })
    ])
  }

  @Test("nobody has said what to do: unknown, for every change class", arguments: Gap.allCases, allChanges)
  func unstated(_ gap: Gap, _ change: String) throws {
    let decision = try decide(gap.snapshot, under: Self.policy(nil), change: change, approvals: ["jo"])
    #expect(decision.answer == .unknown)
    #expect(decision.exitStatus == .unknown)
    #expect(decision.reasons.first?.code == .withoutDataUnstated)
    #expect(decision.codes.contains(gap.code.rawValue))
    #expect(decision.level() == nil)
  }

  @Test("a freeze lets out what the worst level allows, and nothing else", arguments: Gap.allCases)
  func freeze(_ gap: Gap) throws {
    for change in allChanges {
      let decision = try decide(gap.snapshot, under: Self.policy(.freeze), change: change, approvals: ["jo"])
      #expect(decision.answer == (change == "critical-fix" ? .allow : .deny))
      #expect(Set(decision.codes).isSuperset(of: [gap.code.rawValue, "without-data"]))
      #expect(decision.budgets.first?.since == nil)
    }
  }

  @Test("where the policy says so, an approval is needed, or nothing is", arguments: Gap.allCases, allChanges)
  func allowAndApprove(_ gap: Gap, _ change: String) throws {
    let allowed = try decide(gap.snapshot, under: Self.policy(.allow), change: change)
    #expect(allowed.answer == .allow)
    #expect(allowed.codes == ["without-data", gap.code.rawValue])
    #expect(try decide(gap.snapshot, under: Self.policy(.approve), change: change).answer == .approve)
    let approved = try decide(gap.snapshot, under: Self.policy(.approve), change: change, approvals: ["jo"])
    #expect(approved.answer == .allow)
  }

  @Test("a named level lends its rules", arguments: Gap.allCases)
  func namedLevel(_ gap: Gap) throws {
    let policy = Self.policy(.level("low"))
    #expect(try decide(gap.snapshot, under: policy, change: "bugfix").answer == .allow)
    #expect(try decide(gap.snapshot, under: policy, change: "feature").answer == .approve)
    #expect(try decide(gap.snapshot, under: policy, change: "experiment").answer == .deny)
    #expect(try decide(gap.snapshot, under: policy, change: "bugfix", stage: "100%").answer == .deny)
  }

  @Test(
    "stale data count as measured for ten evaluations, then the last known level goes on, then the policy decides",
    arguments: [
      (TimeSpan.seconds(300), "measured", GateAnswer.allow), (.seconds(301), "stale", .allow),
      (.seconds(899), "stale", .allow), (.seconds(900), "stale", .deny),
    ]
  )
  func ages(_ age: TimeSpan, _ status: String, _ answer: GateAnswer) throws {
    let decision = try decide(snapshot(observation(remaining: 9_000, age: age)))
    #expect(decision.answer == answer)
    #expect(decision.budgets.first?.status.code == status)
    #expect(decision.codes.contains("last-known-level") == (status == "stale" && answer == .allow))
  }

  @Test(
    "a policy that acts sooner makes data stale sooner, though not within three evaluations",
    arguments: [(TimeSpan.minutes(2), 120), (.seconds(10), 90), (.zero, 90), (.hours(2), 300)]
  )
  func freshness(_ after: TimeSpan, _ seconds: Int) throws {
    let policy = gatePolicy(policies: [budgetPolicy(withoutData: WithoutDataPlan(after: after, answer: .freeze))])
    for (age, code) in [(seconds, "measured"), (seconds + 1, "stale")] {
      let decision = try decide(snapshot(observation(remaining: 9_000, age: .seconds(age))), under: policy)
      #expect(decision.budgets.first?.status.code == code)
    }
  }

  @Test(
    "a state tells the last known level where the series is gone or in doubt",
    arguments: Gap.allCases.filter { $0 != .stale }
  )
  func lastKnown(_ gap: Gap) throws {
    let earlier = now - .minutes(10)
    let healthy = try decide(
      snapshot(observation(remaining: 9_000, age: .minutes(10)), taken: earlier),
      at: earlier
    )
    let soon = try decide(gap.snapshot, previous: healthy.state, at: now + .seconds(279))
    #expect(soon.answer == .allow)
    #expect(soon.codes.contains("last-known-level"))
    #expect(try decide(gap.snapshot, previous: healthy.state, at: now + .minutes(5)).answer == .deny)
  }

  @Test("an exhausted level stays known, and stays, while data are missing")
  func lastKnownExhausted() throws {
    let first = try decide(snapshot(observation(remaining: 900)))
    let policy = Self.policy(.allow)
    let soon = try decide(snapshot(), under: policy, change: "bugfix", previous: first.state, at: now + .minutes(14))
    #expect(soon.answer == .deny)
    #expect(soon.state == first.state)
  }

  @Test("a history of partial data is not believed")
  func partialHistory() throws {
    var doubtful = observation(remaining: 9_000, history: [(.minutes(5), 9_000)])
    doubtful.isPartial = true
    #expect(try decide(snapshot(doubtful)).answer == .deny)
  }

  @Test("levels recorded beside partial data can make a known level worse, not better")
  func partialRecorded() throws {
    var doubtful = observation(
      remaining: 9_000,
      levels: [LevelTrack.Entry(level: "exhausted", since: now - .hours(1))]
    )
    doubtful.isPartial = true
    let earlier = now - .minutes(5)
    let healthy = try decide(snapshot(observation(remaining: 9_000, age: .minutes(6)), taken: earlier), at: earlier)
    let decision = try decide(snapshot(doubtful), previous: healthy.state)
    #expect(decision.level() == "exhausted")
    #expect(decision.answer == .deny)
  }

  @Test("a young budget is judged by what there is, and says so")
  func young() throws {
    let decision = try decide(snapshot(observation(remaining: 9_000, since: now - .days(2))))
    #expect(decision.answer == .allow)
    #expect(decision.codes.contains("young-budget"))
    #expect(try !decide(snapshot(observation(remaining: 9_000, since: now - .days(40)))).codes.contains("young-budget"))
  }

  @Test("what was recorded after now is refused, beyond what clocks differ")
  func future() throws {
    var early = snapshot(observation(remaining: 9_000))
    early.takenAt = now + .seconds(61)
    #expect(throws: GateError.fromTheFuture(.snapshot, at: early.takenAt, now: now)) { try decide(early) }
    early.takenAt = now + .seconds(60)
    #expect(try decide(early).answer == .allow)
    #expect(throws: GateError.self) { try decide(snapshot(observation(remaining: 9_000, age: .zero - .seconds(61)))) }
    let state = try decide(snapshot(observation(remaining: 9_000))).state
    #expect(throws: GateError.fromTheFuture(.levels, at: now - .seconds(20), now: now - .minutes(5))) {
      try decide(snapshot(taken: now - .hours(1)), previous: state, at: now - .minutes(5))
    }
  }
}
