import Diagnostics
import NinesCompiler
import PlanModel
import Quantities
import Testing

@testable import BudgetSources

/// The plan of specs without errors.
func plan(_ spec: String, settings: String = "nines: v1") throws -> Plan {
  let compiler = Compiler(today: CalendarDate(dayNumber: 20_780)) { $0 == "UTC" ? .utc : nil }
  let file = SourceFile(id: FileID(0), path: "specs/shop.yaml", text: spec)
  let workspace = Workspace(
    name: "",
    folderName: "shop",
    settings: SourceFile(id: FileID(1), path: "nines.yaml", text: settings),
    specs: [file]
  )
  let compilation = compiler.compile([workspace])
  return try #require(compilation.outputs?.first?.plan, "\(compilation.report.text(as: .text))")
}

@Suite("What a ledger is counted by")
struct LedgerSourceTests {
  @Test("nothing of it is recorded, and what splits it is kept")
  func raw() throws {
    let choice = try LedgerChoice([], in: [try plan(Self.shop)])
    #expect(choice.sources.map(\.objective.text) == ["shop/availability", "shop/by-region"])
    for source in choice.sources {
      for expression in [source.total, source.bad] {
        #expect(!expression.description.contains("slo:"))
        #expect(expression.description.contains("http_requests_total"))
      }
    }
    #expect(choice.sources[1].splitBy == ["region"])
    #expect(choice.sources[1].bad.description.contains("by (region)"))
  }

  @Test("a name is that of a service or of an objective, and a slip is answered with the nearest")
  func chosen() throws {
    let plans = [try plan(Self.shop)]
    #expect(try LedgerChoice(["shop"], in: plans).sources.count == 2)
    #expect(try LedgerChoice(["shop/by-region"], in: plans).sources.map(\.objective.text) == ["shop/by-region"])
    let error = #expect(throws: BackfillError.self) { try LedgerChoice(["shop/by-regoin"], in: plans) }
    #expect(error?.description == "no objective or service 'shop/by-regoin'; did you mean 'shop/by-region'?")
  }

  @Test("a ledger that is read elsewhere is counted there as well")
  func ofOthers() throws {
    let choice = try LedgerChoice(["shop/uptime"], in: [try plan(Self.uptime)])
    let bad = try #require(choice.sources.first).bad.description
    #expect(bad.contains("sum_over_time("))
    #expect(bad.contains("[5m:30s]"))
    #expect(!bad.contains("slo:"))
  }

  static let uptime = """
    nines: v1
    service: shop
    owner: web
    policy: none

    indicators:
      requests:
        good: http_requests_total{job="shop", code!~"5.."}
        valid: http_requests_total{job="shop"}
      uptime:
        down-when:
          - failure_ratio(requests) > 50% within 5m

    objectives:
      availability: requests >= 99.9% over 28d
      uptime: uptime >= 99.9% over 28d
    """

  static let shop = """
    nines: v1
    service: shop
    owner: web
    policy: none

    indicators:
      requests:
        good: http_requests_total{job="shop", code!~"5.."}
        valid: http_requests_total{job="shop"}

    objectives:
      availability: requests >= 99.9% over 28d
      by-region: requests >= 99.9% over 28d by [region]
    """
}
