import PlanModel
import PromQL
import Testing

@testable import PlanLowering

@Suite("The example workspaces, lowered")
struct ExampleTests {
  static let names = ["examples", "flashfusion-studio", "smart-pip"]

  @Test(
    "every query of every panel parses and reads only what is recorded, declared or counted by the rules",
    arguments: names
  )
  func queriesParse(_ name: String) throws {
    let text = try PlanText.example(name)
    #expect(text.errors == [])
    let declared = Set(text.page("Metric contract")?.column("Metric") ?? [])
    let recorded = text.recordedNames
    let counted = text.countedNames
    let queries = text.services.flatMap(\.dashboards).flatMap(\.panels).flatMap(\.queries)
    #expect(queries.count > 10)
    for query in queries {
      let printed = query.expression.description
      #expect(try PromQLParser.parse(printed).description == printed)
      for use in query.expression.selectorUses {
        let series = use.selector.metricName ?? ""
        let isRaw = declared.contains { [$0, "\($0)_bucket", "\($0)_count"].contains(series) }
        let isKnown = isRaw || recorded.contains(series) || counted.contains(series)
        #expect(isKnown, "'\(series)' is neither recorded nor declared nor counted")
      }
    }
  }

  @Test("dashboards have identifiers of their own that Grafana takes", arguments: names)
  func identifiers(_ name: String) throws {
    let uids = try PlanText.example(name).services.flatMap(\.dashboards).map(\.uid)
    #expect(!uids.isEmpty)
    #expect(Set(uids).count == uids.count)
    for uid in uids {
      #expect(uid.utf8.count <= 40)
      #expect(uid.wholeMatch(of: /[a-z0-9_-]+/) != nil)
    }
  }

  @Test("every panel explains itself", arguments: names)
  func descriptions(_ name: String) throws {
    for panel in try PlanText.example(name).services.flatMap(\.dashboards).flatMap(\.panels) {
      #expect(!panel.title.isEmpty)
      #expect(panel.description.count > 40, "'\(panel.title)' does not say how it is read")
      #expect(panel.visualization != .text, "'\(panel.title)' found nothing to show")
    }
  }

  @Test("groups have names of their own and at most 20 rules", arguments: names)
  func groups(_ name: String) throws {
    let plan = try PlanText.example(name).plan
    let groups = plan.workspace.groups + plan.services.flatMap { $0.groups + $0.objectives.flatMap(\.groups) }
    #expect(groups.count > 8)
    #expect(Set(groups.map(\.name)).count == groups.count)
    #expect(groups.allSatisfy { (1...20).contains($0.rules.count) })
  }

  @Test("the studio's plan keeps the figures of its tables beside those that follow from them")
  func studioFigures() throws {
    let text = try PlanText.example("flashfusion-studio")
    let levels = try #require(text.page("Burn levels"))
    let critical = try #require(levels.rows.first { $0[0] == "studio/api-availability" && $0[1] == "critical" })
    #expect(critical.contains("< 5h"))
    #expect(critical.contains("3d14h24m or less"))
    let budgets = try #require(text.page("Stated error budgets"))
    #expect(budgets.rows.contains(["studio/api-availability", "per month", "~43m", "43m12s"]))
    #expect(budgets.rows.contains(["studio/song-generation/success-rate", "per day", "~83", "83.33"]))
    let capacity = try #require(text.page("Capacity forecast"))
    #expect(capacity.rows.contains(["2025-Q4", "song-generation", "5_000_000 per month", "1000%"]))
  }

  @Test("promises of Smart PiP stand beside the objectives that guard them")
  func promises() throws {
    let agreements = try PlanText.example("smart-pip").services.flatMap(\.agreements)
    let promises = agreements.flatMap(\.promises)
    let uptime = try #require(promises.first { $0.name == "uptime" })
    #expect(uptime.guardedBy?.text == "smart-pip/backend-api-availability")
    #expect(uptime.headroom == 5)
    let latency = try #require(promises.first { $0.name == "latency" })
    #expect(latency.guardedBy == nil && latency.headroom == nil)
    let data = try #require(agreements.first { $0.name == "data" })
    #expect(data.remedies == ["restored from daily-backup: Postgres, as snapshots (RDS/Neon), every 1d"])
    #expect(data.promises.first?.headroom == nil)
  }
}
