import Emitters
import PlanModel
import Quantities
import Testing

@testable import PlanLowering

@Suite("Pages of the catalogue")
struct CataloguePageTests {
  /// Every text for people in it reads `fact` with a number of its own.
  static let everything = """
    nines: v1
    service: shop
    title: fact1
    description: fact2
    owner: fact3
    stakeholders: [fact4]
    labels: { team: fact5 }
    links: { chat: https://example.com/fact6 }
    runbook: https://example.com/fact7
    depends-on: [ { external: fact8, promised: 99.97% } ]

    metrics:
      visits_total:
        type: counter
        labels: { code: [fact9] }
        measured: server
        meaning: fact10
      latency_seconds: { type: histogram, unit: seconds, buckets: [0.1, 0.7777] }

    indicators:
      visits:
        title: fact11
        meaning: fact12
        good: visits_total{code="fact9"}
        valid: visits_total
        criteria: { good: [fact13], bad: [fact14], excluded: [fact15] }
        measurement: [fact16]
        excluding: [upgrade, outage, unseen]
      latency: { distribution: latency_seconds }
      privacy:
        attested: { statement: fact17, evidence: fact18, by: fact19, on: 2026-01-15, renew: 90d }

    objectives:
      all:
        title: fact20
        meaning: fact21
        rationale: fact22
        objective: visits >= 100% over 7d
        intended: { zero-tolerance: fact23 }
        window-reason: fact24
        labels: { area: fact25 }
        owner: fact26
        runbook: https://example.com/fact27
      privacy: privacy attested
    journeys:
      buying:
        title: fact28
        description: fact29
        expectation: fact30
        rationale: fact31
        steps: [visits]
        objectives:
          p95: latency p95 < 0.1s over 7d

    agreements:
      sla:
        title: fact32
        description: fact33
        with: fact34
        starts: fact35
        promises: { fact36: visits >= 99% over 7d }
        responses: { fact37: { promise: fix within 7d, severity: P1, measured-by: fact38 } }
        remedies: [ { action: fact39 }, { restore-from: nightly } ]
        excluding: [upgrade]

    policies:
      budget:
        title: fact40
        description: fact41
        changes: [fact42]
        actions: { meet: fact43 }
        levels:
          fine: { when: remaining > 50%, allow: all, guidance: [fact44] }
          fact45: { when: remaining <= 50%, allow: none, actions: [meet daily], exit: [fact46] }

    overrides:
      - { change: fact42, for: all, reason: fact47, by: fact48, until: 2026-10-02T20:00:00Z }
    signoffs:
      - { policy: budget, level: fact45, item: fact46, by: fact49, on: 2026-09-30 }

    severities:
      P1: { title: fact50, impact: fact51, respond: 15m, resolve: 4h, update: 1h, example: fact52 }
    notify:
      pager: { title: fact53, pagerduty: { routing-key-file: /etc/fact54 } }
    alerts:
      Fact55Down:
        title: fact56
        meaning: fact57
        when: failure_ratio(visits) > 5.5% for 7m
        severity: P1
        notify: [pager]
        steps: [fact58, fact59]
        runbook: https://example.com/fact60
        labels: { area: fact61 }

    maintenance:
      upgrade: { title: fact62, notice: 49h, windows: [ { weekly: sunday 02:00, duration: 77m, in: Europe/Paris } ] }
    exclusions:
      outage: { title: fact63, reason: fact64, when: fact65_metric == 1 }
      unseen: { reason: fact66, not-measured: true }

    dashboards:
      main: { title: fact67, path: /fact68, panels: [ { kind: compliance, title: fact69 } ] }
    reviews:
      fact70: { every: quarter, last: 2026-10-01, by: fact71, covers: [fact72] }
    capacity:
      forecast: { 2026-Q4: { fact73: 2 TB } }
    rollout:
      stages: [7%, 100%]
      kill-switches: { fact74: fact75 }
    practices:
      tests:
        fact76: { budget: p95(latency) < 90ms in fact77, meaning: fact78, on: [fact79] }
      backups: { nightly: { of: fact80, every: 1d, keep: 35d, by: fact81 } }
      fallbacks: { fact82: fact83 }
      incident-lifecycle: [ { step: fact84, meaning: fact85 } ]
    """

  static let plan = PlanText(everything)

