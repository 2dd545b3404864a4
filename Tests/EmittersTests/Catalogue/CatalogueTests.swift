import Emitters
import Foundation
import FoundationXML
import PlanModel
import Quantities
import Testing

@Suite("Catalogue")
struct CatalogueTests {
  private func pages(of plan: Plan) -> [String: String] {
    let artifacts = Emission.artifacts(of: plan).filter { $0.path.hasPrefix("catalogue/") }
    return Dictionary(uniqueKeysWithValues: artifacts.map { ($0.path, $0.text) })
  }

  /// A plan in which every text that an author writes is the given one.
  private func plan(saying text: String) throws -> Plan {
    let name = ObjectiveName(service: "studio", journey: "songs", objective: "success")
    let objective = try ObjectivePlan.fixture(
      name,
      title: text,
      meaning: text,
      runbook: text,
      expression: text,
      policy: "studio/budget",
      attestation: AttestationPlan(
        statement: text,
        by: text,
        on: try CalendarDate(reading: "2025-01-15"),
        lapses: try CalendarDate(reading: "2025-04-15"),
        evidence: text
      ),
      burnAlerts: [try .fixture()]
    )
    let service = ServicePlan.fixture(
      title: text,
      description: text,
      owner: text,
      links: [NamedText(name: text, text: text)],
      journeys: [
        JourneyPlan(
          name: "songs",
          title: text,
          expectation: text,
          rationale: text,
          owner: text,
          traffic: objective.traffic,
          objectives: [name],
          weights: [ObjectiveWeight(objective: name, weight: 1)]
        )
      ],
      objectives: [objective],
      agreements: [try agreement(saying: text, guardedBy: name)],
      severities: [
        SeverityPlan(
          name: "P1",
          title: text,
          impact: text,
          example: text,
          respond: .minutes(15),
          resolve: .hours(4),
          update: nil,
          pages: true
        )
      ],
      dependencies: [DependencyPlan(name: text, isExternal: true, isBlocking: true)],
      pages: [CataloguePage(title: text, columns: [text, "B"], rows: [[text, "b"]])]
    )
    return try .fixture(
      services: [service],
      policies: [policy(saying: text)],
      overrides: [
        OverridePlan(
          change: text,
          scope: "studio",
          reason: text,
          by: text,
          from: nil,
          until: try Instant(reading: "2026-10-02T20:00:00Z")
        )
      ],
      signoffs: [
        SignoffPlan(
          policy: "studio/budget",
          level: text,
          item: text,
          by: text,
          on: try CalendarDate(reading: "2026-09-30")
        )
      ],
      title: text
    )
  }

  private func agreement(saying text: String, guardedBy name: ObjectiveName) throws -> AgreementPlan {
    AgreementPlan(
      name: "api",
      title: text,
      with: text,
      starts: text,
      promises: [
        PromisePlan(
          name: text,
          expression: text,
          target: try Target(reading: "99%"),
          guardedBy: name,
          headroom: 2
        )
      ],
      responses: [NamedText(name: text, text: text)],
      remedies: [text],
      exclusions: [text]
    )
  }

  private func policy(saying text: String) -> PolicyPlan {
    let level = LevelPlan(
      name: text,
      enter: nil,
      leave: nil,
      allowed: [text],
      approved: [text],
      rolloutCap: .all,
      actions: [text],
      exit: [text],
      guidance: [text]
    )
    return PolicyPlan(
      name: "studio/budget",
      title: text,
      changes: [text, "x"],
      levels: [level],
      withoutData: WithoutDataPlan(after: .hours(1), answer: .level(text))
    )
  }

