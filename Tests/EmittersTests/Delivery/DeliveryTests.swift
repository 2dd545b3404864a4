import DeployGate
import Emitters
import Foundation
import PlanModel
import Quantities
import Testing

@Suite("Delivery")
struct DeliveryTests {
  private func service(_ name: String, policy: String?, stages: [String] = []) throws -> ServicePlan {
    let objective = try ObjectivePlan.fixture(
      ObjectiveName(service: name, journey: nil, objective: "success"),
      policy: policy,
      burnAlerts: [try .fixture()]
    )
    return ServicePlan.fixture(
      name,
      objectives: [objective],
      rolloutStages: try stages.map { try Ratio(reading: $0) }
    )
  }

  private func files(_ services: ServicePlan...) throws -> [String: String] {
    let plan = try Plan.fixture(services: services, outputs: [.delivery])
    return Dictionary(uniqueKeysWithValues: Emission.artifacts(of: plan).map { ($0.path, $0.text) })
  }

  @Test("a service gets an analysis if a policy rules it, and steps if it declares stages")
  func kinds() throws {
    let files = try files(
      service("free", policy: nil, stages: ["10%", "100%"]),
      service("ruled", policy: "ruled/budget"),
      service("staged", policy: "staged/budget", stages: ["10%", "100%"])
    )
    #expect(
      files.keys.sorted() == [
        "delivery/policy.configmap.yaml", "delivery/ruled.analysis.yaml", "delivery/staged.analysis.yaml",
        "delivery/staged.rollout.yaml",
      ]
    )
  }

  /// What Argo Rollouts makes of a measurement: a condition compares `result` with a text.
  private func outcome(_ answer: GateAnswer, _ template: String) throws -> String {
    func holds(_ name: String) throws -> Bool {
      let line = try #require(template.split(separator: "\n").first { $0.contains("\(name): ") })
      let condition = try #require(line.firstMatch(of: /result == \\?"([a-z]+)\\?"/))
      return condition.1 == answer.rawValue
    }
    if try holds("failureCondition") { return "Failed" }
    return try holds("successCondition") ? "Successful" : "Inconclusive"
  }

  @Test(
    "of all answers one is a success and one a failure, and neither are those that nobody may take for one",
    arguments: zip(
      [GateAnswer.allow, .approve, .unknown, .deny],
      ["Successful", "Inconclusive", "Inconclusive", "Failed"]
    )
  )
  func conditions(_ answer: GateAnswer, _ expected: String) throws {
    let template = try #require(try files(service("a", policy: "a/budget"))["delivery/a.analysis.yaml"])
    #expect(try outcome(answer, template) == expected)
    #expect(template.contains("jsonPath: '{$.answer}'"))
    #expect(template.contains("/v1/gate/a?change={{args.change}}&stage={{args.stage}}%25"))
    #expect(GateAnswer.allCases.count == 4)
  }

  @Test("the gate is asked before every stage, in whole percentages that are never below what was declared")
  func steps() throws {
    let files = try files(service("a", policy: "a/budget", stages: ["0.5%", "1%", "12.5%", "100%"]))
    let rollout = try #require(files["delivery/a.rollout.yaml"])
    let weights = rollout.matches(of: /setWeight: (\d+)/).map { String($0.1) }
    let asked = rollout.matches(of: /value: ['"]?(\d+)/).map { String($0.1) }
    #expect(weights == ["1", "13", "100"])
    #expect(asked == weights)
    #expect(rollout.matches(of: /templateName: nines-gate-a\n/).count == 3)
    #expect(rollout.matches(of: /pause:/).count == 2)
    #expect(!rollout.hasSuffix("pause:"))
  }
}
