import Emitters
import PlanModel
import PromQL
import TestSupport
import Testing

@Suite("Rules of the example workspaces")
struct ExampleRuleTests {
  @Test(
    "promtool accepts every rule file, and every expression reads back as it was built",
    arguments: ExampleTests.names
  )
  func accepted(_ name: String) throws {
    let plan = try PlanText.example(name).plan
    let files = Emission.artifacts(of: plan).filter { $0.path.hasSuffix(".rules.yaml") }
    #expect(!files.isEmpty)
    for file in files {
      let verdict = try Promtool.run(["check", "rules", "rules.yaml"], files: ["rules.yaml": file.text])
      #expect(verdict.passes, "\(verdict.output)")
    }
    for expression in plan.expressions {
      let printed = expression.description
      #expect(try PromQLParser.parse(printed).description == printed)
    }
  }

  @Test("rules read of the recorded series only those that a rule records", arguments: ExampleTests.names)
  func recorded(_ name: String) throws {
    let plan = try PlanText.example(name).plan
    let records = Set(
      plan.rules.compactMap { rule in
        if case .recording(let rule) = rule { rule.record } else { nil }
      }
    )
    let read = Set(plan.expressions.flatMap(\.selectorUses).compactMap(\.selector.metricName))
    #expect(read.filter { $0.hasPrefix("slo:") }.subtracting(records).isEmpty)
  }

  @Test("two rules never write the same series", arguments: ExampleTests.names)
  func distinct(_ name: String) throws {
    let identities = try PlanText.example(name).plan.rules.map { rule in
      switch rule {
      case .recording(let rule): [rule.record] + rule.labels.map { "\($0.name)=\($0.value)" }.sorted()
      case .alert(let rule): [rule.alert] + rule.labels.map { "\($0.name)=\($0.value)" }.sorted()
      }
    }
    #expect(Set(identities).count == identities.count)
  }
}

extension Plan {
  fileprivate var rules: [Rule] {
    (workspace.groups + services.flatMap { $0.objectives.flatMap(\.groups) + $0.groups }).flatMap(\.rules)
  }

  fileprivate var expressions: [PromQLExpression] { rules.map(\.expression) }
}
