import PlanModel
import Quantities
import SpecCatalog

/// How things are measured: indicators, what counts and what does not, the metrics behind them.
struct MeasurementPages {
  let index: CatalogIndex
  let facts: ServiceFacts

  func indicators(of service: ServiceID) -> CataloguePage? {
    var table = PageTable(
      "Indicators",
      "Indicator",
      "Title",
      "Meaning",
      "Measured as",
      "Does not count",
      "How it is measured"
    )
    for id in index.indicators(of: service) {
      let indicator = index.catalog[id]
      table.add(
        indicator.name.value,
        indicator.title,
        indicator.meaning,
        source(of: indicator),
        indicator.excluding.map { index.catalog[$0.value].name.value }.listed(),
        indicator.measurement.listed(by: "; ")
      )
    }
    return table.page
  }

  func criteria(of service: ServiceID) -> CataloguePage? {
    var table = PageTable("Criteria", "Indicator", "Good", "Bad", "Does not count")
    for id in index.indicators(of: service) {
      let indicator = index.catalog[id]
      let criteria = indicator.criteria
      if criteria == Criteria() { continue }
      table.add(
        indicator.name.value,
        criteria.good.listed(by: "; "),
        criteria.bad.listed(by: "; "),
        criteria.excluded.listed(by: "; ")
      )
    }
    return table.page
  }

  func exclusions(of service: ServiceID) -> CataloguePage? {
    let text = ExclusionText(index: index)
    var table = PageTable(
      "Maintenance and exclusions",
      "Name",
      "Title",
      "Kind",
      "When",
      "Notice",
      "While this holds",
      "Reason"
    )
    for exclusion in facts.exclusions(of: service) {
      table.add(
        exclusion.name.value,
        exclusion.title,
        text.kind(of: exclusion),
        text.windows(of: exclusion).map(ExclusionText.sentence).listed(by: "; "),
        text.notice(of: exclusion)?.description,
        exclusion.when?.value.description,
        text.reason(of: exclusion)
      )
    }
    return table.page
  }

  func metrics(of service: ServiceID) -> CataloguePage? {
    var table = PageTable("Metric contract", "Metric", "Type", "Unit", "Labels", "Buckets", "Measured by", "Meaning")
    for metric in facts.metrics(of: service) {
      let labels = metric.labels?.map { label in
        label.values.map { "\(label.name.value): \($0.map(\.value).joined(separator: ", "))" }
          ?? "\(label.name.value): any"
      }
      table.add(
        metric.name.value,
        metric.kind.value.rawValue,
        metric.unit?.value,
        labels?.listed(by: "; "),
        metric.buckets?.map(\.value.decimalText).listed(),
        metric.measured,
        metric.meaning
      )
    }
    return table.page
  }

  // MARK: Sources in words

  private func source(of indicator: Indicator) -> String {
    switch indicator.kind {
    case .ratio(let source):
      let side =
        switch source.side {
        case .good: "good"
        case .bad: "bad"
        }
      return "\(side): \(text(of: source.numerator)); valid: \(text(of: source.valid))"
    case .distribution(let source):
      let unit = source.unit.symbol.isEmpty ? "" : ", in \(source.unit)"
      return "distribution of \(source.selector.value)\(unit)"
    case .time(let source):
      let conditions = source.downWhen.map(text).joined(separator: " or ")
      return "down when \(conditions), in slices of \(source.slice)"
    case .gauge(let source):
      return "\(source.across.rawValue) of \(source.selector.value), in slices of \(source.slice)"
    case .attested(let attestation):
      let evidence = attestation.evidence.map { ", evidence: \($0)" } ?? ""
      let renewal = "renewed every \(attestation.renew)"
      return "\(attestation.statement) (\(attestation.by.value), \(attestation.on.value), \(renewal)\(evidence))"
    }
  }

  private func text(of queries: [Query]) -> String {
    queries.map { query in
      switch query {
      case .counter(let source): source.value.description
      case .template(let source): source.value.description
      }
    }.joined(separator: " + ")
  }

  private func text(of condition: DownCondition) -> String {
    switch condition {
    case .query(let source, let sustained):
      sustained > .zero ? "\(source.value) for \(sustained)" : source.value.description
    case .condition(let condition): ConditionText.text(of: condition)
    }
  }
}

/// Conditions on one line, as their authors wrote them.
enum ConditionText {
  static func text(of condition: AlertCondition) -> String {
    switch condition {
    case .comparison(let comparison): comparison.text.value
    case .any(let parts): parts.map(text).joined(separator: " or ")
    case .all(let parts): parts.map(grouped).joined(separator: " and ")
    }
  }

  /// `or` binds less tightly than `and`.
  private static func grouped(_ condition: AlertCondition) -> String {
    switch condition {
    case .any(let parts) where parts.count > 1: "(\(text(of: condition)))"
    case .any, .all, .comparison: text(of: condition)
    }
  }
}
