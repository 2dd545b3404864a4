import Diagnostics
import Emitters
import NinesCompiler
import PlanModel
import Quantities
import TestSupport
import Testing

@Suite("A real Alertmanager")
struct AlertmanagerLiveTests {
  private static func spec(_ service: String, hooks: UInt16, maintenance: String = "") -> String {
    """
    nines: v1
    service: \(service)
    owner: web
    policy: none

    notify:
      pager: { webhook: { url: 'http://127.0.0.1:\(hooks)/\(service)-pager' } }
      team: { webhook: { url: 'http://127.0.0.1:\(hooks)/\(service)-team' } }
    burn-alerts:
      page: { notify: [pager, team] }
      ticket: { notify: team }
    \(maintenance)
    indicators:
      requests:
        bad: http_requests_total{job="\(service)", code=~"5.."}
        valid: http_requests_total{job="\(service)"}
    objectives:
      availability: requests >= 99.9% over 30d
    """
  }

  private static func compile(hooks: UInt16) throws -> InMemoryCompilation.Output {
    let works = "maintenance:\n  works: { windows: [{ daily: '00:00', duration: 24h }] }"
    let specs = [spec("shop", hooks: hooks), spec("cart", hooks: hooks, maintenance: works)]
    let workspace = Workspace(
      name: "",
      folderName: "shop",
      settings: nil,
      specs: specs.enumerated().map { SourceFile(id: FileID($0), path: "specs/\($0).yaml", text: $1) }
    )
    let compiler = Compiler(today: CalendarDate(dayNumber: 20_780), zones: { $0 == "UTC" ? .utc : nil })
    let compilation = compiler.compile([workspace])
    return try #require(compilation.outputs?.first, "\(compilation.report.text(as: .text))")
  }

  /// The labels of a service's burn alerts of an urgency, as Prometheus would send them.
  private static func labels(_ service: String, _ urgency: String, in plan: Plan) throws -> [String: String] {
    let groups = plan.services.filter { $0.name == service }.flatMap(\.objectives).flatMap(\.groups)
    let all = groups.flatMap(\.rules).compactMap { rule -> [String: String]? in
      guard case .alert(let alert) = rule, alert.alert == "ErrorBudgetBurn" else { return nil }
      let labels = Dictionary(uniqueKeysWithValues: alert.labels.map { ($0.name, $0.value) })
      return labels.merging(["alertname": alert.alert]) { first, _ in first }
    }
    return try #require(all.first { $0[AlertLabel.urgency] == urgency })
  }

  /// Groups of alerts wait for company for up to half a minute; a test does not.
  private static func hurried(_ configuration: Artifact) -> String {
    configuration.text.replacing("group_wait: 30s", with: "group_wait: 1s")
      .replacing("group_interval: 5m", with: "group_interval: 1s")
  }

  @Test(
    "a page reaches its channels and holds back the ticket, and planned work mutes both",
    .timeLimit(.minutes(10))
  )
  func notifications() async throws {
    let inbox = Inbox()
    let server = try LoopbackServer { inbox.receive($0) }
    defer { server.stop() }
    let compiled = try Self.compile(hooks: server.port)
    let file = try #require(compiled.artifacts.first { $0.path == "alertmanager/alertmanager.yml" })
    let alertmanager = try await AlertmanagerProcess.start(in: TemporaryFolder(), configuration: Self.hurried(file))
    defer { alertmanager.kill() }
    let page = try Self.labels("shop", "page", in: compiled.plan)
    let ticket = try Self.labels("shop", "ticket", in: compiled.plan)
    let muted = try Self.labels("cart", "page", in: compiled.plan)

    try await alertmanager.post([muted, page, ticket])
    func note(_ channel: String, _ urgency: String, _ status: String = "firing") -> Inbox.Note {
      Inbox.Note(channel: channel, alert: "ErrorBudgetBurn", service: "shop", urgency: urgency, status: status)
    }
    try await eventually("the page", { $0 == [note("shop-pager", "page"), note("shop-team", "page")] }) {
      Set(inbox.notes)
    }
    let states = try await alertmanager.alerts()
    #expect(states.count == 3)
    let held = try #require(states.first { $0.labels["urgency"] == "ticket" })
    #expect(held.status.state == "suppressed" && held.status.inhibitedBy.count == 1)
    // The ticket's turn came as often as the page's, and the muted alert's too.
    try await eventually("a muted notification", { $0 }) {
      alertmanager.log.contains("Notifications not sent, route is within mute time")
    }
    #expect(!inbox.notes.contains { $0.urgency == "ticket" || $0.service == "cart" })

    try await alertmanager.post([page], areOver: true)
    try await eventually("the ticket after the page", { $0.contains(note("shop-team", "ticket")) }) { inbox.notes }
    #expect(!inbox.notes.contains { $0.channel == "shop-pager" && $0.urgency == "ticket" })
    #expect(!inbox.notes.contains { $0.service == "cart" })
  }
}
