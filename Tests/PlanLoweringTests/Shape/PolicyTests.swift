import PlanModel
import Quantities
import Testing

@testable import PlanLowering

@Suite("Policies, exceptions, channels and mutes")
struct PolicyTests {
  static let bank = PlanText(
    """
    nines: v1
    service: bank
    owner: banking
    policy: budget
    indicators: { postings: { bad: failed_total, valid: all_total, excluding: [upgrade, nightly, live] } }
    objectives: { postings: postings < 0.05% over 28d }
    policies:
      budget:
        title: The policy
        changes: [feature, bugfix, critical-fix]
        levels:
          healthy: { when: remaining > 50%, allow: all }
          low: { when: remaining <= 50%, allow: [bugfix], approve: [feature], rollout: 25% }
          gone: { when: remaining < 10%, until: remaining > 30%, allow: none, exit: [runbooks-updated] }
        without-data: { for: 15m, then: freeze }
    overrides:
      - { change: feature, for: postings, reason: a deadline, by: head, until: 2026-10-02T20:00:00Z }
    signoffs:
      - { policy: budget, level: gone, item: runbooks-updated, by: jo, on: 2026-09-30 }
    notify:
      pager: { pagerduty: { routing-key-file: /etc/key } }
      chat: { title: The chat, slack: { channel: '#bank', api-url-file: /etc/url } }
    maintenance:
      upgrade: { windows: [ { start: 2026-12-05T02:00:00Z, duration: 3h } ] }
      nightly:
        windows:
          - { weekly: sunday 02:30, duration: 2h, in: Europe/Berlin }
          - { daily: "23:00", duration: 1h }
      live: { when: maintenance_active == 1 }
    """
  )

  @Test("a level that allows all allows each of the policy's change classes")
  func allowances() throws {
    #expect(Self.bank.errors == [])
    let policy = try #require(Self.bank.plan.workspace.policies.first)
    #expect(policy.name == "bank/budget" && policy.title == "The policy")
    #expect(policy.levels.map(\.allowed) == [["feature", "bugfix", "critical-fix"], ["bugfix"], []])
    #expect(policy.levels[1].approved == ["feature"])
    #expect(policy.levels[1].rolloutCap?.percentText == "25%")
    #expect(try policy.levels[2].enter == RemainingBound(comparison: .less, bound: Ratio(reading: "10%")))
    #expect(try policy.levels[2].leave == RemainingBound(comparison: .greater, bound: Ratio(reading: "30%")))
    #expect(policy.withoutData == WithoutDataPlan(after: .minutes(15), answer: .freeze))
    #expect(Self.bank.objective("bank/postings")?.policy == "bank/budget")
  }

  @Test("exceptions go by the full names of what they are about")
  func exceptions() {
    #expect(Self.bank.plan.workspace.overrides.map(\.scope) == ["bank/postings"])
    #expect(Self.bank.plan.workspace.overrides.first?.until.description == "2026-10-02T20:00:00Z")
    #expect(Self.bank.plan.workspace.signoffs.map(\.policy) == ["bank/budget"])
  }

  @Test("channels are receivers under their full names")
  func receivers() {
    #expect(
      Self.bank.plan.workspace.alerting.receivers == [
        ReceiverPlan(name: "bank/pager", title: nil, integration: .pagerDuty(routingKeyFile: "/etc/key")),
        ReceiverPlan(
          name: "bank/chat",
          title: "The chat",
          integration: .slack(channel: "#bank", apiURLFile: "/etc/url")
        ),
      ]
    )
  }

  @Test("planned windows mute, and work that nobody plans by the clock does not")
  func mutes() throws {
    let mutes = Self.bank.plan.workspace.alerting.mutes
    #expect(mutes.map(\.name) == ["bank/upgrade", "bank/nightly"])
    #expect(
      mutes.last?.windows == [
        .weekly(.sunday, minute: 150, duration: .hours(2), zone: "Europe/Berlin"),
        .daily(minute: 1_380, duration: .hours(1), zone: "UTC"),
      ]
    )
    #expect(mutes.first?.windows == [.once(start: Instant(unixSeconds: 1_796_436_000), duration: .hours(3))])
  }
}

@Suite("Services, journeys and objectives")
struct ServiceTests {
  @Test("what an objective does not say comes from its journey, then from its service")
  func inheritance() throws {
    let text = PlanText(
      """
      nines: v1
      service: shop
      owner: web
      runbook: shop.md
      traffic: 10/s
      depends-on: [ { external: pay, promised: 99.95% } ]
      indicators: { visits: { good: a_total, valid: b_total } }
      objectives: { all: visits >= 99% over 7d }
      journeys:
        buying:
          expectation: it works
          owner: buyers
          traffic: 5/s
          objectives:
            one: visits >= 99% over 7d
            two: { objective: visits >= 99% over 7d, owner: checkout, traffic: 1/s, runbook: https://example.com/x }
      """,
      settings: "nines: v1\nrunbooks-url: https://example.com/runbooks/"
    )
    #expect(text.errors == [])
    let objectives = try #require(text.services.first?.objectives)
    #expect(objectives.map(\.owner) == ["web", "buyers", "checkout"])
    #expect(objectives.map { $0.traffic?.eventsPerSecond } == [10, 5, 1])
    #expect(
      objectives.map(\.runbook) == [
        "https://example.com/runbooks/shop.md", "https://example.com/runbooks/shop.md", "https://example.com/x",
      ]
    )
    #expect(
      text.services.first?.links.first == NamedText(name: "runbook", text: "https://example.com/runbooks/shop.md")
    )
    #expect(objectives.allSatisfy { !$0.groups.isEmpty && !$0.burnAlerts.isEmpty })
  }

  @Test("objectives come system-wide first, then journey by journey")
  func order() {
    let text = PlanText(
      """
      nines: v1
      service: shop
      owner: web
      indicators: { visits: { good: a_total, valid: b_total } }
      journeys:
        z: { expectation: works, objectives: { one: visits >= 99% over 7d } }
        a: { expectation: works, objectives: { two: visits >= 99% over 7d } }
      """,
      """
      nines: v1
      service: shop
      objectives: { all: visits >= 99% over 7d }
      """
    )
    #expect(text.errors == [])
    #expect(text.services.first?.objectives.map(\.name.text) == ["shop/all", "shop/z/one", "shop/a/two"])
  }
}
