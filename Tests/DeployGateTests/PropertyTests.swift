import PlanModel
import Quantities
import StructuredText
import TestSupport
import Testing

@testable import DeployGate

@Suite("What holds for every policy, all data and each request")
struct PropertyTests {
  static let seeds = 1...150

  /// How permissive the answers of one run are, so that a property cannot hold for want of cases.
  @Test("the random cases lead to every answer and every state of data")
  func coverage() throws {
    let decisions = try Self.seeds.map { try RandomCase(seed: $0).decision() }
    #expect(Set(decisions.map(\.answer)) == Set(GateAnswer.allCases))
    let states = Set(decisions.flatMap { $0.budgets.map(\.status.code) })
    #expect(
      states == [
        "measured", "no-series", "stale", "partial", "telemetry-lost", "no-traffic", "attested", "not-attested",
      ]
    )
    let unseen = Set(GateReasonCode.allCases).subtracting(decisions.flatMap { $0.reasons.map(\.code) })
    #expect(unseen.subtracting([.unknownChange, .noPolicy, .overridePending, .overrideExpired]).isEmpty)
  }

  @Test("there is no yes where a budget has no data, no known level, and no policy that says yes")
  func noYesWithoutData() throws {
    var held = 0
    for seed in Self.seeds {
      let random = try RandomCase(seed: seed)
      let decision = try random.decision()
      for budget in decision.budgets where budget.status.remaining == nil && !budget.isOverridden {
        guard case .level(_, .lastKnown) = budget.standing else {
          let plan = random.policy.policies.first { $0.name == budget.policy }
          held += 1
          switch plan?.withoutData?.answer {
          case nil: #expect(decision.answer >= .unknown, "seed \(seed)")
          case .approve: #expect(decision.answer >= .approve || !random.request.approvals.isEmpty, "seed \(seed)")
          case .freeze:
            let worst = plan?.levels.last
            let isAllowed = worst?.allowed.contains(random.request.change) ?? false
            let isApproved = worst?.approved.contains(random.request.change) ?? false
            #expect(decision.answer != .allow || isAllowed || isApproved, "seed \(seed)")
          case .allow, .level: break
          }
          continue
        }
      }
    }
    #expect(held > 30)
  }

  @Test("with nothing observed at all, only a policy that says so lets anything out")
  func emptySnapshot() throws {
    for seed in Self.seeds {
      var random = try RandomCase(seed: seed)
      random.snapshot.observations = []
      random.previous = nil
      random.policy.overrides = []
      for index in random.policy.policies.indices {
        random.policy.policies[index].withoutData = seed % 2 == 0 ? nil : WithoutDataPlan(after: .zero, answer: .freeze)
        for level in random.policy.policies[index].levels.indices where level > 0 {
          random.policy.policies[index].levels[level].allowed = []
          random.policy.policies[index].levels[level].approved = []
        }
      }
      let decision = try random.decision()
      let isMeasured = decision.budgets.contains { $0.status.remaining == nil }
      if isMeasured { #expect(decision.answer >= .unknown, "seed \(seed)") }
    }
  }

  @Test("more failures never make an answer more permissive")
  func monotone() throws {
    var stricter = 0
    for seed in Self.seeds {
      var random = try RandomCase(seed: seed)
      if seed % 4 > 0 {
        random.narrow()
        random.previous = nil
        for index in random.snapshot.observations.indices {
          random.snapshot.observations[index].counts.bad = 0
          random.snapshot.observations[index].history = []
        }
      }
      var answer = try random.decision().answer
      var generator = SeededGenerator(case: seed)
      for _ in 0..<6 {
        for index in random.snapshot.observations.indices where generator.chance(80) {
          // Failures among no events at all would be a measurement where there was none.
          let total = random.snapshot.observations[index].counts.total
          guard total > .zero else { continue }
          random.snapshot.observations[index].counts.bad += total / Rational(generator.number(200...2_000))
        }
        let next = try random.decision().answer
        #expect(next >= answer, "seed \(seed)")
        if next > answer { stricter += 1 }
        answer = next
      }
    }
    #expect(stricter > 20)
  }

  @Test("more failures in the past never make an answer more permissive")
  func monotonePast() throws {
    for seed in Self.seeds {
      var random = try RandomCase(seed: seed)
      // A sign-off counts from the entry on, so an entry that failures bring forward may come before it.
      random.policy.signoffs = []
      let answer = try random.decision().answer
      for index in random.snapshot.observations.indices {
        for past in random.snapshot.observations[index].history.indices
        where random.snapshot.observations[index].history[past].counts.total > .zero {
          random.snapshot.observations[index].history[past].counts.bad += 1_000
        }
      }
      #expect(try random.decision().answer >= answer, "seed \(seed)")
    }
  }

  @Test("a further freeze never makes an answer more permissive")
  func monotoneFreezes() throws {
    var stricter = 0
    for seed in Self.seeds {
      var random = try RandomCase(seed: seed)
      let freezes = random.policy.freezes
      random.policy.freezes = []
      var answer = try random.decision().answer
      for freeze in freezes {
        random.policy.freezes.append(freeze)
        let next = try random.decision().answer
        #expect(next >= answer, "seed \(seed)")
        if next > answer { stricter += 1 }
        answer = next
      }
    }
    #expect(stricter > 2)
  }

  @Test("lost telemetry never makes an answer more permissive than data that are stale")
  func lostTelemetry() throws {
    var held = 0
    for seed in Self.seeds {
      var stale = try RandomCase(seed: seed)
      var lost = stale
      let long = now - .hours(100)
      for index in stale.snapshot.observations.indices {
        stale.snapshot.observations[index].lost = nil
        stale.snapshot.observations[index].at = long
        stale.snapshot.observations[index].history = []
        stale.snapshot.observations[index].levels = []
        lost.snapshot.observations[index].lost = long
        lost.snapshot.observations[index].history = []
        lost.snapshot.observations[index].levels = []
      }
      stale.previous = nil
      lost.previous = nil
      let decision = try lost.decision()
      held += decision.budgets.count { $0.status.code == "telemetry-lost" }
      #expect(decision.budgets.allSatisfy { $0.status.code != "measured" }, "seed \(seed)")
      #expect(try decision.answer >= stale.decision().answer, "seed \(seed)")
    }
    #expect(held > 100)
  }

  @Test("a later stage is never answered more permissively")
  func monotoneStage() throws {
    for seed in Self.seeds {
      var random = try RandomCase(seed: seed)
      var answer = GateAnswer.allow
      for stage in ["1%", "5%", "20%", "25%", "26%", "100%"] {
        random.request.stage = ratio(stage)
        let next = try random.decision().answer
        #expect(next >= answer, "seed \(seed), stage \(stage)")
        answer = next
      }
    }
  }

  @Test("an approval never makes an answer stricter")
  func monotoneApproval() throws {
    for seed in Self.seeds {
      var random = try RandomCase(seed: seed)
      random.request.approvals = []
      let without = try random.decision().answer
      random.request.approvals = ["jo"]
      #expect(try random.decision().answer <= without, "seed \(seed)")
    }
  }

  @Test("the order of inputs leaves no trace")
  func order() throws {
    for seed in Self.seeds {
      let random = try RandomCase(seed: seed)
      var generator = SeededGenerator(case: seed + 1_000_000)
      let decision = try random.decision()
      let other = try random.shuffled(&generator).decision()
      #expect(other.json.text(.pretty) == decision.json.text(.pretty), "seed \(seed)")
      #expect(other.text == decision.text, "seed \(seed)")
    }
  }

  @Test("a decision can be replayed from its files, to the byte")
  func replay() throws {
    for seed in Self.seeds {
      var random = try RandomCase(seed: seed)
      let decision = try random.decision().json.text(.pretty)
      #expect(try random.decision().json.text(.pretty) == decision, "seed \(seed)")
      random.snapshot = try Snapshot(reading: random.snapshot.json.bytes)
      random.previous = try random.previous.map { try LevelState(reading: $0.json.bytes) }
      #expect(try random.decision().json.text(.pretty) == decision, "seed \(seed)")
    }
  }

  @Test("asking again with the state of the answer changes neither")
  func idempotent() throws {
    for seed in Self.seeds {
      var random = try RandomCase(seed: seed)
      let first = try random.decision()
      random.previous = first.state
      let second = try random.decision()
      #expect(second.state == first.state, "seed \(seed)")
      #expect(second.answer == first.answer, "seed \(seed)")
    }
  }

  @Test("an answer is valid for some time, and not beyond the age at which its data are stale")
  func validity() throws {
    for seed in Self.seeds {
      let random = try RandomCase(seed: seed)
      let decision = try random.decision()
      #expect(decision.validUntil > now, "seed \(seed)")
      #expect(decision.validUntil <= now + .minutes(5), "seed \(seed)")
      // Nothing changes while the answer is said to be valid.
      let later = try Gate.decide(
        policy: random.policy,
        observations: random.snapshot,
        previous: random.previous,
        request: random.request,
        now: decision.validUntil - .seconds(1)
      )
      #expect(later.answer == decision.answer, "seed \(seed)")
    }
  }

  @Test("what is said to release a change does release it")
  func release() throws {
    var released = 0
    for seed in Self.seeds {
      var random = try RandomCase(seed: seed)
      random.previous = nil
      // A freeze ends by the calendar, whatever remains.
      random.policy.freezes = []
      random.narrow()
      let decision = try random.decision()
      guard decision.budgets.count == 1, let budget = decision.budgets.first, let release = budget.release,
        let index = random.snapshot.observations.firstIndex(where: { $0.budget == budget.budget }),
        let objective = random.policy.objectives.first(where: { $0.name.text == budget.budget.name }),
        objective.target != .perfect
      else { continue }
      released += 1
      for item in release.items {
        random.policy.signoffs.append(
          SignoffPlan(policy: item.policy, level: item.level, item: item.item, by: "jo", on: now.utcDate)
        )
      }
      if let bound = release.bound {
        let total = random.snapshot.observations[index].counts.total
        let tick = Rational(numerator: 1, denominator: 1_000_000_000)
        let share = bound.comparison.isStrict ? bound.bound.fraction + tick : bound.bound.fraction
        random.snapshot.observations[index].counts.bad = objective.target.errorBudget.events(of: total) * (.one - share)
      }
      #expect(try random.decision().answer == .allow, "seed \(seed)")
    }
    #expect(released > 10)
  }
}
