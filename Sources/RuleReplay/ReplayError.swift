/// Why rules cannot be played. Nothing is ever estimated instead.
package enum ReplayError: Error, Hashable, Sendable {
  /// Something in an expression that is not played here, by its spelling.
  case unsupported(String, rule: String)
  /// The group is not evaluated at the moments of the grid.
  case interval(group: String)
  /// Two rules, or a rule and the made-up series, have the same name and labels.
  case recordedTwice(SeriesLabels)
  /// The labels of what rules record depend on each other without end.
  case endlessLabels
  /// What Prometheus refuses when it evaluates: two series of one name, or several for one of the other side.
  case ambiguous(SeriesLabels, rule: String, time: Int)
}
