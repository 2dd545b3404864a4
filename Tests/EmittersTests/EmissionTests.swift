import Emitters
import PlanModel
import Testing

@Suite("Emission")
struct EmissionTests {
  private func plan(_ outputs: Set<OutputKind>) throws -> Plan {
    let services = try ["b", "a"].map { name in
      ServicePlan.fixture(
        name,
        objectives: [try .fixture(ObjectiveName(service: name, journey: nil, objective: "x"))],
        groups: [try .fixture("\(name)/group", [.record()])],
        dashboards: [
          DashboardPlan(
            uid: "nines-\(name)",
            name: name,
            title: name,
            description: nil,
            path: nil,
            tags: [],
            panels: []
          )
        ]
      )
    }
    return try .fixture(
      services: services,
      alerting: AlertingPlan(receivers: [ReceiverPlan(name: "a/log", title: nil, integration: .log)], mutes: []),
      outputs: outputs
    )
  }

  @Test("every output is written, sorted by path, and no path twice")
  func everything() throws {
    let paths = Emission.artifacts(of: try plan(Set(OutputKind.allCases))).map(\.path)
    #expect(
      paths == [
        "alertmanager/alertmanager.yml", "catalogue/a.html", "catalogue/b.html", "catalogue/index.html",
        "delivery/policy.configmap.yaml",
        "gate/policy.json", "grafana/nines-a.json", "grafana/nines-b.json", "prometheus/a.rules.yaml",
        "prometheus/b.rules.yaml", "tables/a.csv", "tables/a.json", "tables/a.md", "tables/b.csv", "tables/b.json",
        "tables/b.md",
      ]
    )
  }

  @Test("a workspace gets the outputs that it asks for and no others", arguments: OutputKind.allCases)
  func onlyAsked(_ kind: OutputKind) throws {
    let folders = Set(Emission.artifacts(of: try plan([kind])).map { $0.path.prefix { $0 != "/" } })
    #expect(folders == [Substring(kind.rawValue)])
  }

  @Test("the parts of the services and of the workspace are the whole")
  func parts() throws {
    let plan = try plan(Set(OutputKind.allCases))
    let emission = Emission(
      plan.workspace,
      services: plan.services.map(\.name),
      objectives: plan.services.flatMap(\.objectives).map(\.name)
    )
    let parts =
      emission.artifacts(of: PlanOutline(plan).services) + plan.services.flatMap { emission.artifacts(of: $0) }
    #expect(Emission.sorted(parts) == Emission.artifacts(of: plan))
  }
}
