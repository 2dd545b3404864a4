import ContentHash
import PlanModel
import Quantities
import StructuredText

extension Emitter {
  static let gatePolicy = Emitter(
    .gate,
    workspace: { plan in
      [Artifact(path: "gate/policy.json", GatePolicyFile(plan).json)]
    }
  )
}

/// The file that the deploy gate reads; `docs/gate-policy.md` describes it.
package struct GatePolicyFile: Sendable {
  private let plan: PlanOutline

  package init(_ plan: PlanOutline) {
    self.plan = plan
  }

  package var json: JSONValue {
    let contents = self.contents
    let identity = Self.identity(of: .object(contents))
    return .object([contents[0], JSONMember("identity", .string(identity))] + contents[1...])
  }

  /// The SHA-256 of a policy document, leaving out the identity that it states itself.
  package static func identity(of document: JSONValue) -> String {
    let members = (document.object ?? []).filter { $0.name != "identity" }
    return SHA256.hexadecimal(of: Array(JSONValue.object(members).text(.compact).utf8))
  }

  private var contents: [JSONMember] {
    let services = plan.services.sorted { $0.name < $1.name }
    // Names are spelt out once, not at every comparison.
    let objectives = services.flatMap(\.objectives).map { (name: $0.name.text, plan: $0) }.sorted { $0.name < $1.name }
    return [
      JSONMember("format", 2),
      JSONMember("workspace", .string(plan.workspace.title)),
      JSONMember("interval", .string(plan.workspace.interval.description)),
      JSONMember("labels", labels),
      JSONMember("services", .array(services.map(\.gateJSON))),
      JSONMember("journeys", .array(journeys)),
      JSONMember("objectives", .array(objectives.map(\.plan.gateJSON))),
      JSONMember("policies", .array(plan.workspace.policies.sorted { $0.name < $1.name }.map(\.gateJSON))),
      JSONMember("freezes", .array(plan.workspace.freezes.map(\.gateJSON))),
      JSONMember("overrides", .array(plan.workspace.overrides.map(\.gateJSON))),
      JSONMember("signoffs", .array(plan.workspace.signoffs.map(\.gateJSON))),
      JSONMember(
        "zones",
        .array(plan.workspace.zones.sorted { $0.key < $1.key }.map { $0.value.gateJSON(name: $0.key) })
      ),
    ]
  }

  private var labels: JSONValue {
    let names = plan.workspace.labelNames
    return [
      "slo": .string(names.slo),
      "service": .string(names.service),
      "journey": .string(names.journey),
      "objective": .string(names.objective),
      "owner": .string(names.owner),
      "severity": .string(names.severity),
    ]
  }

  private var journeys: [JSONValue] {
    plan.services
      .flatMap { service in service.journeys.map { (name: "\(service.name)/\($0.name)", service.name, $0) } }
      .sorted { $0.name < $1.name }
      .map { name, service, journey in journey.gateJSON(name: name, service: service) }
  }
}

extension ServiceOutline {
  fileprivate var gateJSON: JSONValue {
    let blocking = dependencies.filter(\.isBlocking)
    return [
      "name": .string(name),
      "title": .string(title),
      "owner": .string(owner),
      "rolloutStages": .array(rolloutStages.map { .string($0.fractionText) }),
      "dependencies": .array(blocking.map { ["name": .string($0.name), "external": .bool($0.isExternal)] }),
    ]
  }
}

extension JourneyPlan {
  fileprivate func gateJSON(name: String, service: String) -> JSONValue {
    [
      "name": .string(name),
      "service": .string(service),
      "title": .string(title),
      "owner": .string(owner),
      "objectives": .array(objectives.map { .string($0.text) }),
      "weights": .array(
        weights.map { ["objective": .string($0.objective.text), "weight": .string($0.weight.description)] }
      ),
    ]
  }
}

extension ObjectiveOutline {
  fileprivate var gateJSON: JSONValue {
    .record([
      "name": .string(name.text),
      "service": .string(name.service),
      "journey": name.journey.map(JSONValue.string),
      "title": .string(title),
      "owner": .string(owner),
      "kind": .string(kind.word),
      "target": .string(target.ratio.fractionText),
      "budget": .string(target.errorBudget.share.fractionText),
      "window": window.gateJSON,
      "splitBy": .array(splitBy.map(JSONValue.string)),
      "policy": policy.map(JSONValue.string),
      "attestation": attestation?.gateJSON,
    ])
  }
}

extension AttestationPlan {
  fileprivate var gateJSON: JSONValue {
    ["by": .string(by), "on": .string(on.description), "lapses": .string(lapses.description)]
  }
}

extension TimeWindow {
  fileprivate var gateJSON: JSONValue {
    switch self {
    case .rolling(let length): ["kind": "rolling", "length": .string(length.description)]
    case .calendar(let period, let zone):
      ["kind": "calendar", "period": .string(period.rawValue), "zone": .string(zone)]
    }
  }
}

extension PolicyPlan {
  fileprivate var gateJSON: JSONValue {
    .record([
      "name": .string(name),
      "title": .string(title),
      "changes": .array(changes.map(JSONValue.string)),
      "levels": .array(levels.map(\.gateJSON)),
      "withoutData": withoutData?.gateJSON,
    ])
  }
}

extension LevelPlan {
  fileprivate var gateJSON: JSONValue {
    .record([
      "name": .string(name),
      "enter": enter?.gateJSON,
      "leave": leave?.gateJSON,
      "allow": .array(allowed.map(JSONValue.string)),
      "approve": .array(approved.map(JSONValue.string)),
      "rolloutCap": rolloutCap.map { .string($0.fractionText) },
      "actions": .array(actions.map(JSONValue.string)),
      "exit": .array(exit.map(JSONValue.string)),
      "guidance": .array(guidance.map(JSONValue.string)),
    ])
  }
}

extension RemainingBound {
  fileprivate var gateJSON: JSONValue {
    ["comparison": .string(comparison.symbol), "bound": .string(bound.fractionText)]
  }
}

extension WithoutDataPlan {
  fileprivate var gateJSON: JSONValue {
    let after = JSONMember("after", .string(after.description))
    return switch answer {
    case .freeze: .object([after, JSONMember("then", "freeze")])
    case .allow: .object([after, JSONMember("then", "allow")])
    case .approve: .object([after, JSONMember("then", "approve")])
    case .level(let name): .object([after, JSONMember("then", "level"), JSONMember("level", .string(name))])
    }
  }
}

extension OverridePlan {
  fileprivate var gateJSON: JSONValue {
    .record([
      "change": .string(change),
      "scope": .string(scope),
      "reason": .string(reason),
      "by": .string(by),
      "from": from.map { .string($0.description) },
      "until": .string(until.description),
    ])
  }
}

extension SignoffPlan {
  fileprivate var gateJSON: JSONValue {
    [
      "policy": .string(policy),
      "level": .string(level),
      "item": .string(item),
      "by": .string(by),
      "on": .string(on.description),
    ]
  }
}
