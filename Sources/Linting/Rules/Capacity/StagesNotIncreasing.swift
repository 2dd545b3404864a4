import Diagnostics
import Quantities
import SpecCatalog

struct StagesNotIncreasing: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO804",
    name: "stages-not-increasing",
    severity: .error,
    summary: "Each stage of a rollout reaches more than the one before.",
    rationale: """
      A stage that is not larger than the last tests nothing new, and a gate that allows 'up to 25%' cannot tell which \
      stages that means.
      """,
    flagged: """
      rollout:
        stages: [5%, 50%, «25%», 100%]
      """,
    accepted: """
      rollout:
        stages: [5%, 25%, 50%, 100%]
      """,
    source: "Google, The Site Reliability Workbook, chapter 16, on canarying releases in stages."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.rollouts.flatMap { rollout in
      zip(rollout.stages, rollout.stages.dropFirst()).compactMap { before, stage in
        guard stage.value <= before.value else { return nil }
        return Finding("stage '\(stage.value)' comes after '\(before.value)' and is not larger", at: stage.span)
      }
    }
  }
}
