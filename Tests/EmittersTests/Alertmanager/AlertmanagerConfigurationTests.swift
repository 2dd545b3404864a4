import Emitters
import PlanModel
import Quantities
import Testing

@Suite("Alertmanager configuration")
struct AlertmanagerConfigurationTests {
  private static let pager = ReceiverPlan(
    name: "studio/page-on-call",
    title: "Whoever is on call",
    integration: .pagerDuty(routingKeyFile: "/etc/pagerduty")
  )
  private static let slack = ReceiverPlan(
    name: "studio/alerts",
    title: nil,
    integration: .slack(channel: "#alerts", apiURLFile: "/etc/slack")
  )
  private static let mail = ReceiverPlan(name: "studio/mail", title: nil, integration: .email(to: "a@example.com"))

  private func file(
    _ receivers: [ReceiverPlan],
    mutes: [MutePlan] = [],
    services: [ServicePlan] = [],
    labelNames: LabelNames = .init()
  ) throws -> Artifact {
    let plan = try Plan.fixture(
      services: services,
      alerting: AlertingPlan(receivers: receivers, mutes: mutes),
      outputs: [.alertmanager],
      labelNames: labelNames
    )
    return try #require(Emission.artifacts(of: plan).first)
  }

  private func service(_ name: String, notifies channels: String, splitBy: [String] = []) throws -> ServicePlan {
    let alert = try Rule.alert(labels: [LabelPair("notify", channels)])
    return .fixture(
      name,
      objectives: [try .fixture(splitBy: splitBy, groups: [try .fixture("\(name)/alerts", [alert])])]
    )
  }

  @Test("amtool accepts every kind of channel that Alertmanager 0.25 has")
  func allChannels() throws {
    let receivers = [
      Self.pager, Self.slack, Self.mail,
      ReceiverPlan(name: "a/genie", title: hostileText, integration: .opsgenie(apiKeyFile: "/etc/opsgenie")),
      ReceiverPlan(name: "a/hook", title: nil, integration: .webhook(url: "http://example.com/hook?a=b&c=d#e")),
      ReceiverPlan(name: "a/log", title: nil, integration: .log),
      ReceiverPlan(name: "a/odd.+name|\\\"", title: nil, integration: .log),
    ]
    let file = try file(receivers)
    #expect(file.path == "alertmanager/alertmanager.yml")
    try expectAccepted(file, by: .amtool)
  }

  @Test("a webhook whose address is a secret is read from a file, and the header says who can")
  func webhookFile() throws {
    let hook = ReceiverPlan(name: "a/hook", title: nil, integration: .webhookFile(path: "/etc/hook"))
    let text = try file([hook]).text
    #expect(text.contains("        url_file: /etc/hook\n"))
    #expect(text.contains("# Webhooks with 'url_file' need Alertmanager 0.26 or newer.\n"))
    #expect(try !file([Self.slack]).text.contains("0.26"))
  }

  @Test(
    "an alert reaches exactly the channels that it lists",
    arguments: [
      ("studio/alerts", ["studio/alerts"]),
      ("studio/page-on-call,studio/alerts,studio/mail", ["studio/alerts", "studio/mail", "studio/page-on-call"]),
      ("studio/mail,studio/page-on-call", ["studio/mail", "studio/page-on-call"]),
      ("studio/alerts-of-others,xstudio/mail", ["nobody"]),
      ("", ["nobody"]),
    ]
  )
  func routing(_ notify: String, _ expected: [String]) throws {
    let file = try file([Self.pager, Self.slack, Self.mail])
    let receivers = try CommandLineTool.receivers(of: ["notify": notify, "service": "studio"], routedBy: file)
    #expect(receivers.sorted() == expected)
  }

