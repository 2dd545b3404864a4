import Quantities
import SpecCatalog

extension Objective {
  /// Whether a share of events or slices decides, rather than a statement.
  var isMeasured: Bool {
    switch measure {
    case .share, .percentile, .value: true
    case .attested: false
    }
  }

  /// The name as people say it: the journey's objectives with the journey's name before them.
  func spokenName(in catalog: Catalog) -> String {
    journey.map { "\(catalog[$0].name.value)/\(name.value)" } ?? name.value
  }
}

extension Catalog {
  /// How many events or slices an objective judges in its window; nil where nobody stated the traffic.
  func judged(by objective: Objective) -> (count: Rational, noun: String)? {
    let window = objective.window.value.nominalLength
    switch self[objective.indicator].kind {
    case .ratio, .distribution: return traffic(of: objective).map { ($0.events(in: window), "events") }
    case .time(let source): return (window / source.slice, "slices of \(source.slice)")
    case .gauge(let source): return (window / source.slice, "slices of \(source.slice)")
    case .attested: return nil
    }
  }
}
