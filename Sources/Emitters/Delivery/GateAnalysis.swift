import PlanModel
import StructuredText

/// An `AnalysisTemplate` of Argo Rollouts that asks the gate about one service.
///
/// Of the four answers `allow` is a success and `deny` a failure, which rolls back; `approve` and `unknown` are neither, so the
/// analysis ends inconclusive and the rollout waits for somebody.
struct GateAnalysis {
  let service: ServicePlan

  /// The names of the template's arguments.
  enum Argument: String {
    case change
    /// A percentage, without its sign.
    case stage
    /// The address of the server.
    case gate

    fileprivate var reference: String { "{{args.\(rawValue)}}" }
  }

  var name: String { "nines-gate-\(service.name)" }

  var artifact: Artifact {
    let document = KubernetesObject.document(
      "AnalysisTemplate",
      in: "argoproj.io/v1alpha1",
      metadata: KubernetesObject.owned(name),
      YAMLMember("spec", ["args": arguments, "metrics": [metric]]),
      remark: "Written by nines: asks the deploy gate whether a change of '\(service.name)' may go out."
    )
    return Artifact(path: "delivery/\(service.name).analysis.yaml", text: document.text)
  }

  private var arguments: YAMLValue {
    [
      ["name": .string(Argument.change.rawValue)],
      ["name": .string(Argument.stage.rawValue), "value": "100"],
      ["name": .string(Argument.gate.rawValue), "value": "http://nines-gate:8080"],
    ]
  }

  private var metric: YAMLValue {
    [
      "name": "gate",
      "successCondition": .string(Self.success),
      "failureCondition": .string(Self.failure),
      "provider": ["web": ["url": .string(url), "timeoutSeconds": 10, "jsonPath": "{$.answer}"]],
    ]
  }

  private static let success = "result == \"allow\""
  private static let failure = "result == \"deny\""

  private var url: String {
    let question = "change=\(Argument.change.reference)&stage=\(Argument.stage.reference)%25"
    return "\(Argument.gate.reference)/v1/gate/\(service.name)?\(question)"
  }
}