  @Test(
    "pages of any text are well-formed, run nothing and load nothing",
    arguments: [hostileText, "", "javascript:alert(1)"]
  )
  func hostile(_ text: String) throws {
    let pages = pages(of: try plan(saying: text))
    #expect(pages.keys.sorted() == ["catalogue/index.html", "catalogue/studio.html"])
    for (path, html) in pages {
      let page = try HTMLPage(html)
      #expect(page.elements.allSatisfy { $0.name != "script" && $0.name != "img" && $0.name != "iframe" }, "\(path)")
      let addresses = page.elements.compactMap { $0.attributes["href"] }
      #expect(
        addresses.allSatisfy {
          $0.hasPrefix("./") || $0.hasPrefix("../") || $0.hasPrefix("#") || $0.hasPrefix("https://grafana")
        },
        "\(addresses)"
      )
      #expect(page.elements.allSatisfy { !$0.attributes.keys.contains { $0.hasPrefix("on") || $0 == "src" } })
      #expect(!html.contains("\u{1B}") && !html.contains("\u{0}"))
    }
  }

  @Test("every page can be read aloud: a language, one main heading, levels without gaps, headed tables with captions")
  func accessible() throws {
    for html in pages(of: try plan(saying: "x & y")).values {
      let page = try HTMLPage(html)
      #expect(page.elements.first { $0.name == "html" }?.attributes["lang"] == "en")
      #expect(page.elements.contains { $0.attributes["name"] == "viewport" })
      let levels = page.elements.compactMap {
        $0.name.count == 2 && $0.name.hasPrefix("h") ? Int($0.name.dropFirst()) : nil
      }
      #expect(levels.count { $0 == 1 } == 1)
      #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 }, "\(levels)")
      #expect(page.elements.filter { $0.name == "table" }.count == page.elements.filter { $0.name == "caption" }.count)
      #expect(page.elements.filter { $0.name == "th" }.allSatisfy { $0.attributes["scope"] != nil })
    }
  }

  @Test("every link to a page or a part of one leads somewhere, and every identifier is there once")
  func links() throws {
    let pages = pages(of: try plan(saying: "text"))
    for html in pages.values {
      let page = try HTMLPage(html)
      let identifiers = page.elements.compactMap { $0.attributes["id"] }
      #expect(Set(identifiers).count == identifiers.count)
      for address in page.elements.compactMap({ $0.attributes["href"] }) where !address.hasPrefix("../") {
        let parts = address.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        if address.hasPrefix("https") { continue }
        let target = parts[0].isEmpty ? html : try #require(pages["catalogue/\(parts[0].dropFirst(2))"], "\(address)")
        if parts.count == 2 {
          #expect(try HTMLPage(target).elements.contains { $0.attributes["id"] == parts[1] }, "\(address)")
        }
      }
    }
  }

  @Test("links to rules, tables and dashboards lead to files that are written")
  func files() throws {
    var plan = try plan(saying: "text")
    plan.services[0].groups = [try .fixture("g", [.record()])]
    plan.services[0].dashboards = [
      DashboardPlan(uid: "u", name: "studio", title: "Health", description: nil, path: "/studio", tags: [], panels: [])
    ]
    let artifacts = Set(Emission.artifacts(of: plan).map(\.path))
    let page = try HTMLPage(try #require(pages(of: plan)["catalogue/studio.html"]))
    let files = page.elements.compactMap { $0.attributes["href"] }.filter { $0.hasPrefix("../") }.map {
      $0.dropFirst(3)
    }
    #expect(files == ["prometheus/studio.rules.yaml", "tables/studio.md", "grafana/u.json"])
    #expect(files.allSatisfy { artifacts.contains(String($0)) })
    #expect(page.elements.contains { $0.attributes["href"] == "https://grafana.example.com/d/studio" })
    plan.workspace.outputs = [.catalogue]
    let alone = try HTMLPage(try #require(pages(of: plan)["catalogue/studio.html"]))
    #expect(alone.elements.allSatisfy { $0.attributes["href"]?.hasPrefix("../") != true })
  }

  @Test("the facts that people look for are on the page")
  func contents() throws {
    let html = try #require(pages(of: try plan(saying: "some text"))["catalogue/studio.html"])
    let text = try HTMLPage(html).text
    for fact in [
      "99.5%", "3h36m", "14.4×", "4m19s", "2×", "15m", "after 1h without data the level 'some text' rules",
      "2026-10-02T20:00:00Z",
    ] {
      #expect(text.contains(fact), "\(fact)")
    }
  }

  @Test("a page shows the policies that its service declares or uses and the exceptions to them, and nobody else's")
  func policies() throws {
    func policy(_ name: String) -> PolicyPlan {
      PolicyPlan(name: name, title: name, changes: ["feature"], levels: [], withoutData: nil)
    }
    func override(_ scope: String) throws -> OverridePlan {
      OverridePlan(
        change: "feature",
        scope: scope,
        reason: "r",
        by: "b",
        from: nil,
        until: try Instant(reading: "2026-10-02T20:00:00Z")
      )
    }
    let service = ServicePlan.fixture(objectives: [try .fixture(policy: "shared/used")])
    let plan = try Plan.fixture(
      services: [service, .fixture("studio-two")],
      policies: ["shared/used", "shared/other", "studio/own", "studio-two/own"].map(policy),
      overrides: ["studio", "studio/songs", "studio/songs/x", "studio-two", "shared/y"].map(override)
    )
    let html = try #require(pages(of: plan)["catalogue/studio.html"])
    let page = try HTMLPage(html)
    let shown = page.elements.compactMap { $0.attributes["id"] }.filter { $0.hasPrefix("policy/") }
    #expect(shown == ["policy/shared/used", "policy/studio/own"])
    for scope in ["studio", "studio/songs", "studio/songs/x"] {
      #expect(html.contains("<td>\(scope)</td>"), "\(scope)")
    }
    for scope in ["studio-two", "shared/y"] { #expect(!page.text.contains(scope)) }
  }

  @Test("a service's page says when its changes wait, and nobody else's does")
  func freezes() throws {
    let christmas = FreezePlan.Window.days(
      from: try CalendarDate(reading: "2026-12-24"),
      through: try CalendarDate(reading: "2027-01-02"),
      zone: "Europe/Berlin"
    )
    let weekend = FreezePlan.Window.weekly(weekday: 5, second: 57_600, duration: .hours(64), zone: "UTC")
    let night = FreezePlan.Window.daily(second: 1_800, duration: .hours(5), zone: "UTC")
    var plan = try Plan.fixture(services: [.fixture("studio"), .fixture("studio-two")])
    plan.workspace.freezes = [
      FreezePlan(scope: "studio", reason: "the year is closed", allowed: ["fix"], windows: [christmas]),
      FreezePlan(scope: "studio/songs", reason: "nobody is there", allowed: [], windows: [weekend, night]),
    ]
    let page = try HTMLPage(try #require(pages(of: plan)["catalogue/studio.html"]))
    #expect(page.text.contains("2026-12-24 to 2027-01-02, both included, Europe/Berlin"))
    #expect(page.text.contains("every Friday at 16:00 for 2d16h, UTC; every day at 00:30 for 5h, UTC"))
    #expect(page.text.contains("the year is closed"))
    let other = try HTMLPage(try #require(pages(of: plan)["catalogue/studio-two.html"]))
    #expect(!other.text.contains("nobody is there"))
  }

  @Test("text stands out from its ground, in light and in dark", arguments: [0, 1])
  func contrast(_ scheme: Int) throws {
    let html = try #require(pages(of: try plan(saying: "text"))["catalogue/index.html"])
    func color(_ name: String) throws -> Double {
      let found = html.matches(of: try Regex("--\(name): #([0-9a-f]+);", as: (Substring, Substring).self))
      return try luminance(of: found[scheme].1)
    }
    for ground in ["ground", "panel"] {
      #expect(try ratio(color("text"), color(ground)) >= 7)
      #expect(try ratio(color("soft"), color(ground)) >= 4.5)
      #expect(try ratio(color("link"), color(ground)) >= 4.5)
    }
  }

  /// The relative luminance of WCAG 2.2, section "relative luminance".
  private func luminance(of hexadecimal: Substring) throws -> Double {
    let digits = hexadecimal.count == 3 ? hexadecimal.flatMap { [$0, $0] } : Array(hexadecimal)
    let channels = try stride(from: 0, to: 6, by: 2).map { index -> Double in
      let value = Double(try #require(Int(String(digits[index...index + 1]), radix: 16))) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
  }

  private func ratio(_ one: Double, _ other: Double) -> Double {
    (max(one, other) + 0.05) / (min(one, other) + 0.05)
  }

  @Test("a service called 'index' does not take the front page")
  func reservedName() throws {
    let pages = pages(of: try .fixture(services: [.fixture("index", title: "The index")]))
    #expect(pages.keys.sorted() == ["catalogue/index.html", "catalogue/index_.html"])
    #expect(pages["catalogue/index.html"]?.contains("href=\"./index_.html\"") == true)
  }
}

/// A page as a browser takes it apart, for pages that are XML as well but for their void elements.
private final class HTMLPage: NSObject, XMLParserDelegate {
  struct Element {
    let name: String
    let attributes: [String: String]
  }

  struct NotWellFormed: Error {
    let line: Int
    let reason: String
  }

  private(set) var elements: [Element] = []
  private(set) var text = ""

  init(_ html: String) throws {
    super.init()
    var xml = html.replacingOccurrences(of: "<!DOCTYPE html>\n", with: "")
    xml = xml.replacing(/<(meta|br|hr|link)([^>]*)>/) { "<\($0.1)\($0.2)/>" }
    let parser = XMLParser(data: Data(xml.utf8))
    parser.delegate = self
    if !parser.parse() {
      throw NotWellFormed(line: parser.lineNumber, reason: "\(String(describing: parser.parserError))")
    }
  }

  func parser(
    _ parser: XMLParser,
    didStartElement name: String,
    namespaceURI: String?,
    qualifiedName: String?,
    attributes: [String: String]
  ) {
    elements.append(Element(name: name, attributes: attributes))
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
}
