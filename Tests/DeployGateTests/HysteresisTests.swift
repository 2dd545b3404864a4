import Quantities
import Testing

@testable import DeployGate

@Suite("Levels are kept until they may be left")
struct HysteresisTests {
  /// Down to 9% two hours ago, then slowly up.
  static func history(_ remaining: Int...) -> [(age: TimeSpan, remaining: Int)] {
    remaining.enumerated().map { (.minutes(10 * (remaining.count - $0.offset)), $0.element) }
  }

  @Test(
    "an exhausted budget stays so between the bounds where it is entered and left",
    arguments: [1_000, 2_000, 3_000]
  )
  func held(_ remaining: Int) throws {
    let decision = try decide(
      snapshot(observation(remaining: remaining, history: Self.history(6_000, 900))),
      under: gatePolicy(signoffs: bothSignedOff.map { signoff($0.item, on: "2026-10-01") }),
      change: "bugfix"
    )
    #expect(decision.level() == "exhausted")
    #expect(decision.answer == .deny)
    #expect(decision.codes.contains("level-held"))
    #expect(decision.budgets.first?.since == now - .minutes(10))
    #expect(decision.budgets.first?.isBeginningSeen == true)
  }

  @Test("it is left once the bound holds and every item is signed off")
  func left() throws {
    let policy = gatePolicy(signoffs: bothSignedOff.map { signoff($0.item, on: "2026-10-01") })
    let decision = try decide(
      snapshot(observation(remaining: 3_001, history: Self.history(6_000, 900))),
      under: policy,
      change: "bugfix"
    )
    #expect(decision.level() == "low")
    #expect(decision.answer == .allow)
  }

  @Test("without history or state the bound where it is entered decides")
  func fresh() throws {
    #expect(try decide(snapshot(observation(remaining: 2_000))).level() == "low")
  }

  // MARK: Exit lists

  @Test("open items keep a level although its bound is passed")
  func openItems() throws {
    let policy = gatePolicy(signoffs: [signoff("runbooks-updated", on: "2026-10-01")])
    let decision = try decide(
      snapshot(observation(remaining: 9_000, history: Self.history(6_000, 900))),
      under: policy
    )
    #expect(decision.level() == "exhausted")
    #expect(decision.answer == .deny)
    #expect(decision.budgets.first?.openItems == ["root-causes-addressed"])
    #expect(decision.codes.contains("exit-items-open"))
    #expect(decision.signoffs.map(\.item) == ["runbooks-updated"])
  }

  @Test(
    "a sign-off counts from the day on which the level was entered, up to today",
    arguments: [("2026-09-30", "exhausted"), ("2026-10-01", "healthy"), ("2026-10-02", "exhausted")]
  )
  func signoffDays(_ day: String, _ level: String) throws {
    let policy = gatePolicy(signoffs: bothSignedOff.map { signoff($0.item, on: day) })
    let decision = try decide(snapshot(observation(remaining: 9_000, history: Self.history(6_000, 900))), under: policy)
    #expect(decision.level() == level)
  }

  @Test("sign-offs of an earlier time in the level do not open it the second time")
  func secondEntry() throws {
    let policy = gatePolicy(signoffs: bothSignedOff.map { signoff($0.item, on: "2026-09-20") })
    let decision = try decide(
      snapshot(
        observation(
          remaining: 9_000,
          history: [(.days(12), 900), (.days(8), 6_000), (.days(2), 900), (.days(1), 6_000)]
        )
      ),
      under: policy
    )
    #expect(decision.level() == "exhausted")
    #expect(decision.budgets.first?.since == now - .days(2))
  }

  @Test("a sign-off that comes after the last sample is heeded with the next question")
  func lateSignoff() throws {
    let seen = snapshot(observation(remaining: 9_000, history: Self.history(6_000, 900)))
    let before = try decide(seen)
    #expect(before.level() == "exhausted")
    let policy = gatePolicy(signoffs: bothSignedOff.map { signoff($0.item, on: "2026-10-01") })
    #expect(try decide(seen, under: policy, previous: before.state).level() == "healthy")
  }

  // MARK: Recorded levels and states

  @Test("a level that the monitoring system recorded goes on like one seen in history")
  func recorded() throws {
    let entered = LevelTrack.Entry(level: "exhausted", since: now - .days(3))
    let decision = try decide(snapshot(observation(remaining: 2_000, levels: [entered])), change: "bugfix")
    #expect(decision.level() == "exhausted")
    #expect(decision.budgets.first?.since == now - .days(3))
    #expect(try decide(snapshot(observation(remaining: 9_000, levels: [entered]))).level() == "exhausted")
  }

