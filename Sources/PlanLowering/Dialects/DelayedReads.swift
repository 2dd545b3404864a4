import PlanModel
import PromQL
import Quantities

/// Rules for a system where a rule cannot count on what the rules before it in its group have just recorded.
///
/// vmalert hands results to a queue that is written every few seconds; the rules behind read what was there an evaluation
/// ago, or now and then the new value. For a ratio that makes no difference. A delta has to enter its ledger once: the
/// ledger adds the delta of the evaluation before, which is there by then, and runs one interval behind. What a delta is
/// computed from has to be of the same evaluation: it is computed in place.
enum DelayedReads {
  fileprivate static let deltas: Set<String> = [RecordName.totalDelta.rawValue, RecordName.badDelta.rawValue]
  private static let inlined = deltas.union([RecordName.exclusionActive.rawValue])

  static func lowered(_ groups: [RuleGroup]) -> [RuleGroup] {
    var recorded: [RecordingRule] = []
    return groups.map { group in
      var group = group
      group.rules = group.rules.map { rule in
        guard case .recording(var recording) = rule else { return rule }
        if inlined.contains(recording.record) {
          recording.expression = recording.expression.computing(recorded)
          recorded.append(recording)
        } else {
          recording.expression = recording.expression.readingDeltas(before: group.interval)
        }
        return .recording(recording)
      }
      return group
    }
  }

  /// What follows from the ledgers is found one evaluation later.
  static func lowered(_ plan: RuleTestPlan) -> RuleTestPlan {
    var plan = plan
    plan.suites = plan.suites.map { suite in
      var suite = suite
      for test in suite.tests.indices {
        for check in suite.tests[test].checks.indices where !suite.tests[test].checks[check].readsExclusion {
          let time = suite.tests[test].checks[check].time
          suite.tests[test].checks[check].time = time + suite.step
        }
      }
      return suite
    }
    return plan
  }
}

extension RuleCheck {
  /// Whether it looks at what is excluded, which is computed in place.
  fileprivate var readsExclusion: Bool {
    query.selectorUses.contains { $0.selector.metricName == RecordName.exclusionActive.rawValue }
  }
}

extension RecordingRule {
  /// Whether the series that a selector chooses are this rule's.
  fileprivate func isChosen(by selector: VectorSelector) -> Bool {
    selector.metricName == record && selector.offset == .zero
      && selector.matchers.allSatisfy { matcher in
        matcher.operation == .equal && labels.contains { $0.name == matcher.label && $0.value == matcher.value }
      }
  }
}

extension PromQLExpression {
  /// With the expressions of rules in place of their series. Those keep the labels that split the objective, and series
  /// of an objective pair up on no others.
  fileprivate func computing(_ recorded: [RecordingRule]) -> PromQLExpression {
    rewritten { part in
      guard case .selector(let selector) = part, let rule = recorded.first(where: { $0.isChosen(by: selector) }) else {
        return part
      }
      return rule.expression
    }
  }

  /// With the deltas of the evaluation before in place of the newest ones. The range is the interval, so that a delta
  /// that was never recorded is not replaced by the one before it.
  fileprivate func readingDeltas(before interval: TimeSpan) -> PromQLExpression {
    rewritten { part in
      guard case .selector(let selector) = part, let name = selector.metricName, DelayedReads.deltas.contains(name)
      else {
        return part
      }
      return .lastOverTime(selector.offset(interval.promQL), over: interval.promQL)
    }
  }
}
