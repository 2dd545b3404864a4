import Emitters
import PlanModel
import PromQL
import StructuredText
import Testing

@Suite("Grafana dashboards")
struct DashboardFileTests {
  private func panel(
    _ visualization: PanelPlan.Visualization = .timeseries,
    unit: PanelPlan.Unit = .share,
    queries: [PanelQuery] = [PanelQuery(.selector("slo:remaining"), legend: "{{slo}}")],
    thresholds: [PanelThreshold] = [],
    isStacked: Bool = false,
    width: Int = 12,
    text: String? = nil
  ) -> PanelPlan {
    PanelPlan(
      title: "Remaining",
      description: "What is left",
      visualization: visualization,
      unit: unit,
      queries: queries,
      thresholds: thresholds,
      isStacked: isStacked,
      width: width,
      text: text
    )
  }

  private func dashboard(_ panels: [PanelPlan], links: [NamedText] = [], title: String = "Studio") throws -> JSONValue {
    let dashboard = DashboardPlan(
      uid: "nines-studio",
      name: "studio",
      title: title,
      description: "Health",
      path: "/d/studio",
      tags: ["slo"],
      panels: panels
    )
    let service = ServicePlan.fixture(links: links, dashboards: [dashboard])
    let artifact = try #require(Emission.artifacts(of: .fixture(services: [service], outputs: [.grafana])).first)
    #expect(artifact.path == "grafana/nines-studio.json")
    return try JSONParser.parse(artifact.bytes)
  }

  private func panels(_ plans: PanelPlan...) throws -> [JSONValue] {
    try #require(dashboard(plans)["panels"]?.array)
  }

  @Test("a dashboard brings its own identity and asks whichever Prometheus is chosen on it")
  func frame() throws {
    let json = try dashboard([panel()], title: hostileText)
    #expect(json["uid"] == "nines-studio")
    #expect(json["id"] == .null)
    #expect(json["title"] == .string(hostileText))
    #expect(json["tags"] == ["slo"])
    #expect(json["time"] == ["from": "now-7d", "to": "now"])
    let variable = try #require(json["templating"]?["list"]?.array?.first)
    #expect(variable["name"] == "datasource")
    #expect(variable["type"] == "datasource")
    #expect(variable["query"] == "prometheus")
    let panel = try #require(json["panels"]?.array?.first)
    #expect(panel["datasource"]?["uid"] == "${datasource}")
    #expect(panel["targets"]?.array?.first?["datasource"]?["uid"] == "${datasource}")
  }

