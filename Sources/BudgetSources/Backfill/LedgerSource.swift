import PlanModel
import PromQL
import Quantities

/// How the ledger of one objective is counted from raw metrics alone, as its rules count it from what they record.
package struct LedgerSource: Sendable, Hashable {
  package let objective: ObjectiveName
  package let countHash: String
  /// What every series of the ledger says; the labels that split it come on top.
  let labels: [LabelPair]
  /// Choose the ledger's series among all others.
  let identity: [LabelMatcher]
  let splitBy: [String]
  /// What one interval adds.
  let total: PromQLExpression
  let bad: PromQLExpression
  let interval: TimeSpan
  /// The objective's.
  let window: TimeSpan
  /// How far back any rule reads the ledger, in milliseconds: burn rates and alerts look back three days over any window,
  /// and all of them for a sample before that.
  var lookBack: Int64 { (max(window, .days(3)) + .hours(6)).microseconds / 1_000 }

  /// nil for an objective that counts nothing.
  package init?(_ objective: ObjectivePlan, in plan: Plan) throws(BackfillError) {
    guard let hash = objective.countHash, let interval = objective.groups.first?.interval,
      let ledger = objective.recordings.first(where: { $0.record == RecordName.totalLedger.rawValue })
    else { return nil }
    self.objective = objective.name
    self.interval = interval
    countHash = hash
    labels = ledger.labels
    identity = [.equal(plan.workspace.labelNames.slo, objective.name.text), .equal(RecordName.countLabel, hash)]
    splitBy = objective.splitBy
    window = objective.window.nominalLength
    let records = RecordedExpressions(plan, interval: interval)
    total = try records.raw(.totalDelta, of: objective.name)
    bad = try records.raw(.badDelta, of: objective.name)
  }
}

/// What rules record, put in the place of the series that they record it in.
private struct RecordedExpressions {
  private struct Key: Hashable {
    let record: String
    let objective: String
  }

  private static let names = Set(RecordName.allCases.map(\.rawValue))
  /// Deeper than objectives whose conditions ask for each other's ledgers; a circle of them has no end.
  private static let depthLimit = 8

  private let rules: [Key: PromQLExpression]
  private let objectiveLabel: String
  private let interval: TimeSpan

  init(_ plan: Plan, interval: TimeSpan) {
    var rules: [Key: PromQLExpression] = [:]
    for objective in plan.services.flatMap(\.objectives) {
      for (window, expression) in Self.rollingWindows(of: objective, in: plan) {
        rules[Key(record: window.rawValue, objective: objective.name.text)] = expression
      }
      for rule in objective.recordings {
        let key = Key(record: rule.record, objective: objective.name.text)
        rules[key] = rules[key] ?? rule.expression
      }
    }
    self.rules = rules
    self.interval = interval
    objectiveLabel = plan.workspace.labelNames.slo
  }

  /// What the windows of an objective hold, as increases of ledgers. Rules read ledgers at both ends, which says as much.
  private static func rollingWindows(
    of objective: ObjectivePlan,
    in plan: Plan
  ) -> [(RecordName, PromQLExpression)] {
    guard case .rolling(let length) = objective.window else { return [] }
    let name = LabelMatcher.equal(plan.workspace.labelNames.slo, objective.name.text)
    let range = PromQLDuration(milliseconds: length.microseconds / 1_000)
    return [(RecordName.totalWindow, RecordName.totalLedger), (.badWindow, .badLedger)].map { window, ledger in
      (window, .increase(VectorSelector(ledger.rawValue, [name]), over: range))
    }
  }

  func raw(_ record: RecordName, of objective: ObjectiveName) throws(BackfillError) -> PromQLExpression {
    var missing: String?
    let key = Key(record: record.rawValue, objective: objective.text)
    let expression = rules[key].map { expanded($0, depth: 0, &missing) }
    guard let expression, missing == nil else {
      throw .readsRecorded(objective: objective.text, series: missing ?? record.rawValue)
    }
    return expression
  }

  /// `missing` is a recorded series that nothing can be put for.
  private func expanded(_ expression: PromQLExpression, depth: Int, _ missing: inout String?) -> PromQLExpression {
    guard depth < Self.depthLimit else {
      missing = missing ?? expression.description
      return expression
    }
    var found = missing
    let result = expression.rewritten { part in
      switch part {
      case .call(let call): return ledgerIncrease(call, depth: depth, &found) ?? part
      case .selector(let selector):
        guard let name = selector.metricName, Self.names.contains(name) else { return part }
        guard let rule = rule(of: selector, record: name) else {
          found = found ?? selector.description
          return part
        }
        return expanded(rule, depth: depth + 1, &found)
      case .number, .string, .range, .subquery, .aggregation, .binary, .unary: return part
      }
    }
    // What is left of ranges over recorded series has nothing to be read from.
    for use in result.selectorUses where use.selector.metricName.map(Self.names.contains) ?? false {
      found = found ?? use.selector.description
    }
    missing = found
    return result
  }

  /// `increase(ledger[w])` as the sum of what the intervals of `w` added.
  private func ledgerIncrease(
    _ call: FunctionCall,
    depth: Int,
    _ missing: inout String?
  ) -> PromQLExpression? {
    guard call.function == .increase, case .range(let range)? = call.arguments.first,
      case .fixed(let span) = range.range
    else { return nil }
    let delta: RecordName
    switch range.selector.metricName {
    case RecordName.totalLedger.rawValue: delta = .totalDelta
    case RecordName.badLedger.rawValue: delta = .badDelta
    default: return nil
    }
    guard let rule = rule(of: range.selector, record: delta.rawValue) else { return nil }
    let step = PromQLDuration(milliseconds: max(1, interval.microseconds / 1_000))
    return .call(.sumOverTime, expanded(rule, depth: depth + 1, &missing).subquery(over: span, every: step))
  }

  /// The rule behind a selector that means one objective, now.
  private func rule(of selector: VectorSelector, record: String) -> PromQLExpression? {
    let named = selector.matchers.filter { $0.label == objectiveLabel }
    guard named.count == 1, named[0].operation == .equal, selector.offset == .zero, selector.at == nil else {
      return nil
    }
    return rules[Key(record: record, objective: named[0].value)]
  }
}
