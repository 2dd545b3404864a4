import Emitters
import PlanModel
import Quantities
import StructuredText
import Testing

@Suite("Burn-rate tables")
struct BurnRateTableTests {
  private func figures(_ objective: ObjectivePlan) -> ObjectiveFigures { ObjectiveFigures(objective) }

  @Test("99.5% of 500,000 events a month: 2,500 may fail, 83⅓ a day, and one takes 0.04% of the budget")
  func events() throws {
    let budget = try #require(figures(.fixture()).budget)
    #expect(budget.share == Rational(numerator: 5, denominator: 1_000))
    #expect(budget.events?.window == 2_500)
    #expect(budget.events?.day == Rational(numerator: 250, denominator: 3))
    #expect(budget.events?.hour == Rational(numerator: 125, denominator: 36))
    #expect(budget.oneFailure == Rational(numerator: 4, denominator: 10_000))
  }

  @Test("99.9% of 30 days: 43 minutes and 12 seconds of a total outage, 86.4 seconds a day, 3.6 an hour")
  func outage() throws {
    let budget = try #require(figures(.fixture(target: "99.9%", traffic: nil)).budget)
    #expect(budget.outageSeconds.window == 2_592)
    #expect(budget.outageSeconds.day == Rational(numerator: 864, denominator: 10))
    #expect(budget.outageSeconds.hour == Rational(numerator: 36, denominator: 10))
    #expect(budget.events == nil)
    #expect(budget.oneFailure == nil)
  }

  @Test("the Workbook's page: 2% in 1 h is a burn rate of 14.4, found in 4m19.2s at 99.5%, with 50 hours to the end")
  func page() throws {
    let alert = try #require(figures(.fixture(burnAlerts: [.fixture()])).alerts.first)
    #expect(alert.burnRate == Rational(numerator: 144, denominator: 10))
    #expect(alert.budgetSpent == Rational(numerator: 2, denominator: 100))
    #expect(alert.failureRatio == Rational(numerator: 72, denominator: 1_000))
    #expect(alert.failuresPerHour == 50)
    #expect(alert.detectionSeconds == Rational(numerator: 2_592, denominator: 10))
    #expect(alert.exhaustionSeconds == 180_000)
    #expect(alert.isReachable)
  }

  @Test(
    "a burn rate above one over the budget is out of reach",
    arguments: [("90%", false), ("93%", false), ("93.0555555%", false), ("93.0555556%", true), ("95%", true)]
  )
  func reach(_ target: String, _ isReachable: Bool) throws {
    let alert = try #require(figures(.fixture(target: target, burnAlerts: [.fixture()])).alerts.first)
    #expect(alert.isReachable == isReachable)
    #expect((alert.detectionSeconds == nil) == !isReachable)
  }

  @Test("an alert at exactly one over the budget fires when the outage has filled its long window")
  func exactReach() throws {
    let whole = try BurnAlertPlan.fixture(spent: "100%", long: "3d", short: "6h")
    let alert = try #require(figures(.fixture(target: "90%", burnAlerts: [whole])).alerts.first)
    #expect(alert.failureRatio == 1)
    #expect(alert.detectionSeconds == 259_200)
  }

  @Test("an attested objective has no budget to count, in any format")
  func attested() throws {
    let service = ServicePlan.fixture(objectives: [try .fixture(kind: .attested, target: "100%")])
    let table = BurnRateTable(service)
    #expect(table.markdown.contains("|   100% |    30d | attested |                 – |"), "\(table.markdown)")
    #expect(table.json["objectives"]?.array?.first?["budget"] == nil)
    #expect(table.csv.hasSuffix(",attested,1,30d,2592000,,,,,,,,,,,,,,,,,,,,\r\n"), "\(table.csv)")
  }

  @Test("slices of time are not counted as events")
  func timeKind() throws {
    let budget = try #require(figures(.fixture(kind: .time(slice: .minutes(1)))).budget)
    #expect(budget.events == nil)
  }

  @Test("a target of 100% has a budget of nothing, and nobody divides by it")
  func perfect() throws {
    let figures = try figures(.fixture(target: "100%", burnAlerts: [.fixture()]))
    #expect(figures.budget?.outageSeconds.window == 0)
    #expect(figures.budget?.oneFailure == nil)
    #expect(figures.alerts.first?.detectionSeconds == 0)
  }