  @Test("every fact that a spec states for people stands somewhere in what is written")
  func facts() {
    #expect(Self.plan.errors == [])
    let written = Emission.artifacts(of: Self.plan.plan).map(\.text).joined(separator: "\n")
    let words = Set(written.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
    let lost = (1...85).map { "fact\($0)" }.filter { fact in
      !words.contains(fact) && !words.contains("\(fact)down")
    }
    #expect(lost == [])
  }

  @Test(
    "stated amounts stand on the pages",
    arguments: [
      ("Promises of dependencies", "99.97%"), ("Metric contract", "0.1, 0.7777"),
      ("Maintenance and exclusions", "weekly on sunday at 02:00 in Europe/Paris, for 1h17m"),
      ("Maintenance and exclusions", "2d1h"), ("Alert policies", "failure_ratio(visits) > 5.5% for 7m"),
      ("Alert policies", "1. fact58 2. fact59"), ("Backups", "35d"), ("Reviews", "quarter"), ("Reviews", "2026-10-01"),
      ("Capacity forecast", "2 TB"), ("Tests", "p95(latency) < 90ms in fact77"),
      ("Tests", "shop/buying/p95: latency p95 < 0.1s over 7d"),
    ]
  )
  func amounts(_ title: String, _ text: String) throws {
    let page = try #require(Self.plan.page(title))
    #expect(page.rows.contains { $0.contains(text) }, "\(page.rows)")
  }

  @Test("a service that states nothing has no empty pages, and no page an empty column")
  func nothingStated() {
    let text = PlanText(
      """
      nines: v1
      service: small
      owner: web
      indicators: { visits: { good: a_total, valid: b_total } }
      objectives: { all: visits >= 99% over 7d }
      """
    )
    #expect(text.errors == [])
    let pages = text.services.flatMap(\.pages)
    #expect(pages.map(\.title) == ["Notes on objectives", "Indicators"])
    for page in pages {
      for column in page.columns { #expect(page.column(column).contains { !$0.isEmpty }) }
    }
  }

  @Test("levels of loss stand beside the burn rate and the time to exhaustion that follow from them")
  func burnLevels() throws {
    let text = PlanText(
      """
      nines: v1
      service: small
      owner: web
      indicators: { visits: { good: a_total, valid: b_total } }
      objectives:
        all:
          objective: visits >= 99% over 10d
          traffic: 1_000 per hour
          budget: { share: 1%, per-day: ~240, per-window: 2_400 }
          burn:
            normal: < 10/h
            warning: 10/h .. 100/h
            critical: { when: '> 100/h', exhausts: < 1d, failure-ratio: 10% }
        untold:
          objective: visits >= 99% over 10d
          burn: { normal: < 10/h }
      worked-examples:
        - { target: 99.9%, events: 3_000, failures: 1, budget: 3, remaining: 2, ratio: ~99.97% }
      """
    )
    #expect(text.errors == [])
    let levels = try #require(text.page("Burn levels"))
    #expect(levels.column("Burn rate") == ["1 or less", "1 to 10", "10 or more", "no traffic declared"])
    #expect(levels.column("Exhausts it in") == ["10d or more", "1d to 10d", "1d or less", "no traffic declared"])
    #expect(levels.column("Is of all traffic").prefix(3) == ["1% or less", "1% to 10%", "10% or more"])
    #expect(levels.column("Said to exhaust the budget in") == ["", "", "< 1d", ""])
    let budgets = try #require(text.page("Stated error budgets"))
    #expect(Set(budgets.column("Stated")) == ["1%", "2_400", "~240"])
    #expect(Set(budgets.column("Computed")) == ["1%", "240", "2400"])
    let examples = try #require(text.page("Worked examples"))
    #expect(examples.column("Computed") == ["3", "2", "99.967%"])
  }

  @Test("accepted findings are told by the service whose entry they stand at")
  func acceptedFindings() {
    let text = PlanText(
      """
      nines: v1
      service: a
      owner: web
      indicators: { visits: { good: a_total, valid: b_total } }
      objectives:
        # nines:allow SLO306 until 2027-03-31: reporting needs calendar months
        all: visits >= 99% over 7d
      ---
      nines: v1
      service: b
      owner: web
      indicators: { visits: { good: a_total, valid: b_total } }
      objectives:
        # nines:allow SLO307: asked for
        all: visits >= 99% over 7d
      """
    )
    #expect(text.errors == [])
    let pages = text.services.map { $0.pages.first { $0.title == "Accepted findings" } }
    #expect(pages.first??.rows == [["SLO306", "reporting needs calendar months", "2027-03-31"]])
    #expect(pages.last??.rows == [["SLO307", "asked for"]])
  }
}
