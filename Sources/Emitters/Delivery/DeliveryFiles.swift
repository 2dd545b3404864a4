import PlanModel
import StructuredText

extension Emitter {
  /// What a cluster needs to ask the gate: the policy for the server, and for each service that a policy rules an analysis and,
  /// where it declares stages, the steps of its rollout.
  static let delivery = Emitter(.delivery) { plan in
    [PolicyConfigMap(plan).artifact]
  } service: { service, index in
    guard service.objectives.contains(where: { $0.policy != nil }) else { return [] }
    let analysis = GateAnalysis(service: service)
    return [analysis.artifact] + (RolloutSteps(service, asking: analysis).map { [$0.artifact] } ?? [])
  }
}

/// What objects of Kubernetes here have in common.
enum KubernetesObject {
  static func document(
    _ kind: String,
    in group: String,
    metadata: YAMLValue,
    _ contents: YAMLMember,
    remark: String
  ) -> YAMLValue {
    let members = [
      YAMLMember("apiVersion", .string(group)), YAMLMember("kind", .string(kind)), YAMLMember("metadata", metadata),
    ]
    return .commented(remark, .mapping(members + [contents]))
  }

  /// Of an object that is written here as a whole.
  static func owned(_ name: String) -> YAMLValue {
    ["name": .string(name), "labels": ["app.kubernetes.io/managed-by": "nines"]]
  }
}

/// The policy file as `nines serve` finds it in a cluster.
struct PolicyConfigMap {
  private let plan: PlanOutline

  init(_ plan: PlanOutline) {
    self.plan = plan
  }

  var artifact: Artifact {
    let policy = GatePolicyFile(plan).json.text(.pretty)
    let document = KubernetesObject.document(
      "ConfigMap",
      in: "v1",
      metadata: KubernetesObject.owned("nines-policy"),
      YAMLMember("data", ["policy.json": .string(policy)]),
      remark: "Written by nines: what the deploy gate of \(plan.workspace.title) decides by, for 'nines serve'."
    )
    return Artifact(path: "delivery/policy.configmap.yaml", text: document.text)
  }
}