  @Test("panels fill rows of 24 columns in reading order, each row as high as its highest panel")
  func grid() throws {
    let panels = try panels(
      panel(.stat, width: 6),
      panel(.stat, width: 6),
      panel(.timeseries, width: 12),
      panel(.table, width: 16),
      panel(.stat, width: 12),
      panel(.heatmap, width: 99)
    )
    #expect(
      panels.map { $0["gridPos"] } == [
        ["h": 8, "w": 6, "x": 0, "y": 0], ["h": 8, "w": 6, "x": 6, "y": 0], ["h": 8, "w": 12, "x": 12, "y": 0],
        ["h": 8, "w": 16, "x": 0, "y": 8], ["h": 4, "w": 12, "x": 0, "y": 16], ["h": 9, "w": 24, "x": 0, "y": 20],
      ]
    )
    #expect(panels.map { $0["id"] } == [1, 2, 3, 4, 5, 6])
  }

  @Test("every query says what it asks, when, and how its lines are called")
  func queries() throws {
    let many = (0..<28).map { PanelQuery(.selector("m\($0)"), legend: "m\($0)", isInstant: $0 == 0) }
    let targets = try #require(try panels(panel(queries: many)).first?["targets"]?.array)
    #expect(targets.map { $0["refId"] }[..<3] == ["A", "B", "C"])
    #expect(targets.map { $0["refId"] }[25...] == ["Z", "AA", "AB"])
    #expect(targets[1]["expr"] == "m1")
    #expect(targets[1]["legendFormat"] == "m1")
    #expect(targets.map { $0["instant"] }[..<2] == [true, false])
    #expect(targets.map { $0["range"] }[..<2] == [false, true])
  }

  @Test(
    "units are Grafana's",
    arguments: [
      (PanelPlan.Unit.share, "percentunit"), (.seconds, "s"), (.bytes, "bytes"), (.eventsPerSecond, "reqps"),
      (.count, "short"), (.date, "dateTimeFromNow"), (.none, "none"),
    ]
  )
  func units(_ unit: PanelPlan.Unit, _ name: String) throws {
    #expect(try panels(panel(unit: unit)).first?["fieldConfig"]?["defaults"]?["unit"] == .string(name))
  }

  @Test("dates are asked for in milliseconds, as Grafana counts them")
  func dates() throws {
    let query = PanelQuery(.selector("slo:exhausted_at"), legend: "")
    let target = try panels(panel(.stat, unit: .date, queries: [query])).first?["targets"]?.array?.first
    #expect(target?["expr"] == "slo:exhausted_at * 1000")
  }

  @Test("the lowest threshold is open downwards, whether or not the plan says so")
  func thresholds() throws {
    let open = PanelThreshold(from: nil, color: .red)
    let half = PanelThreshold(from: "0.50", color: .orange)
    func steps(_ thresholds: [PanelThreshold]) throws -> JSONValue? {
      try panels(panel(.stat, thresholds: thresholds)).first?["fieldConfig"]?["defaults"]?["thresholds"]?["steps"]
    }
    let orange: JSONValue = ["color": "orange", "value": .number(try #require(NumberText("0.50")))]
    #expect(try steps([open, half]) == [["color": "red", "value": .null], orange])
    #expect(try steps([half]) == [["color": "green", "value": .null], orange])
    #expect(try steps([]) == [["color": "green", "value": .null]])
  }

  @Test("a table shows one row for each set of labels and names its columns after its queries")
  func table() throws {
    let queries = [PanelQuery(.selector("a"), legend: "Target"), PanelQuery(.selector("b"), legend: "{{slo}}")]
    let panel = try #require(try panels(panel(.table, queries: queries)).first)
    #expect(panel["targets"]?.array?.map { $0["format"] } == ["table", "table"])
    #expect(panel["targets"]?.array?.map { $0["instant"] } == [true, true])
    let transformations = try #require(panel["transformations"]?.array)
    #expect(transformations.map { $0["id"] } == ["merge", "organize"])
    #expect(transformations.last?["options"]?["renameByName"] == ["Value #A": "Target"])
    #expect(transformations.last?["options"]?["excludeByName"]?["Time"] == true)
  }

  @Test("heatmaps take buckets as they are, in the unit of the panel")
  func heatmap() throws {
    let query = PanelQuery(.selector("x_bucket"), legend: "{{le}}", isHeatmap: true)
    let panel = try #require(try panels(panel(.heatmap, unit: .seconds, queries: [query])).first)
    #expect(panel["type"] == "heatmap")
    #expect(panel["targets"]?.array?.first?["format"] == "heatmap")
    #expect(panel["options"]?["calculate"] == false)
    #expect(panel["options"]?["yAxis"]?["unit"] == "s")
  }

  @Test("alert lists are filtered by the plan's matchers, text panels hold the plan's text, and neither queries")
  func queryless() throws {
    let matchers = #"{service="studio"}"#
    let panels = try panels(panel(.alerts, text: matchers), panel(.text, text: hostileText))
    #expect(panels[0]["type"] == "alertlist")
    #expect(panels[0]["options"]?["alertInstanceLabelFilter"] == .string(matchers))
    #expect(panels[1]["options"]?["content"] == .string(hostileText))
    #expect(panels.allSatisfy { $0["targets"] == nil })
  }

  @Test("stacked series are stacked, others are not")
  func stacking() throws {
    let modes = try panels(panel(isStacked: true), panel()).map {
      $0["fieldConfig"]?["defaults"]?["custom"]?["stacking"]?["mode"]
    }
    #expect(modes == ["normal", "none"])
  }

  @Test("only addresses of the web become links")
  func links() throws {
    let links = [
      NamedText(name: "Code", text: "https://example.com/git"), NamedText(name: "Run", text: "javascript:alert(1)"),
      NamedText(name: "Chat", text: "#studio"),
    ]
    #expect(try dashboard([], links: links)["links"]?.array?.map { $0["url"] } == ["https://example.com/git"])
  }
}
