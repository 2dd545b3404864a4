import PlanModel
import StructuredText
import WebPages

/// The front page: every service with who answers for it, and every journey with what its users expect.
struct CatalogueIndex {
  private let plan: PlanOutline
  private let services: [ServiceOutline]

  init(_ plan: PlanOutline) {
    self.plan = plan
    services = plan.services.sorted { $0.name < $1.name }
  }

  var document: MarkupNode {
    CatalogueFrame.document(
      title: plan.workspace.title,
      workspace: plan.workspace.title,
      [Block.heading(1, plan.workspace.title), summary, serviceTable] + journeySection
    )
  }

  private var summary: MarkupNode {
    let journeys = services.map(\.journeys.count).reduce(0, +)
    let objectives = services.map(\.objectives.count).reduce(0, +)
    return Block.paragraph(
      [
        Self.counted(services.count, "service", "services"),
        Self.counted(journeys, "journey", "journeys"),
        Self.counted(objectives, "objective", "objectives"),
      ].joined(separator: ", ")
    )
  }

  private static func counted(_ count: Int, _ singular: String, _ plural: String) -> String {
    count == 1 ? "1 \(singular)" : "\(count) \(plural)"
  }

  private var serviceTable: MarkupNode {
    Block.table(
      "Services",
      ["Service", "Owner", "Tier", "Journeys", "Objectives", "Agreements"],
      services.map { service in
        [
          [Block.local(service.title, to: CatalogueAddress.service(service.name))],
          [.text(service.owner)],
          [.text(service.tier.map { "\($0)" } ?? "")],
          [.text("\(service.journeys.count)")],
          [.text("\(service.objectives.count)")],
          [.text("\(service.agreementCount)")],
        ]
      }
    )
  }

  private var journeySection: [MarkupNode] {
    let rows = services.flatMap { service in
      service.journeys.map { journey -> [[MarkupNode]] in
        [
          [.text(journey.title)],
          [Block.local(service.title, to: CatalogueAddress.service(service.name))],
          [.text(journey.expectation ?? "")],
          [.text("\(journey.objectives.count)")],
        ]
      }
    }
    if rows.isEmpty { return [] }
    return [Block.table("Journeys", ["Journey", "Service", "Users expect", "Objectives"], rows)]
  }
}
