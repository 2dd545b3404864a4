import DeployGate
import PlanModel
import StructuredText

extension Knowledge {
  /// The policies that answers follow, as far as a caller may ask about the services that they rule.
  func policies(for caller: Caller) -> JSONValue {
    let listed = policies.policies.flatMap { policy in
      policy.policies.compactMap { plan -> JSONValue? in
        let ruled = Set(policy.objectives.filter { $0.policy == plan.name }.map(\.name.service))
        let seen = ruled.filter(caller.maySee).sorted()
        return seen.isEmpty && caller.services != nil ? nil : plan.json(services: seen, identity: policy.identity)
      }
    }
    return ["policies": .array(listed)]
  }

  /// The objectives, and the levels that their budgets were seen in.
  func objectives(for caller: Caller) -> JSONValue {
    let listed = holdings.flatMap { holding in
      let levels = Dictionary(grouping: holding.levels.entries, by: \.budget.name)
      return holding.policy.objectives.filter { caller.maySee($0.name.service) }.map {
        $0.json(levels: levels[$0.name.text] ?? [])
      }
    }
    return ["objectives": .array(listed)]
  }
}

extension PolicyPlan {
  fileprivate func json(services: [String], identity: String) -> JSONValue {
    [
      "name": .string(name), "title": .string(title), "services": .strings(services), "changes": .strings(changes),
      "levels": .array(
        levels.map {
          .record([
            "name": .string($0.name), "allow": .strings($0.allowed), "approve": .strings($0.approved),
            "rolloutCap": $0.rolloutCap.map { .string($0.fractionText) },
          ])
        }
      ),
      "identity": .string(identity),
    ]
  }
}

extension GateObjective {
  fileprivate func json(levels: [LevelState.Entry]) -> JSONValue {
    .record([
      "name": .string(name.text),
      "service": .string(name.service),
      "journey": name.journey.map { .string($0) },
      "title": .string(title),
      "owner": .string(owner),
      "target": .string(target.ratio.fractionText),
      "policy": policy.map { .string($0) },
      "budgets": .array(
        levels.filter { $0.policy == policy }.map { entry in
          [
            "labels": .object(entry.budget.labels.map { JSONMember($0.name, .string($0.value)) }),
            "level": .string(entry.track.ruling), "since": .string(entry.track.since.description),
            "lastSeen": .string(entry.track.lastSeen.description),
          ]
        }
      ),
    ])
  }
}

extension JSONValue {
  fileprivate static func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
}
