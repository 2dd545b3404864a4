import PlanModel
import Quantities

/// Plays the rules of a plan over made-up histories, as Prometheus 2.42 would: samples and evaluations fall on the moments
/// of one grid, and the groups are evaluated one after the other at each of them.
///
/// Rules are evaluated by columns, a block of moments at a time; only what depends on its own past goes moment by moment.
/// Made once for the names of the series, and played for as many histories of them as wanted.
package struct Replay: Sendable {
  struct PlayedRule: Sendable {
    let rule: Rule
    let program: Program
    /// For each column of the program the labels of the series or alert that it makes.
    let labels: [SeriesLabels]
    /// For each column the number of the recorded series; none for alerts.
    let series: [Int]
  }

  /// The made-up series, in the order in which their values are given.
  package let inputs: [SeriesLabels]
  let grid: Grid
  let rules: [PlayedRule]
  let clusters: [RuleOrder.Cluster]
  let seriesLabels: [SeriesLabels]

  package init(_ groups: [RuleGroup], over inputs: [SeriesLabels], on grid: Grid) throws(ReplayError) {
    for group in groups where group.interval.wholeMilliseconds.map(Int.init) != grid.step {
      throw .interval(group: group.name)
    }
    var builder = RuleBuilder(rules: groups.flatMap(\.rules))
    try builder.build(over: inputs)
    self.inputs = inputs
    self.grid = grid
    rules = builder.played
    seriesLabels = builder.index.labels
    clusters = RuleOrder.clusters(builder.reads)
  }
}

extension Plan {
  /// All groups, those first that others read.
  package var ruleGroups: [RuleGroup] {
    workspace.groups + services.flatMap { $0.objectives.flatMap(\.groups) + $0.groups }
  }
}

extension Rule {
  var name: String {
    switch self {
    case .recording(let rule): rule.record
    case .alert(let rule): rule.alert
    }
  }
}

/// Finds the labels of everything that rules record, which may depend on what they record themselves.
private struct RuleBuilder {
  let rules: [Rule]
  private(set) var index = SeriesIndex()
  private(set) var played: [Replay.PlayedRule] = []

  /// Rules name what others read, and those what others again; longer chains against the order of rules are none.
  private static let rounds = 10

  init(rules: [Rule]) {
    self.rules = rules
  }

  var reads: [[Int]] {
    played.map { rule in
      Array(Set(rule.program.sources.compactMap { index.writers[$0.id] })).sorted()
    }
  }

  mutating func build(over inputs: [SeriesLabels]) throws(ReplayError) {
    for input in inputs { _ = try index.add(input, writtenBy: nil) }
    for _ in 0..<Self.rounds {
      let known = index.labels.count
      played = []
      for number in rules.indices { played.append(try build(number)) }
      if index.labels.count == known { return }
    }
    throw .endlessLabels
  }

  private mutating func build(_ number: Int) throws(ReplayError) -> Replay.PlayedRule {
    let rule = rules[number]
    do {
      switch rule {
      case .recording(let recording):
        let program = try ProgramBuilder.program(of: recording.expression, index: index, reader: number)
        let name = [LabelPair(SeriesLabels.metricName, recording.record)]
        let labels = program.labels.map { $0.setting(recording.labels + name) }
        let ids = try add(labels, writtenBy: number)
        return Replay.PlayedRule(rule: rule, program: program, labels: labels, series: ids)
      case .alert(let alert):
        let program = try ProgramBuilder.program(of: alert.expression, index: index, reader: number)
        let name = [LabelPair("alertname", alert.alert)]
        let labels = program.labels.map { $0.withoutName.setting(alert.labels + name) }
        return Replay.PlayedRule(rule: rule, program: program, labels: labels, series: [])
      }
    } catch let error as UnplayedPart {
      throw .unsupported(error.text, rule: rule.name)
    } catch let error as ReplayError {
      throw error
    } catch {
      preconditionFailure("programs fail in these two ways")
    }
  }

  private mutating func add(_ labels: [SeriesLabels], writtenBy rule: Int) throws(ReplayError) -> [Int] {
    var ids: [Int] = []
    for series in labels { ids.append(try index.add(series, writtenBy: rule)) }
    return ids
  }
}
