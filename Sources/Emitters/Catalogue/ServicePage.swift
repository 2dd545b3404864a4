import PlanModel
import StructuredText
import WebPages

/// All that is agreed about one service, on one page.
struct ServicePage {
  private let service: ServicePlan
  private let index: PlanIndex

  init(_ service: ServicePlan, in index: PlanIndex) {
    self.service = service
    self.index = index
  }

  var document: MarkupNode {
    let sections: [MarkupNode?] = [
      Block.heading(1, service.title),
      service.description.map(Block.paragraph),
      facts,
      journeys,
      ObjectiveSections(service).section,
      agreements,
      PolicySections(service, in: index).section,
      severities,
    ]
    return CatalogueFrame.document(
      title: "\(service.title) – \(index.workspace.title)",
      workspace: index.workspace.title,
      sections.compactMap(\.self) + pages + [files].compactMap(\.self)
    )
  }

  // MARK: Facts

  private var facts: MarkupNode {
    Block.facts([
      ("Name", [Block.code(service.name)]),
      ("Owner", [.text(service.owner)]),
      ("Tier", service.tier.map { [.text("\($0)")] }),
      ("Stakeholders", service.stakeholders.isEmpty ? nil : [.text(service.stakeholders.joined(separator: ", "))]),
      ("Depends on", service.dependencies.isEmpty ? nil : [Block.list(service.dependencies.map(dependency))]),
      ("Rollout", service.rolloutStages.isEmpty ? nil : [.text(rollout)]),
      ("Links", service.links.isEmpty ? nil : [Block.list(service.links.map { [Block.link($0.name, to: $0.text)] })]),
    ])
  }

  private var rollout: String {
    service.rolloutStages.map { $0.percentText }.joined(separator: ", ")
  }

  private func dependency(_ dependency: DependencyPlan) -> [MarkupNode] {
    let kind = dependency.isExternal ? " (somebody else's)" : ""
    let holds = dependency.isBlocking ? ", whose freeze holds back deploys here" : ""
    return [target(of: dependency), .text("\(kind)\(holds)")]
  }

  private func target(of dependency: DependencyPlan) -> MarkupNode {
    if dependency.isExternal { return .text(dependency.name) }
    if index.serviceNames.contains(dependency.name) {
      return Block.local(dependency.name, to: CatalogueAddress.service(dependency.name))
    }
    return index.objectives[dependency.name].map(Block.objective) ?? .text(dependency.name)
  }

  // MARK: Journeys

  private var journeys: MarkupNode? {
    if service.journeys.isEmpty { return nil }
    return Block.section(2, "Journeys", service.journeys.map(section(of:)))
  }

  private func section(of journey: JourneyPlan) -> MarkupNode {
    let weights = journey.weights.map { "\($0.objective.objective) \($0.weight)" }
    return Block.section(
      3,
      journey.title,
      [
        Block.facts([
          ("Users expect", journey.expectation.map { [.text($0)] }),
          ("Because", journey.rationale.map { [.text($0)] }),
          ("Owner", [.text(journey.owner)]),
          ("Traffic", journey.traffic.map { [.text($0.description)] }),
          (
            "Objectives",
            [
              Block.list(
                journey.objectives.map { [Block.objective($0)] }
              )
            ]
          ),
          ("Weights", weights.isEmpty ? nil : [.text(weights.joined(separator: ", "))]),
        ])
      ]
    )
  }

  // MARK: Agreements

  private var agreements: MarkupNode? {
    if service.agreements.isEmpty { return nil }
    return Block.section(2, "Agreements", service.agreements.map(section(of:)))
  }

  private func section(of agreement: AgreementPlan) -> MarkupNode {
    let rows = PromiseFigures.all(of: agreement).map { promise -> [[MarkupNode]] in
      let guardian = promise.guardedBy.map(Block.objective)
      return [
        [.text(promise.name)], [Block.code(promise.expression)], [guardian ?? "nothing"], [.text(promise.headroomText)],
      ]
    }
    return Block.section(
      3,
      agreement.title,
      [
        Block.facts([
          ("With", [.text(agreement.with)]),
          ("In force", agreement.starts.map { [.text($0)] }),
          ("Remedies", Self.list(agreement.remedies)),
          ("Does not count", Self.list(agreement.exclusions)),
          (
            "Responses",
            agreement.responses.isEmpty
              ? nil : [Block.list(agreement.responses.map { [.text("\($0.name): \($0.text)")] })]
          ),
        ])
      ]
        + (rows.isEmpty
          ? [] : [Block.table("Promises", ["Promise", "Measured as", "Guarded by", "Headroom"], rows)])
    )
  }

  private static func list(_ items: [String]) -> [MarkupNode]? {
    items.isEmpty ? nil : [Block.list(items.map { [.text($0)] })]
  }

  // MARK: Severities, further pages, files

  private var severities: MarkupNode? {
    if service.severities.isEmpty { return nil }
    let table = Block.textTable(
      "Severities",
      ["Severity", "Title", "Respond", "Resolve", "Update", "Wakes somebody", "Impact", "Example"],
      service.severities.map { severity in
        [
          severity.name, severity.title, severity.respond?.description ?? "", severity.resolve?.description ?? "",
          severity.update?.description ?? "", severity.pages ? "yes" : "no", severity.impact ?? "",
          severity.example ?? "",
        ]
      }
    )
    return Block.section(2, "Severities", [table])
  }

  private var pages: [MarkupNode] {
    service.pages.map { page in
      Block.section(2, page.title, [Block.textTable(page.title, page.columns, page.rows)])
    }
  }

  private var files: MarkupNode? {
    let outputs = index.workspace.outputs
    var items: [[MarkupNode]] = []
    if outputs.contains(.prometheus), let path = RuleFile.path(of: service) {
      items.append([Block.local("Prometheus rules", to: "../\(path)")])
    }
    if outputs.contains(.tables), !service.objectives.isEmpty {
      items.append([Block.local("Budget and burn-rate tables", to: "../\(TableFiles.markdownPath(of: service))")])
    }
    for dashboard in service.dashboards {
      if outputs.contains(.grafana) {
        items.append([Block.local("Dashboard file: \(dashboard.title)", to: "../\(DashboardFile.path(of: dashboard))")])
      }
      if let address = DashboardAddress.text(of: dashboard, in: index.workspace) {
        items.append([Block.link("Dashboard: \(dashboard.title)", to: address)])
      }
    }
    return items.isEmpty ? nil : Block.section(2, "Files and dashboards", [Block.list(items)])
  }
}
