import PlanModel
import PromQL
import Quantities
import Testing

@testable import PlanLowering

@Suite("Rules for time that runs faster")
struct TimeScaleTests {
  private static func rules(scale: TimeScale) throws -> [Rule] {
    let catalog = try PlanText.example("flashfusion-studio").catalog
    let plan = Lowering(catalog: catalog, workspaceTitle: "Test", zones: { _ in .utc }, scale: scale).plan()
    return plan.services.flatMap { $0.groups + $0.objectives.flatMap(\.groups) }.flatMap(\.rules)
  }

  /// Names and labels, and the expression with every number and length blotted out.
  private static func shape(of rule: Rule) -> String {
    func blotted(_ expression: PromQLExpression) -> String {
      expression.description.replacing(/\b[0-9][0-9.smhde+-]*\b/, with: "#")
    }
    return switch rule {
    case .recording(let rule): "\(rule.record) \(rule.labels) \(blotted(rule.expression))"
    case .alert(let rule): "\(rule.alert) \(rule.labels) \(blotted(rule.expression))"
    }
  }

  private static func lengths(in rule: Rule) -> [Int64] {
    let (expression, around): (PromQLExpression, [TimeSpan]) =
      switch rule {
      case .recording(let rule): (rule.expression, [])
      case .alert(let rule): (rule.expression, [rule.sustained, rule.keepFiringFor])
      }
    let ranges = expression.rangeUses.map(\.range).compactMap { range in
      if case .fixed(let duration) = range { duration.milliseconds } else { nil }
    }
    return ranges + expression.selectorUses.map(\.selector.offset.milliseconds)
      + around.map { $0.microseconds / 1_000 }
  }

  @Test("every length is a sixtieth to the nearest millisecond, and the rules are the same otherwise")
  func shrunk() throws {
    let real = try Self.rules(scale: .real)
    let shrunk = try Self.rules(scale: .divided(by: 60))
    #expect(real.map(Self.shape) == shrunk.map(Self.shape))
    let sixtieths = real.map { Self.lengths(in: $0).map { (Double($0) / 60).rounded(.toNearestOrEven) } }
    #expect(shrunk.map { Self.lengths(in: $0).map(Double.init) } == sixtieths)
    #expect(real != shrunk)
  }

  @Test("what is compared with the clock is shrunk with the lengths")
  func seconds() throws {
    var fixture = CatalogFixture()
    fixture.indicator(try .failures())
    let objective = try fixture.objective(over: "30d")
    let rules = RuleLowering(catalog: fixture.catalog, zones: { _ in nil }, scale: .divided(by: 60))
    let allowance = try #require(rules.expression("slo:error_budget:allowance", of: objective))
    // 30 days of 86,400 seconds, a sixtieth of them, at an error budget of 1%.
    #expect(allowance.contains("* 432 "))
    #expect(allowance.contains("43200"))
  }
}
