import Quantities
import Testing

@testable import DeployGate

/// One line of the table: what remains, a change class, a stage, an approval, and the answer with its first reason.
struct Case: Sendable, CustomTestStringConvertible {
  var remaining: Int
  var change: String
  var stage: String?
  var approvals: [String] = []
  var answer: GateAnswer
  var reason: GateReasonCode

  var testDescription: String {
    "\(change) at stage \(stage ?? "none") with \(remaining / 100)% left, \(approvals.count) approvals: \(answer)"
  }
}

@Suite("The table of levels, change classes, stages and approvals")
struct DecisionTableTests {
  static let healthy = allChanges.flatMap { change in
    [nil, "5%", "25%", "100%"].map {
      Case(remaining: 7_300, change: change, stage: $0, answer: .allow, reason: .budgetHealthy)
    }
  }

  static let low: [Case] =
    ["bugfix", "critical-fix"].flatMap { change in
      [
        Case(remaining: 4_000, change: change, stage: nil, answer: .allow, reason: .changeAllowedAtLevel),
        Case(remaining: 4_000, change: change, stage: "25%", answer: .allow, reason: .changeAllowedAtLevel),
        Case(remaining: 4_000, change: change, stage: "25.1%", answer: .deny, reason: .stageAboveCap),
        Case(remaining: 4_000, change: change, stage: "100%", answer: .deny, reason: .stageAboveCap),
      ]
    } + [
      Case(remaining: 4_000, change: "feature", stage: nil, answer: .approve, reason: .approvalNeeded),
      Case(remaining: 4_000, change: "feature", stage: "25%", answer: .approve, reason: .approvalNeeded),
      Case(remaining: 4_000, change: "feature", stage: "100%", answer: .deny, reason: .stageAboveCap),
      Case(remaining: 4_000, change: "feature", stage: nil, approvals: ["jo"], answer: .allow, reason: .approvalGiven),
      Case(
        remaining: 4_000,
        change: "feature",
        stage: "100%",
        approvals: ["jo"],
        answer: .deny,
        reason: .stageAboveCap
      ),
      Case(remaining: 4_000, change: "experiment", stage: "5%", answer: .deny, reason: .changeNotAllowedAtLevel),
      Case(
        remaining: 4_000,
        change: "experiment",
        stage: nil,
        approvals: ["jo"],
        answer: .deny,
        reason: .changeNotAllowedAtLevel
      ),
    ]

  static let exhausted: [Case] =
    ["feature", "experiment", "bugfix"].flatMap { change in
      [nil, "5%"].map {
        Case(
          remaining: 900,
          change: change,
          stage: $0,
          approvals: ["jo"],
          answer: .deny,
          reason: .changeNotAllowedAtLevel
        )
      }
    } + [
      Case(remaining: 900, change: "critical-fix", stage: nil, answer: .allow, reason: .changeAllowedAtLevel),
      Case(remaining: 900, change: "critical-fix", stage: "5%", answer: .allow, reason: .changeAllowedAtLevel),
      // The cap of the better level holds on: a worse level lets nothing further.
      Case(remaining: 900, change: "critical-fix", stage: "100%", answer: .deny, reason: .stageAboveCap),
      Case(remaining: -20_000, change: "critical-fix", stage: nil, answer: .allow, reason: .changeAllowedAtLevel),
      Case(remaining: -20_000, change: "feature", stage: nil, answer: .deny, reason: .changeNotAllowedAtLevel),
    ]

  @Test("answers each request at each level", arguments: healthy + low + exhausted)
  func answers(_ row: Case) throws {
    let decision = try decide(
      snapshot(observation(remaining: row.remaining)),
      change: row.change,
      stage: row.stage,
      approvals: row.approvals
    )
    #expect(decision.answer == row.answer)
    #expect(decision.reasons.first?.code == row.reason)
  }

  @Test(
    "compares with each bound exactly",
    arguments: [(5_001, "healthy"), (5_000, "low"), (1_000, "low"), (999, "exhausted"), (10_000, "healthy")]
  )
  func bounds(_ remaining: Int, _ level: String) throws {
    #expect(try decide(snapshot(observation(remaining: remaining))).level() == level)
  }

  @Test("does not round a bound away that is missed by one event in a quadrillion")
  func unrounded() throws {
    var barely = observation(remaining: 5_000)
    barely.counts.bad = barely.counts.bad - Rational(numerator: 1, denominator: 1_000_000_000_000_000)
    #expect(try decide(snapshot(barely)).level() == "healthy")
    barely.counts.bad = counts(remaining: 5_000).bad
    #expect(try decide(snapshot(barely)).level() == "low")
  }

  @Test("tells the exit status", arguments: zip(GateAnswer.allCases, [0, 5, 3, 1]))
  func exitStatus(_ answer: GateAnswer, _ status: Int32) {
    #expect(answer.exitStatus.rawValue == status)
  }

  @Test("a target of 100% is untouched without failures and worse than any bound with one")
  func zeroBudget() throws {
    let policy = gatePolicy(objectives: [objective("studio/availability", target: "100%")])
    var perfect = observation(remaining: 10_000)
    #expect(try decide(snapshot(perfect), under: policy).answer == .allow)
    perfect.counts.bad = 1
    let decision = try decide(snapshot(perfect), under: policy)
    #expect(decision.answer == .deny)
    #expect(decision.level() == "exhausted")
    #expect(decision.budgets.first?.status == .measured(.nothing))
  }

  @Test("failures among no events at all are no lack of traffic")
  func failuresWithoutEvents() throws {
    var odd = observation(remaining: 10_000)
    odd.counts = EventCounts(bad: 1, total: 0)
    #expect(try decide(snapshot(odd)).level() == "exhausted")
  }

  @Test("says how far a rollout may go where no stage was asked for")
  func cap() throws {
    let decision = try decide(snapshot(observation(remaining: 4_000)), change: "bugfix")
    #expect(decision.rolloutCap == ratio("25%"))
    #expect(decision.codes.contains("stage-capped"))
  }

  @Test("an approval without a name is refused", arguments: ["", "  ", "\u{2003}\n"])
  func blankApproval(_ name: String) {
    #expect(throws: GateError.blankApproval) {
      try decide(snapshot(observation(remaining: 4_000)), approvals: [name])
    }
  }
}
