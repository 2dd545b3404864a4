import Diagnostics
import Quantities
import SpecSyntax

extension Resolution {
  /// Remedies name backups, which stand among the practices.
  mutating func declareBackups(of document: SpecDocument, in service: ServiceID) {
    for backup in document.practices?.backups ?? [] {
      _ = declare(.backup, backup.name, index: 0, in: service)
    }
  }

  mutating func resolveAgreements(of document: SpecDocument, in service: ServiceID) {
    for spec in document.agreements {
      guard declare(.agreement, spec.name, index: catalog.agreements.count, in: service) else { continue }
      catalog.agreements.append(
        Agreement(
          service: service,
          name: spec.name,
          title: spec.title?.value,
          description: spec.description?.value,
          with: spec.with.value,
          starts: spec.starts.map { start in
            switch start.value {
            case .date(let date): date.description
            case .text(let text): text
            }
          },
          promises: spec.promises.compactMap { promise($0, in: service) },
          responses: spec.responses.map { response($0, in: service) },
          remedies: spec.remedies.map { remedy($0.value, in: service) },
          excluding: exclusions(named: spec.excluding, from: service),
          span: spec.span
        )
      )
    }
  }

  private mutating func promise(_ spec: Named<PromiseSpec>, in service: ServiceID) -> Promise? {
    let expression = spec.expression
    guard let indicator = find(.indicator, expression.indicator, from: service, as: IndicatorID.self),
      let requirement = requirement(expression, of: indicator)
    else { return nil }
    return Promise(
      name: spec.name,
      expression: expression.text,
      indicator: indicator,
      measure: requirement.measure,
      target: requirement.target,
      window: requirement.window
    )
  }

  private mutating func response(_ spec: Named<ResponseSpec>, in service: ServiceID) -> ResponsePromise {
    ResponsePromise(
      name: spec.name,
      action: ResponsePromise.Action(spec.action.value),
      within: spec.within,
      severity: spec.severity.flatMap { find(.severity, $0, from: service, as: SeverityID.self) },
      measuredBy: spec.measuredBy?.value
    )
  }

  private mutating func remedy(_ spec: RemedySpec, in service: ServiceID) -> Remedy {
    switch spec {
    case .credit(let below, let credit): return .credit(below: below, credit: credit)
    case .restore(let backup):
      _ = find(.backup, backup, from: service, as: CatalogID<Practices>.self)
      return .restore(from: backup)
    case .action(let text): return .action(text.value)
    }
  }
}

extension ResponsePromise.Action {
  init(_ spec: ResponseSpec.Action) {
    switch spec {
    case .acknowledge: self = .acknowledge
    case .answer: self = .answer
    case .fix: self = .fix
    }
  }
}
