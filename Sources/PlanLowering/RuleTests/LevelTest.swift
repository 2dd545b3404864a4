import PlanModel
import PromQL
import Quantities
import SpecCatalog

/// A test in which budgets go step by step and come back, past every bound of their policies.
struct LevelTest: Sendable {
  let batch: TestBatch

  /// How much more traffic there is at each step down.
  private static let growth = 4

  var test: RuleTest {
    let steps = steps
    var traffic = batch.quiet
    for index in traffic.indices { play(steps, on: batch.probes[index], &traffic[index]) }
    let times = (0..<(steps.down.count + steps.up.count)).map { 2 + $0 }
    let lowest = times[steps.down.count - 1]
    let checked = [lowest, times[times.count - 1]]
    return batch.test(
      "budgets are spent and come back, and levels hold until they are left",
      traffic,
      checks: checked.flatMap { accounts(of: traffic, at: $0) } + levels(traffic, at: times)
    )
  }

  // MARK: The way of the budgets

  private struct Steps {
    /// What is spent of the budget, from little to much, and back.
    var down: [Rational]
    var up: [Rational]
  }

  /// Between any two bounds of the policies, above the highest and below the lowest.
  private var steps: Steps {
    let bounds = batch.subjects.flatMap { subject in
      levels(of: subject).flatMap { [$0.when.value, $0.until?.value].compactMap { $0?.ratio.fraction } }
    }
    let spent = Set(bounds.map { .one - $0 } + [.zero]).sorted()
    let half = Rational(numerator: 1, denominator: 2)
    let between = zip(spent, spent.dropFirst()).map { ($0 + $1) * half }
    let most = (spent.last ?? .one) + Rational(numerator: 1, denominator: 4)
    let down = between + [spent.count == 1 ? half : most]
    return Steps(down: down, up: down.dropLast().reversed())
  }

  private func play(_ steps: Steps, on probe: Probe, _ traffic: inout Traffic) {
    let budgets = probe.channels.map { channel in
      channel.objectives.map { batch.catalog[$0].target.value.errorBudget.share.fraction }.min() ?? .zero
    }
    let least = budgets.filter { !$0.isZero }.min() ?? .one
    // A thousand failures in the smallest budget.
    var next = (Rational(1_000) / least).ceiling
    for spent in steps.down {
      step(to: next, spent, budgets, &traffic)
      next = (traffic.total[traffic.last]) * Self.growth
    }
    var before = steps.down.last ?? .one
    for spent in steps.up {
      let grown = (Rational(traffic.total[traffic.last]) * before / spent).ceiling
      traffic.add(grown - traffic.total[traffic.last])
      before = spent
    }
  }

  /// Adds what makes so many events in all and so much spent, as far as events can do that.
  private func step(to total: Int, _ spent: Rational, _ budgets: [Rational], _ traffic: inout Traffic) {
    let events = total - traffic.total[traffic.last]
    var failures = budgets.enumerated().map { channel, budget in
      let bad = budget.isZero ? 1 : (spent * budget * Rational(total)).roundedHalfEven
      return min(max(bad - traffic.bad[channel][traffic.last], 0), events)
    }
    // What misses a later bound misses the earlier ones too.
    for channel in failures.indices.dropLast().reversed() {
      let behind = traffic.bad[channel + 1][traffic.last] + failures[channel + 1] - traffic.bad[channel][traffic.last]
      failures[channel] = max(failures[channel], behind)
    }
    traffic.add(events, bad: failures)
  }

  // MARK: What the rules have to say

  private func accounts(of traffic: [Traffic], at time: Int) -> [RuleCheck] {
    let subjects = batch.subjects
    return batch.checks(.totalWindow, at: time, of: subjects) { PromQLNumber(events: traffic[$0.probe].total[time]) }
      + batch.checks(.badWindow, at: time, of: subjects) {
        PromQLNumber(events: traffic[$0.probe].bad[$0.channel][time])
      }
      + batch.roundedChecks(.budgetRemaining, at: time, of: subjects) {
        TestBatch.remaining($0, traffic[$0.probe], at: time)
      }
  }

  private func levels(of subject: TestBatch.Subject) -> ArraySlice<Level> {
    switch subject.objective.policy {
    case .named(let id): batch.catalog[id].levels.dropFirst()
    case .none, .absent: []
    }
  }

  /// How many objectives are in each level, after each step.
  private func levels(_ traffic: [Traffic], at times: [Int]) -> [RuleCheck] {
    let ruled = batch.subjects.filter { !levels(of: $0).isEmpty && isClear($0, traffic[$0.probe], times) }
    if ruled.isEmpty { return [] }
    let query = PromQLExpression.sum(
      batch.selector(RecordName.level.rawValue, of: ruled),
      by: [LevelRules.levelLabel]
    )
    var states: [String: [Int]] = [:]
    for subject in ruled {
      for level in levels(of: subject) {
        let held = held(level, by: subject, traffic[subject.probe], times)
        let sum = states[level.name.value] ?? Array(repeating: 0, count: times.count)
        states[level.name.value] = zip(sum, held).map { $0 + ($1 ? 1 : 0) }
      }
    }
    return times.enumerated().map { index, time in
      RuleCheck(
        time: batch.time(time),
        query: query,
        expected: states.sorted { $0.key < $1.key }.map { level, sums in
          ExpectedSample(labels: [LabelPair(LevelRules.levelLabel, level)], value: PromQLNumber(events: sums[index]))
        }
      )
    }
  }

  /// A level that is entered holds until it is left.
  private func held(_ level: Level, by subject: TestBatch.Subject, _ traffic: Traffic, _ times: [Int]) -> [Bool] {
    var isHeld = false
    return times.map { time in
      let remaining = TestBatch.remaining(subject, traffic, at: time)
      func holds(_ bound: Level.Bound) -> Bool { bound.comparison.holds(remaining, bound.ratio.fraction) }
      let isEntered = level.when.value.map(holds) ?? true
      let stays = level.until.map { isHeld && !holds($0.value) } ?? false
      isHeld = isEntered || stays
      return isHeld
    }
  }

  /// Whether no step ends so close to a bound that floats could see it on the other side; where a budget is whole or gone
  /// because there is none, floats are exact.
  private func isClear(_ subject: TestBatch.Subject, _ traffic: Traffic, _ times: [Int]) -> Bool {
    if subject.budget.isEmpty { return true }
    let bounds = levels(of: subject).flatMap { [$0.when.value, $0.until?.value].compactMap { $0?.ratio.fraction } }
    return times.allSatisfy { time in
      let remaining = TestBatch.remaining(subject, traffic, at: time)
      return bounds.allSatisfy { ($0 - remaining).magnitude > Rational(numerator: 1, denominator: 1_000_000) }
    }
  }
}
