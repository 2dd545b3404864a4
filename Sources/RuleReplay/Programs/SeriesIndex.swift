import PromQL

/// The names of all series, and which rule writes them.
struct SeriesIndex: Sendable {
  private(set) var labels: [SeriesLabels] = []
  /// The number of the rule, in the order of evaluation; nil for made-up series.
  private(set) var writers: [Int?] = []
  private var ids: [SeriesLabels: Int] = [:]
  private var byMetric: [String: [Int]] = [:]

  /// The number of the series, known or new.
  mutating func add(_ series: SeriesLabels, writtenBy writer: Int?) throws(ReplayError) -> Int {
    if let id = ids[series] {
      if writers[id] != writer || writer == nil { throw .recordedTwice(series) }
      return id
    }
    let id = labels.count
    ids[series] = id
    labels.append(series)
    writers.append(writer)
    byMetric[series[SeriesLabels.metricName], default: []].append(id)
    return id
  }

  /// The series of a selector, as a rule sees them; the error is what cannot be told.
  func sources(of selector: VectorSelector, for reader: Int) throws(UnplayedPart) -> [Source] {
    if selector.at != nil { throw UnplayedPart("@") }
    if selector.offset < .zero { throw UnplayedPart("a negative offset") }
    let named = selector.matchers.first { $0.label == SeriesLabels.metricName && $0.operation == .equal }
    guard let metric = selector.metricName ?? named?.value else { throw UnplayedPart("a selector without a name") }
    if metric == "ALERTS" || metric == "ALERTS_FOR_STATE" { throw UnplayedPart(metric) }
    var sources: [Source] = []
    for id in byMetric[metric] ?? [] where try selector.picks(labels[id]) {
      sources.append(Source(id: id, isLater: writers[id].map { $0 >= reader } ?? false))
    }
    return sources
  }
}

/// What an expression has that is not played here.
struct UnplayedPart: Error {
  let text: String

  init(_ text: String) {
    self.text = text
  }
}

extension VectorSelector {
  fileprivate func picks(_ labels: SeriesLabels) throws(UnplayedPart) -> Bool {
    for matcher in matchers {
      let value = labels[matcher.label]
      switch matcher.operation {
      case .equal: if value != matcher.value { return false }
      case .notEqual: if value == matcher.value { return false }
      case .matches, .doesNotMatch:
        switch matcher.accepts(value) {
        case .yes: continue
        case .no: return false
        case .unknown: throw UnplayedPart("the pattern '\(matcher.value)'")
        }
      }
    }
    return true
  }
}
