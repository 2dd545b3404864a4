import PlanModel

/// What names a series: labels with values, in the order of their names. A label without a value is none.
package struct SeriesLabels: Sendable, Hashable {
  package private(set) var pairs: [LabelPair]

  package static let metricName = "__name__"
  static let none = SeriesLabels([])

  /// Of a label given twice, the last counts.
  package init(_ pairs: [LabelPair]) {
    var values: [String: String] = [:]
    for pair in pairs { values[pair.name] = pair.value }
    self.pairs = values.filter { !$0.value.isEmpty }.map { LabelPair($0.key, $0.value) }.sorted { $0.name < $1.name }
  }

  /// A metric with its labels.
  package init(_ metric: String, _ pairs: [LabelPair] = []) {
    self.init(pairs + [LabelPair(Self.metricName, metric)])
  }

  /// Empty where there is no such label.
  package subscript(name: String) -> String { pairs.first { $0.name == name }?.value ?? "" }

  var withoutName: SeriesLabels { removing([Self.metricName]) }

  func keeping(_ names: [String]) -> SeriesLabels {
    var labels = self
    labels.pairs.removeAll { !names.contains($0.name) }
    return labels
  }

  func removing(_ names: [String]) -> SeriesLabels {
    var labels = self
    labels.pairs.removeAll { names.contains($0.name) }
    return labels
  }

  /// With other values for some labels; an empty value removes its label.
  func setting(_ more: [LabelPair]) -> SeriesLabels { SeriesLabels(pairs + more) }
}

extension SeriesLabels: CustomStringConvertible {
  package var description: String {
    "{\(pairs.map { "\($0.name)=\"\($0.value)\"" }.joined(separator: ", "))}"
  }
}
