/// The rates of an incident's events, from which everything is drawn and the truth is computed.
package struct IncidentProcess: Sendable {
  private let incident: Incident
  /// Minutes at which the rates change, in order.
  private let edges: [Double]

  package init(_ incident: Incident) {
    self.incident = incident
    edges = incident.faults.flatMap { [$0.stretch.start, $0.stretch.end] }.sorted()
  }

  /// The number of events that are expected between two minutes less than a few apart.
  package func expected(from start: Double, to end: Double) -> (good: Double, bad: Double, missing: Double) {
    let inner =
      edges.isEmpty || start >= edges[edges.count - 1] || end <= edges[0] ? [] : edges.filter { $0 > start && $0 < end }
    var sum = (good: 0.0, bad: 0.0, missing: 0.0)
    for (from, to) in zip([start] + inner, inner + [end]) {
      let middle = (from + to) / 2
      let day = middle - (middle / 1_440).rounded(.down) * 1_440
      let all = incident.rate * incident.shape.factor(day) * (to - from) * 60
      let fault = edges.isEmpty ? nil : incident.faults.last { $0.stretch.start <= middle && middle < $0.stretch.end }
      let missing = all * (fault?.missing ?? 0)
      let bad = (all - missing) * (fault?.failing ?? incident.background)
      sum = (sum.good + all - missing - bad, sum.bad + bad, sum.missing + missing)
    }
    return sum
  }

  /// The greatest share of the window's budget that is lost within any stretch of so many minutes, by failures or by
  /// events that do not come; with the background of failures, or without.
  package func greatestLoss(within minutes: Double, window: Double, withBackground: Bool) -> Double {
    guard let first = edges.first, let last = edges.last else { return 0 }
    let step = max(0.25, min(1, minutes / 60))
    let begin = first - minutes
    let count = Int(((last + minutes - begin) / step).rounded(.up))
    var sums = [0.0]
    for index in 0..<count {
      let from = begin + Double(index) * step
      let lost = expected(from: from, to: from + step)
      let ground = withBackground ? 0 : background(from: from, to: from + step)
      sums.append(sums[index] + lost.bad + lost.missing - ground)
    }
    let width = min(count, Int((minutes / step).rounded()))
    let greatest = (width...count).map { sums[$0] - sums[$0 - width] }.max() ?? 0
    return greatest / (incident.budget * incident.rate * window * 60)
  }

  /// Failures outside of all faults.
  private func background(from start: Double, to end: Double) -> Double {
    let middle = (start + end) / 2
    let isFault = incident.faults.contains { $0.stretch.start <= middle && middle < $0.stretch.end }
    return isFault ? 0 : expected(from: start, to: end).bad
  }

  /// The share of the window's budget that is lost from the start of the incident up to a minute.
  package func loss(until minute: Double, window: Double) -> Double {
    guard let start = incident.extent?.start, minute > start else { return 0 }
    let steps = max(1, Int((minute - start) * 2))
    let step = (minute - start) / Double(steps)
    let lost = (0..<steps).reduce(0.0) { sum, index in
      let part = expected(from: start + Double(index) * step, to: start + Double(index + 1) * step)
      return sum + part.bad + part.missing
    }
    return lost / (incident.budget * incident.rate * window * 60)
  }

  /// Failures and missing events of the faults.
  package var expectedFailures: Double {
    incident.faults.reduce(0) { sum, fault in
      let steps = max(1, Int(fault.stretch.minutes))
      let step = fault.stretch.minutes / Double(steps)
      return sum
        + (0..<steps).reduce(0.0) { part, index in
          let from = fault.stretch.start + Double(index) * step
          let lost = expected(from: from, to: from + step)
          return part + lost.bad + lost.missing
        }
    }
  }
}
