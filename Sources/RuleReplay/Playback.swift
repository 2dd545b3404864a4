import PlanModel

/// What the rules made of a history.
package struct Playback: Sendable {
  /// In the order of the rules.
  package let recorded: [RecordedSeries]
  package let alerts: [AlertHistory]
}

/// A recorded series at every moment of the grid.
package struct RecordedSeries: Sendable {
  package let labels: SeriesLabels
  /// nil where the rule yielded nothing.
  package let values: [Double?]
}

/// When an alert with certain labels was firing.
package struct AlertHistory: Sendable {
  package let rule: AlertRule
  package let labels: SeriesLabels
  /// From the moment at which it began to fire up to the one at which it no longer did, or the end.
  package let firing: [Range<Int>]
}

extension Replay {
  /// Longer blocks leave the processor's cache, shorter ones spend their time between them.
  private static let blockLength = 2_048

  /// Plays the rules over the values of the made-up series, which are nil where nothing was scraped. A sample that is
  /// missing after one that was there ends the series, as when a scrape fails.
  package func play(_ values: [[Double?]]) throws(ReplayError) -> Playback {
    var run = ReplayRun(self, values)
    try run.play(blockLength: Self.blockLength)
    return run.playback
  }
}

/// One history as it is played.
private struct ReplayRun {
  private let replay: Replay
  private var store: SeriesStore
  private var evaluators: [Evaluator]
  private var states: [[AlertState]]
  private let isRecurrent: [Bool]

  init(_ replay: Replay, _ values: [[Double?]]) {
    precondition(values.count == replay.inputs.count, "each made-up series has values")
    self.replay = replay
    let recorded = replay.seriesLabels.count - values.count
    store = SeriesStore(
      grid: replay.grid,
      series: values.map(PointSeries.init) + Array(repeating: PointSeries(), count: recorded)
    )
    var isRecurrent = Array(repeating: false, count: replay.rules.count)
    for cluster in replay.clusters where cluster.isRecurrent {
      for rule in cluster.rules { isRecurrent[rule] = true }
    }
    self.isRecurrent = isRecurrent
    evaluators = replay.rules.enumerated().map { number, rule in
      Evaluator(
        rule.program,
        grid: replay.grid,
        sampled: replay.grid,
        capacity: isRecurrent[number] ? 1 : min(2_048, max(1, replay.grid.count))
      )
    }
    states = replay.rules.map { rule in
      switch rule.rule {
      case .recording: []
      case .alert(let alert): rule.labels.map { _ in AlertState(alert) }
      }
    }
  }

  mutating func play(blockLength: Int) throws(ReplayError) {
    for start in stride(from: 0, to: replay.grid.count, by: blockLength) {
      let block = start..<min(start + blockLength, replay.grid.count)
      for cluster in replay.clusters {
        if cluster.isRecurrent {
          for step in block { for rule in cluster.rules { try evaluate(rule, step..<step + 1) } }
        } else {
          for rule in cluster.rules { try evaluate(rule, block) }
        }
      }
    }
  }

  private mutating func evaluate(_ rule: Int, _ steps: Range<Int>) throws(ReplayError) {
    do {
      try evaluators[rule].run(Evaluator.Span(steps: steps, written: nil), reading: store)
    } catch {
      throw .ambiguous(error.labels, rule: replay.rules[rule].rule.name, time: replay.grid.time(error.moment))
    }
    switch replay.rules[rule].rule {
    case .recording: record(rule, steps)
    case .alert:
      for column in states[rule].indices {
        for (index, step) in steps.enumerated() {
          let holds = evaluators[rule].result(column, at: index) != nil
          states[rule][column].step(holds, at: step, time: replay.grid.time(step))
        }
      }
    }
  }

  private mutating func record(_ rule: Int, _ steps: Range<Int>) {
    for (column, id) in replay.rules[rule].series.enumerated() {
      for (index, step) in steps.enumerated() {
        if let value = evaluators[rule].result(column, at: index) {
          store.series[id].append(value, at: step)
        } else {
          store.series[id].end(at: step)
        }
      }
    }
  }

  // MARK: Results

  var playback: Playback {
    let recorded = replay.seriesLabels.indices.dropFirst(replay.inputs.count)
    return Playback(
      recorded: recorded.map {
        RecordedSeries(labels: replay.seriesLabels[$0], values: store.series[$0].values(count: replay.grid.count))
      },
      alerts: replay.rules.enumerated().flatMap { number, rule -> [AlertHistory] in
        guard case .alert(let alert) = rule.rule else { return [] }
        return zip(rule.labels, states[number]).map { labels, state in
          AlertHistory(rule: alert, labels: labels, firing: state.spans(until: replay.grid.count))
        }
      }
    )
  }
}

extension PointSeries {
  init(_ values: [Double?]) {
    reserve(values.count)
    for (moment, value) in values.enumerated() {
      if let value { append(value, at: moment) } else { end(at: moment) }
    }
  }

  func values(count: Int) -> [Double?] {
    var all: [Double?] = Array(repeating: nil, count: count)
    for (moment, value) in zip(moments, values) { all[Int(moment)] = value }
    return all
  }
}
