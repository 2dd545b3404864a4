import PlanModel
import StructuredText
import WebPages

/// The objectives of a service: all budgets in one table, then each with what it means and when it alerts.
struct ObjectiveSections {
  private let service: ServicePlan
  private let figures: [ObjectiveFigures]

  init(_ service: ServicePlan) {
    self.service = service
    figures = service.objectives.map(ObjectiveFigures.init)
  }

  /// nil for a service without objectives.
  var section: MarkupNode? {
    if service.objectives.isEmpty { return nil }
    return Block.section(2, "Objectives", [budgets] + zip(service.objectives, figures).map(section(of:with:)))
  }

  private var budgets: MarkupNode {
    Block.table(
      "Targets and error budgets",
      ["Objective"] + ObjectiveFigures.budgetColumns,
      figures.map { figures in
        [[Block.local(figures.name.text, to: "#\(CatalogueAddress.anchor(of: figures.name))")]]
          + figures.budgetTexts.map { [.text($0)] }
      }
    )
  }

  private func section(of objective: ObjectivePlan, with figures: ObjectiveFigures) -> MarkupNode {
    var contents = [
      Block.facts([
        ("Name", [Block.code(objective.name.text)]),
        ("Meaning", objective.meaning.map { [.text($0)] }),
        ("Objective", [Block.code(objective.expression)]),
        ("Indicator", [Block.code(objective.indicator)]),
        ("Owner", [.text(objective.owner)]),
        ("Traffic", objective.traffic.map { [.text($0.description)] }),
        ("A budget for each", objective.splitBy.isEmpty ? nil : [.text(objective.splitBy.joined(separator: ", "))]),
        ("Policy", objective.policy.map { [Block.local($0, to: "#\(CatalogueAddress.anchor(ofPolicy: $0))")] }),
        ("Runbook", objective.runbook.map { [Block.link($0, to: $0)] }),
        ("Attested", objective.attestation.map(statement)),
      ])
    ]
    if !figures.alerts.isEmpty {
      let rows = figures.alerts.map(\.texts)
      contents.append(Block.textTable("Alerts of \(objective.title)", BurnAlertFigures.columns, rows))
    }
    return Block.section(3, objective.title, id: CatalogueAddress.anchor(of: objective.name), contents)
  }

  private func statement(_ attestation: AttestationPlan) -> [MarkupNode] {
    let dates = "\(attestation.by), \(attestation.on); lapses on \(attestation.lapses)"
    let evidence: [MarkupNode] = attestation.evidence.map { [" (", Block.link($0, to: $0), ")"] } ?? []
    return [.text("\(attestation.statement) – \(dates)")] + evidence
  }
}
