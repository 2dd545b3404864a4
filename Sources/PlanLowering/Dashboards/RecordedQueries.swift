import PlanModel
import PromQL
import Quantities
import SpecCatalog

/// Queries over the recorded series of some objectives.
struct RecordedQueries {
  let labels: LabelNames
  /// Set where the objectives are all of a service, which one matcher selects.
  let service: String?
  let objectives: [Objective]

  /// The labels that tell budgets apart. Others, such as the version of what is counted, are no matter for people.
  var identity: [String] {
    var seen: Set<String> = [labels.slo]
    return [labels.slo] + objectives.flatMap(\.splitBy).map(\.value).filter { seen.insert($0).inserted }
  }

  /// `{{slo}}`, with the labels that split budgets behind it.
  var legend: String { identity.map { "{{\($0)}}" }.joined(separator: " ") }

  func of(_ some: [Objective]) -> RecordedQueries {
    RecordedQueries(labels: labels, service: nil, objectives: some)
  }

  func selector(_ record: RecordName, _ more: LabelMatcher...) -> VectorSelector {
    VectorSelector(record.rawValue, [matcher] + more)
  }

  var matcher: LabelMatcher {
    if let service { return .equal(labels.service, service) }
    let names = objectives.map(\.fullName)
    if names.count == 1, let name = names.first { return .equal(labels.slo, name) }
    return .matches(labels.slo, LabelMatcher.pattern(ofAny: names))
  }

  /// One value for each budget: the lowest.
  func lowest(_ record: RecordName) -> PromQLExpression {
    .min(.selector(selector(record)), by: identity)
  }

  /// One burn rate for each budget: the highest.
  func burnRate(over window: BurnWindow) -> PromQLExpression {
    let matcher = LabelMatcher.equal(ObjectiveSeries.windowLabel, window.span.promQLText)
    return .max(.selector(selector(.burnRate, matcher)), by: identity)
  }
}

/// A window that burn rates are recorded over.
enum BurnWindow: CaseIterable {
  case hour
  case quarterDay

  var span: TimeSpan {
    switch self {
    case .hour: .hours(1)
    case .quarterDay: .hours(6)
    }
  }
}
