import PlanModel
import Quantities
import StructuredText

extension GateDecision {
  /// What the first member of a decision says.
  static let version = "decision/v1"

  /// The decision as JSON, members in the order that `docs/gate.md` states: the same decision gives the same bytes.
  package var json: JSONValue {
    .record([
      "nines": .string(Self.version),
      "answer": .string(answer.rawValue),
      "exitStatus": .integer(exitStatus.rawValue),
      "subject": .string(subject),
      "request": request.json,
      "at": at.json,
      "validUntil": validUntil.json,
      "rolloutCap": rolloutCap?.json,
      "reasons": .array(reasons.map(\.json)),
      "wouldChange": .array(remedies.map(\.json)),
      "freezes": .array(freezes.map(\.json)),
      "overrides": .array(overrides.map(\.json)),
      "signoffs": .array(signoffs.map(\.json)),
      "budgets": .array(budgets.map(\.json)),
      "policy": .string(policy),
      "data": data.json,
      "state": state.json,
    ])
  }
}

extension GateRequest {
  fileprivate var json: JSONValue {
    .record([
      "service": .string(service),
      "journey": journey.map { .string($0) },
      "objective": objective.map { .string($0) },
      "change": .string(change),
      "stage": stage?.json,
      "approvals": .strings(approvals),
    ])
  }
}

extension GateReason {
  fileprivate var json: JSONValue {
    .record([
      "code": .string(code.rawValue),
      "effect": effect.map { .string($0.rawValue) },
      "budget": budget.map { .string($0.text) },
      "text": .string(text),
    ])
  }
}

extension GateDecision.DataIdentity {
  fileprivate var json: JSONValue {
    .record([
      "identity": .string(identity),
      "takenAt": takenAt.json,
      "source": .string(source),
      "partial": .bool(isPartial),
      "warnings": .strings(warnings),
    ])
  }
}

extension FreezeStanding {
  fileprivate var json: JSONValue {
    .record([
      "scope": .string(freeze.scope),
      "reason": .string(freeze.reason),
      "allow": .strings(freeze.allowed),
      "since": current?.from.json,
      "until": current?.until.json,
      "next": next?.json,
    ])
  }
}

extension OverridePlan {
  fileprivate var json: JSONValue {
    .record([
      "change": .string(change),
      "scope": .string(scope),
      "reason": .string(reason),
      "by": .string(by),
      "from": from?.json,
      "until": until.json,
    ])
  }
}

extension SignoffPlan {
  fileprivate var json: JSONValue {
    .record([
      "policy": .string(policy),
      "level": .string(level),
      "item": .string(item),
      "by": .string(by),
      "on": .string(on.description),
    ])
  }
}

// MARK: - Remedies

extension Remedy {
  fileprivate var json: JSONValue {
    switch self {
    case .approval: .record(["kind": "approval"])
    case .stage(let stage): .record(["kind": "stage", "stage": stage.json])
    case .data(let budget): .record(["kind": "data", "budget": .string(budget.text)])
    case .statement(let budget): .record(["kind": "statement", "budget": .string(budget.text)])
    case .freezeEnds(let scope, let at):
      .record(["kind": "freeze", "scope": .string(scope), "at": at.json])
    case .release(let budget, let release):
      .record(["kind": "release", "budget": .string(budget.text), "release": release.json])
    }
  }
}

extension Release {
  fileprivate var json: JSONValue {
    .record([
      "remaining": bound?.json,
      "items": .array(
        items.map {
          .record(["policy": .string($0.policy), "level": .string($0.level), "item": .string($0.item)])
        }
      ),
      "expected": .string(expected.code),
      "at": expected.instant?.json,
    ])
  }
}

extension Release.Expectation {
  fileprivate var code: String {
    switch self {
    case .reached: "reached"
    case .about: "about"
    case .notAtThisRate: "not-at-this-rate"
    case .notKnown: "not-known"
    }
  }

  var instant: Instant? {
    if case .about(let instant) = self { instant } else { nil }
  }
}

// MARK: - Budgets

extension BudgetDecision {
  fileprivate var json: JSONValue {
    .record([
      "budget": .string(budget.name),
      "labels": budget.labelsJSON,
      "owner": .string(owner),
      "dependency": dependency.map { .string($0) },
      "policy": .string(policy),
      "status": .string(status.code),
      "at": at?.json,
      "bad": counts.map { .string($0.bad.decimalText) },
      "total": counts.map { .string($0.total.decimalText) },
      "remaining": status.remaining?.json,
      "level": level.map { .string($0.name) },
      "basis": .string(standing.basis),
      "since": since?.json,
      "beginningSeen": since.map { _ in .bool(isBeginningSeen) },
      "burn": burn.map { .string($0.multiple.decimalText(maximumFractionDigits: 6)) },
      "exhaustedAt": exhaustedAt?.json,
      "openItems": .strings(openItems),
      "actions": .strings(level?.actions ?? []),
      "guidance": .strings(level?.guidance ?? []),
      "release": release?.json,
      "verdict": .string(verdict.rawValue),
      "overridden": .bool(isOverridden),
    ])
  }
}

extension Standing {
  /// Why the level's rules apply, as a stable name.
  fileprivate var basis: String {
    switch self {
    case .level(_, let basis): basis.rawValue
    case .unknown: "unknown"
    case .withoutData(let answer, _):
      switch answer {
      case .freeze: "without-data-freeze"
      case .allow: "without-data-allow"
      case .approve: "without-data-approve"
      case .level: "without-data-level"
      }
    }
  }
}

// MARK: - Values

extension Remaining {
  /// A decimal rounded down to six places, so that it never shows a bound as reached that is not; null for less than any
  /// bound.
  fileprivate var json: JSONValue {
    switch self {
    case .nothing: .null
    case .share(let share): .string((Rational((share * 1_000_000).floor) / 1_000_000).decimalText)
    }
  }
}

extension RemainingBound {
  fileprivate var json: JSONValue { .record(["comparison": .string(comparison.symbol), "bound": bound.json]) }
}

extension Ratio {
  fileprivate var json: JSONValue { .string(fractionText) }
}

extension Instant {
  fileprivate var json: JSONValue { .string(description) }
}

extension JSONValue {
  fileprivate static func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
}
