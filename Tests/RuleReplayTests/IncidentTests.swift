import Foundation
import Incidents
import PlanModel
import RuleReplay
import Testing

@Suite("Incidents, played and in Prometheus")
struct IncidentTests {
  /// Incidents with as little history before their first day as they need, and what has to come of them.
  enum Sample: String, CaseIterable {
    case flapping = "S25"
    case bornLate = "S47"
    case blind = "S57"
    case maintenance = "S61"
  }

  private static func incidents() throws -> [Incident] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Benchmarks/alerts/scenarios.json")
    return try Incident.read(Array(try Data(contentsOf: file)))
  }

  @Test(
    "every recorded series, every condition and every alert is as in Prometheus",
    arguments: Sample.allCases.map { ($0, Scheme.budget) } + [(.flapping, .classic)]
  )
  func comparison(_ sample: Sample, _ scheme: Scheme) throws {
    var incident = try #require(Self.incidents().first { $0.id == sample.rawValue })
    incident.historyDays = 0
    incident.window = "7d"
    incident.shiftTo(minute: 60)
    incident.watchedMinutes = 120
    let history = History(incident, from: 0)
    var draws = Draws(seed: 1)
    let values = history.values(&draws)
    try PromtoolComparison(
      groups: try incident.rules(scheme, midnight: 0),
      inputs: Array(zip(history.series, values)),
      step: History.step,
      identity: [SeriesLabels.metricName, "window", "level", "number"]
    ).expectEqual()
  }
}

extension Incident {
  /// Moves everything so that the incident begins at a minute.
  fileprivate mutating func shiftTo(minute: Double) {
    let first = [
      extent?.start, faults.first?.stretch.start, blind.first?.start, resets.first, maintenance.first?.start,
    ]
    let by = minute - (first.compactMap { $0 }.min() ?? minute)
    for index in faults.indices { faults[index].stretch.start += by }
    for index in blind.indices { blind[index].start += by }
    for index in maintenance.indices { maintenance[index].start += by }
    resets = resets.map { $0 + by }
    extent = extent.map { ($0.start + by, $0.end + by) }
  }
}