  @Test("a channel whose name is a pattern stands for itself only")
  func literalNames() throws {
    let file = try file([ReceiverPlan(name: "a/x.y", title: nil, integration: .log)])
    #expect(try CommandLineTool.receivers(of: ["notify": "a/x.y"], routedBy: file) == ["a/x.y"])
    #expect(try CommandLineTool.receivers(of: ["notify": "a/xzy"], routedBy: file) == ["nobody"])
  }

  @Test("planned work mutes the alerts of its service on the channels that the service uses, and nothing else")
  func mutes() throws {
    let mute = MutePlan(
      name: "studio/database-upgrade",
      service: "studio",
      windows: [.once(start: try Instant(reading: "2026-12-05T22:00:00Z"), duration: .hours(4))]
    )
    let file = try file(
      [Self.pager, Self.slack],
      mutes: [mute],
      services: [service("studio", notifies: "studio/alerts"), service("other", notifies: "studio/page-on-call")]
    )
    try expectAccepted(file, by: .amtool)
    #expect(
      file.text.contains(
        """
            - receiver: studio/alerts
              matchers:
                - notify=~"(?:.*,)?studio/alerts(?:,.*)?"
              continue: true
              routes:
                - matchers:
                    - service="studio"
                  mute_time_intervals:
                    - studio/database-upgrade

        """
      ),
      "\(file.text)"
    )
    #expect(
      file.text.hasSuffix(
        """
        time_intervals:
          - name: studio/database-upgrade
            time_intervals:
              - times:
                  - start_time: '22:00'
                    end_time: '24:00'
                days_of_month:
                  - '5'
                months:
                  - '12'
                years:
                  - '2026'
                location: UTC
              - times:
                  - start_time: '00:00'
                    end_time: '02:00'
                days_of_month:
                  - '6'
                months:
                  - '12'
                years:
                  - '2026'
                location: UTC

        """
      ),
      "\(file.text)"
    )
    #expect(file.text.split(separator: "\n").count { $0.contains("mute_time_intervals") } == 1)
  }

  @Test("amtool accepts recurring windows in zones, across midnight, and as long as their period")
  func recurringMutes() throws {
    let windows: [MaintenanceWindow] = [
      .weekly(.saturday, minute: 1_380, duration: .hours(30), zone: "Europe/Berlin"),
      .daily(minute: 1_380, duration: .hours(2), zone: "Asia/Kolkata"),
      .daily(minute: 0, duration: .days(1), zone: "UTC"),
      .once(start: try Instant(reading: "2026-02-10T00:00:00Z"), duration: .days(1_500)),
    ]
    let mute = MutePlan(name: "studio/works", service: "studio", windows: windows)
    try expectAccepted(
      file([Self.slack], mutes: [mute], services: [service("studio", notifies: "studio/alerts")]),
      by: .amtool
    )
  }

  @Test("a page holds back the tickets about the same budget, under the workspace's own label names")
  func inhibition() throws {
    var names = LabelNames()
    names.slo = "objective_id"
    let file = try file(
      [Self.pager],
      services: [service("studio", notifies: "", splitBy: ["platform"])],
      labelNames: names
    )
    #expect(
      file.text.contains(
        """
        inhibit_rules:
          - source_matchers:
              - urgency="page"
              - objective_id=~".+"
            target_matchers:
              - urgency="ticket"
              - objective_id=~".+"
            equal:
              - objective_id
              - platform

        """
      ),
      "\(file.text)"
    )
    #expect(file.text.contains("  group_by:\n    - service\n    - objective_id\n    - alertname\n"))
  }

  @Test("a workspace that names no channel gets a configuration that loads and tells nobody")
  func nobody() throws {
    let artifacts = Emission.artifacts(of: try .fixture(services: [.fixture()], outputs: [.alertmanager]))
    #expect(artifacts.map(\.path) == ["alertmanager/alertmanager.yml"])
    #expect(artifacts.first?.text.contains("  receiver: nobody\n") == true)
    #expect(artifacts.first?.text.contains("  routes: []\n") == true)
  }
}