  @Test("the Markdown table rounds for people")
  func markdown() throws {
    let service = ServicePlan.fixture(objectives: [
      try .fixture(burnAlerts: [.fixture(), .fixture(.ticket, spent: "10%", long: "3d", short: "6h")], cost: .fixture)
    ])
    #expect(
      BurnRateTable(service).markdown.hasSuffix(
        """
        | Objective                             | Target | Window | Budget | Outage per window | Outage per day | Outage per hour | Events per window | Events per day | Events per hour | One failure takes | Rules read | Per scraped series |
        | ------------------------------------- | -----: | -----: | -----: | ----------------: | -------------: | --------------: | ----------------: | -------------: | --------------: | ----------------: | ---------: | -----------------: |
        | `studio/song-generation/success-rate` |  99.5% |    30d |   0.5% |             3h36m |          7m12s |             18s |              2500 |           83.3 |            3.47 |             0.04% |     17,280 |                176 |

        ## Alerts of `studio/song-generation/success-rate`

        | Urgency | Long window | Short window | Burn rate | Budget spent | Failing above | Failures per hour | Finds an outage in | Budget gone in |
        | ------- | ----------- | ------------ | --------: | -----------: | ------------: | ----------------: | -----------------: | -------------: |
        | page    | 1h          | 5m           |     14.4× |           2% |          7.2% |                50 |              4m19s |           2d2h |
        | ticket  | 3d          | 6h           |        1× |          10% |          0.5% |              3.47 |             21m36s |            30d |

        """
      )
    )
  }

  @Test("the JSON has every figure exact, and reads back as the same decimals")
  func json() throws {
    let service = ServicePlan.fixture(objectives: [try .fixture(target: "99.9%", burnAlerts: [.fixture()])])
    let text = BurnRateTable(service).json.text(.pretty)
    let objective = try #require(try JSONParser.parse(Array(text.utf8))["objectives"]?.array?.first)
    #expect(objective["target"]?.number?.text == "0.999")
    #expect(objective["budget"]?["share"]?.number?.text == "0.001")
    #expect(objective["budget"]?["events"]?["perDay"]?.number?.text == "16.66666666666666667")
    let alert = try #require(objective["alerts"]?.array?.first)
    #expect(alert["failureRatio"]?.number?.text == "0.0144")
    #expect(alert["detectionSeconds"]?.number?.text == "51.84")
    #expect(alert["reachable"] == true)
  }

  @Test("what the rules read stands in every format, and nowhere where nobody has counted")
  func cost() throws {
    let objective = try ObjectivePlan.fixture(cost: .fixture)
    let table = BurnRateTable(.fixture(objectives: [objective, try .fixture()]))
    let objectives = try #require(table.json["objectives"]?.array)
    let json = try #require(objectives[0]["samplesPerMinute"])
    #expect(json["recorded"]?.number?.text == "17280")
    #expect(json["perScrapedSeries"]?.array?.map { $0["metric"]?.string } == ["requests_total", "up"])
    #expect(json["perScrapedSeries"]?.array?.map { $0["samples"]?.number?.text } == ["176", "20"])
    #expect(objectives[1]["samplesPerMinute"] == nil)
    let rows = table.csv.split(separator: "\r\n")
    #expect(rows[1].contains(",17280,176,"))
    #expect(!rows[2].contains("17280"))
    #expect(table.markdown.contains("| –          |") || table.markdown.contains("|          – |"))
  }

  @Test("an unreachable alert says so in every format")
  func unreachable() throws {
    let service = ServicePlan.fixture(objectives: [try .fixture(target: "90%", burnAlerts: [.fixture()])])
    let table = BurnRateTable(service)
    #expect(table.markdown.contains("| unreachable |") || table.markdown.contains(" unreachable |"))
    #expect(table.json["objectives"]?.array?.first?["alerts"]?.array?.first?["reachable"] == false)
    #expect(table.csv.contains(",false,,"))
  }

  @Test("the CSV has a row for each alert, and one for an objective without any")
  func csv() throws {
    let quiet = ObjectiveName(service: "studio", journey: nil, objective: "quiet")
    let service = ServicePlan.fixture(objectives: [
      try .fixture(burnAlerts: [.fixture(), .fixture(.ticket, spent: "10%", long: "3d", short: "6h")]),
      try .fixture(quiet),
    ])
    let rows = BurnRateTable(service).csv.split(separator: "\r\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(
      rows.map { $0[0] } == [
        "objective", "studio/song-generation/success-rate", "studio/song-generation/success-rate", "studio/quiet",
      ]
    )
    #expect(Set(rows.map(\.count)).count == 1)
    #expect(
      rows[2].suffix(10).map(String.init) == [
        "ticket", "259200", "21600", "1", "0.1", "0.005", "3.47222222222222222", "true", "1296", "2592000",
      ]
    )
    #expect(rows[3].suffix(10).joined().isEmpty)
  }

  @Test("promises stand beside what guards them, with their headroom")
  func promises() throws {
    let name = ObjectiveName(service: "studio", journey: nil, objective: "availability")
    let agreement = AgreementPlan(
      name: "api",
      title: "API",
      with: "customers",
      starts: nil,
      promises: [
        PromisePlan(
          name: "uptime",
          expression: "requests >= 99.5% over calendar month",
          target: try Target(reading: "99.5%"),
          guardedBy: name,
          headroom: 5
        ),
        PromisePlan(
          name: "bare",
          expression: "x >= 99%",
          target: try Target(reading: "99%"),
          guardedBy: nil,
          headroom: nil
        ),
      ],
      responses: [],
      remedies: [],
      exclusions: []
    )
    let service = ServicePlan.fixture(objectives: [try .fixture(name)], agreements: [agreement])
    let artifacts = Emission.artifacts(of: try .fixture(services: [service], outputs: [.tables]))
    #expect(
      artifacts.map(\.path) == [
        "tables/studio.csv", "tables/studio.json", "tables/studio.md", "tables/studio.promises.csv",
      ]
    )
    #expect(artifacts[2].text.contains("`studio/availability` |       5× |"))
    #expect(artifacts[3].text.hasSuffix("api,bare,x >= 99%,0.99,,\r\n"))
    #expect(
      artifacts[3].text.contains("api,uptime,requests >= 99.5% over calendar month,0.995,studio/availability,5\r\n")
    )
  }

  @Test("text of any kind stays in its cell")
  func hostile() throws {
    let name = ObjectiveName(service: "studio", journey: nil, objective: hostileText)
    let service = ServicePlan.fixture(
      title: "<script>|\n# x",
      objectives: [try .fixture(name, title: "=cmd|' /C calc'!A0", burnAlerts: [.fixture()])]
    )
    let table = BurnRateTable(service)
    let rows = table.markdown.split(separator: "\n").filter { $0.hasPrefix("|") }
    #expect(rows.count == 6)
    #expect(table.markdown.hasPrefix("# Error budgets of \\<script\\>\\|<br>"))
    #expect(!table.csv.contains(",=cmd"))
    #expect(try JSONParser.parse(Array(table.json.text(.pretty).utf8)) == table.json)
  }

  @Test(
    "numbers have three significant digits and whole parts have all of theirs",
    arguments: [
      (Rational(2_500), "2500"), (Rational(10_000_000), "10,000,000"),
      (Rational(numerator: 250, denominator: 3), "83.3"),
      (Rational(numerator: 1, denominator: 240), "0.00417"), (Rational(0), "0"),
      (Rational(numerator: 9_999, denominator: 1_000), "10"),
      (Rational(numerator: 123_456, denominator: 100), "1235"), (Rational(numerator: -1, denominator: 3), "-0.333"),
    ]
  )
  func readableNumbers(_ value: Rational, _ text: String) {
    #expect(ReadableText.number(value) == text)
  }

  @Test(
    "times have their two largest units",
    arguments: [
      (Rational(2_592), "43m12s"), (Rational(0), "0s"), (Rational(3_600), "1h"), (Rational(180_000), "2d2h"),
      (Rational(numerator: 35_996, denominator: 10), "1h"), (Rational(86_399), "1d"),
      (Rational(100_000_000), "1157d10h"),
      (Rational(numerator: 864, denominator: 1_000), "864ms"), (Rational(numerator: 1, denominator: 3_000), "0.333ms"),
      (Rational(numerator: 92_592, denominator: 10_000), "9.26s"), (Rational(59), "59s"), (Rational(-60), "-1m"),
    ]
  )
  func readableDurations(_ seconds: Rational, _ text: String) {
    #expect(ReadableText.duration(seconds: seconds) == text)
  }
}