  @Test("a recorded level never makes what history shows any better")
  func recordedBetter() throws {
    let healthy = LevelTrack.Entry(level: "healthy", since: now - .days(3))
    let decision = try decide(
      snapshot(observation(remaining: 2_000, levels: [healthy], history: Self.history(6_000, 900)))
    )
    #expect(decision.level() == "exhausted")
  }

  @Test(
    "sign-offs have to follow the later of two beginnings",
    arguments: [(5, "2026-09-28", "healthy"), (5, "2026-09-26", "exhausted"), (1, "2026-09-28", "exhausted")]
  )
  func recordedAgain(_ recordedDays: Int, _ day: String, _ level: String) throws {
    let entered = LevelTrack.Entry(level: "exhausted", since: now - .days(recordedDays))
    let policy = gatePolicy(signoffs: bothSignedOff.map { signoff($0.item, on: day) })
    let seen = observation(remaining: 9_000, levels: [entered], history: [(.days(4), 900), (.hours(1), 2_000)])
    #expect(try decide(snapshot(seen), under: policy).level() == level)
  }

  @Test("of two beginnings of a level the earlier is told", arguments: [(3, 3), (1, 2)])
  func recordedBeginning(_ recordedHours: Int, _ hours: Int) throws {
    let entered = LevelTrack.Entry(level: "exhausted", since: now - .hours(recordedHours))
    let seen = observation(remaining: 2_000, levels: [entered], history: [(.hours(4), 6_000), (.hours(2), 900)])
    #expect(try decide(snapshot(seen)).budgets.first?.since == now - .hours(hours))
  }

  @Test("going on from a state gives what the whole history gives")
  func state() throws {
    let earlier = now - .minutes(40)
    let first = try decide(snapshot(observation(remaining: 900, age: .minutes(40)), taken: earlier), at: earlier)
    let second = try decide(snapshot(observation(remaining: 2_000)), previous: first.state)
    let whole = try decide(snapshot(observation(remaining: 2_000, history: [(.minutes(40), 900)])))
    #expect(second.level() == "exhausted")
    #expect(second.state == whole.state)
    #expect(try decide(snapshot(observation(remaining: 2_000)), previous: second.state).state == second.state)
  }

  @Test("data older than the state are not judged a second time")
  func olderData() throws {
    let first = try decide(snapshot(observation(remaining: 900)))
    let older = try decide(snapshot(observation(remaining: 9_000, age: .minutes(2))), previous: first.state)
    #expect(older.level() == "exhausted")
    #expect(older.state == first.state)
  }

  @Test("a state of another policy says nothing")
  func otherPolicy() throws {
    let first = try decide(snapshot(observation(remaining: 900)))
    let entries = first.state.entries.map {
      LevelState.Entry(budget: $0.budget, policy: "studio/other", track: $0.track)
    }
    let decision = try decide(snapshot(observation(remaining: 9_000)), previous: LevelState(entries: entries))
    #expect(decision.level() == "healthy")
  }

  @Test("a level that the policy does not have is an error in a snapshot and in a state")
  func unknownLevel() throws {
    let entered = LevelTrack.Entry(level: "panic", since: now - .days(3))
    #expect(
      throws: GateError.unknownLevel(
        .snapshot,
        level: "panic",
        budget: "studio/availability",
        policy: "studio/budget"
      )
    ) {
      try decide(snapshot(observation(remaining: 9_000, levels: [entered])))
    }
    let track = LevelTrack(
      entries: [entered],
      ruling: "panic",
      since: entered.since,
      isBeginningSeen: true,
      lastSeen: now - .days(1)
    )
    let state = LevelState(entries: [
      LevelState.Entry(budget: BudgetName("studio/availability"), policy: "studio/budget", track: track)
    ])
    #expect(
      throws: GateError.unknownLevel(.levels, level: "panic", budget: "studio/availability", policy: "studio/budget")
    ) {
      try decide(snapshot(observation(remaining: 9_000)), previous: state)
    }
  }

  @Test("budgets that were not asked for keep their state")
  func otherBudgets() throws {
    let policy = gatePolicy(objectives: [objective("studio/availability"), objective("studio/latency")])
    let seen = snapshot(observation(remaining: 900), observation("studio/latency", remaining: 900))
    let first = try decide(seen, under: policy)
    #expect(first.state.entries.count == 2)
    let second = try decide(seen, under: policy, objective: "latency", previous: first.state)
    #expect(second.budgets.count == 1)
    #expect(second.state == first.state)
    #expect(try decide(seen, previous: first.state).state.entries.map(\.budget.name) == ["studio/availability"])
  }
}
