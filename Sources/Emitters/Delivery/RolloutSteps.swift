import PlanModel
import Quantities
import StructuredText

/// The steps of a service's rollout as a patch of its `Rollout`: before every stage the gate is asked whether it may be reached.
///
/// Between two stages the rollout waits for as long as the fastest of the service's burn-rate alerts looks back, so that a stage
/// that burns the budget is seen before the next. Weights are whole percentages, as Argo Rollouts has them; a stage in between
/// is rounded up, and the gate asked about what is set.
struct RolloutSteps {
  private let service: ServicePlan
  private let analysis: GateAnalysis
  private let weights: [Int]

  /// nil for a service without stages.
  init?(_ service: ServicePlan, asking analysis: GateAnalysis) {
    if service.rolloutStages.isEmpty { return nil }
    self.service = service
    self.analysis = analysis
    weights = Set(service.rolloutStages.map { ($0.fraction * 100).ceiling }).sorted()
  }

  var artifact: Artifact {
    let document = KubernetesObject.document(
      "Rollout",
      in: "argoproj.io/v1alpha1",
      metadata: ["name": .string(service.name)],
      YAMLMember("spec", ["strategy": ["canary": ["steps": .sequence(steps)]]]),
      remark: """
        Written by nines: the stages that '\(service.name)' goes through, as a patch of its Rollout.
        The Rollout's label 'nines/change' says what class of change goes out.
        """
    )
    return Artifact(path: "delivery/\(service.name).rollout.yaml", text: document.text)
  }

  private var steps: [YAMLValue] {
    weights.enumerated().flatMap { place, weight -> [YAMLValue] in
      let isLast = place == weights.count - 1
      return [ask(weight), ["setWeight": .integer(weight)]] + (isLast ? [] : [pause].compactMap(\.self))
    }
  }

  private func ask(_ weight: Int) -> YAMLValue {
    [
      "analysis": [
        "templates": [["templateName": .string(analysis.name)]],
        "args": [
          [
            "name": .string(GateAnalysis.Argument.change.rawValue),
            "valueFrom": ["fieldRef": ["fieldPath": "metadata.labels['nines/change']"]],
          ],
          ["name": .string(GateAnalysis.Argument.stage.rawValue), "value": .string("\(weight)")],
        ],
      ]
    ]
  }

  private var pause: YAMLValue? {
    let windows = service.objectives.flatMap { $0.burnAlerts.map(\.longWindow) }
    // Kubernetes reads no days.
    return windows.min().map { ["pause": ["duration": .string("\(($0.seconds).ceiling)s")]] }
  }
}
