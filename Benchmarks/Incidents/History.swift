import PlanModel
import RuleReplay

/// What Prometheus scrapes of the service of an incident: counters of events by outcome, one pair for each instance.
package struct History: Sendable {
  /// Seconds between scrapes, and between evaluations.
  package static let step = 30

  package let incident: Incident
  package let grid: Grid

  /// Beginning at a second since 1970.
  package init(_ incident: Incident, from start: Int? = nil) {
    self.incident = incident
    let begin = start ?? (Incident.midnight - incident.historyDays * 86_400)
    let minutes = Double(incident.historyDays * 1_440) + incident.watchedUntil
    grid = Grid(start: begin * 1_000, step: Self.step * 1_000, count: Int(minutes * 60) / Self.step + 1)
  }

  /// The minute of the incident's own time that a scrape happens at.
  package func minute(_ step: Int) -> Double {
    Double(step * Self.step) / 60 - Double(incident.historyDays * 1_440)
  }

  /// The names of the series, those of one instance after the other: successes, failures, whether it is up, since when.
  package var series: [SeriesLabels] {
    (0..<incident.instances).flatMap { instance -> [SeriesLabels] in
      let target = [LabelPair("job", "shop"), LabelPair("instance", "shop-\(instance)")]
      return [
        SeriesLabels("http_requests_total", target + [LabelPair("code", "200")]),
        SeriesLabels("http_requests_total", target + [LabelPair("code", "500")]),
        SeriesLabels("up", target), SeriesLabels("process_start_time_seconds", target),
      ]
    }
  }

  /// The values of the series, drawn: every event comes and fails independently of all others.
  package func values(_ draws: inout Draws) -> [[Double?]] {
    var values = [[Double?]](repeating: [], count: incident.instances * 4)
    for index in values.indices { values[index].reserveCapacity(grid.count) }
    var good = Array(repeating: 0, count: incident.instances)
    var bad = good
    let process = IncidentProcess(incident)
    let length = Double(Self.step) / 60
    var started = Double(grid.start / 1_000 - 86_400)
    var resets = incident.resets[...]
    for step in 0..<grid.count {
      let minute = minute(step)
      if let reset = resets.first, reset <= minute {
        resets.removeFirst()
        good = good.map { _ in 0 }
        bad = good
        started = Double(grid.time(step)) / 1_000
      }
      let expected = process.expected(from: minute - length, to: minute)
      let isBlind = incident.blind.contains { $0.start <= minute && minute < $0.end }
      for instance in 0..<incident.instances {
        good[instance] += draws.poisson(expected.good / Double(incident.instances))
        bad[instance] += draws.poisson(expected.bad / Double(incident.instances))
        let place = instance * 4
        let isBorn = !incident.bornLate || bad[instance] > 0
        values[place].append(isBlind ? nil : Double(good[instance]))
        values[place + 1].append(isBlind || !isBorn ? nil : Double(bad[instance]))
        values[place + 2].append(isBlind ? nil : 1)
        values[place + 3].append(isBlind ? nil : started)
      }
    }
    return values
  }
}

extension Incident {
  /// When watching ends.
  package var watchedUntil: Double { (extent?.start ?? 0) + watchedMinutes }
}
