import Foundation
import Incidents

/// An option that there is none of.
private struct UsageError: Error, CustomStringConvertible {
  let description: String
}

/// Plays labelled incidents with the alerts that `nines` makes, and prints how well they page: see README.md.
@main
enum AlertBenchmark {
  struct Options {
    var scenarios = "Benchmarks/alerts/scenarios.json"
    var seeds = 20
    var randomIncidents = 600
    var draw: UInt64 = 7_919
    var only: Set<String> = []
    var showsDetails = false

    init(_ arguments: [String]) throws {
      var rest = arguments[...]
      while let option = rest.popFirst() {
        switch (option, rest.first) {
        case ("--details", _): showsDetails = true
        case ("--scenarios", let path?): (scenarios, rest) = (path, rest.dropFirst())
        case ("--only", let ids?): (only, rest) = (Set(ids.split(separator: ",").map(String.init)), rest.dropFirst())
        case ("--seeds", let count?): (seeds, rest) = (Int(count) ?? seeds, rest.dropFirst())
        case ("--draw", let seed?): (draw, rest) = (UInt64(seed) ?? draw, rest.dropFirst())
        case ("--random", let count?): (randomIncidents, rest) = (Int(count) ?? randomIncidents, rest.dropFirst())
        default: throw UsageError(description: "unknown option '\(option)'")
        }
      }
    }
  }

  static func main() async throws {
    let options = try Options(Array(CommandLine.arguments.dropFirst()))
    let data = try Data(contentsOf: URL(fileURLWithPath: options.scenarios))
    let all = try Incident.read(Array(data))
    let incidents = options.only.isEmpty ? all : all.filter { options.only.contains($0.id) }
    if !incidents.isEmpty, options.seeds > 0 {
      let outcomes = try await play(incidents, seeds: options.seeds)
      print("\(incidents.count) incidents × \(options.seeds) seeds\n\n\(table(outcomes))\n")
      if options.showsDetails { printDetails(outcomes) }
    }
    if options.randomIncidents > 0 {
      let drawn = (0..<options.randomIncidents).map { Incident.random($0, seed: options.draw) }
      let chosen = options.only.isEmpty ? drawn : drawn.filter { options.only.contains($0.id) }
      let outcomes = try await play(chosen, seeds: 1)
      print("\(chosen.count) random incidents\n\n\(table(outcomes))\n")
      if options.showsDetails { printDetails(outcomes) }
    }
  }

  private static func table(_ outcomes: [Outcome]) -> String {
    Scheme.allCases.map { scheme in (scheme, Score(outcomes.filter { $0.scheme == scheme })) }.table
  }

  /// All draws of all incidents, as many at a time as there are processors.
  private static func play(_ incidents: [Incident], seeds: Int) async throws -> [Outcome] {
    var pending = incidents.flatMap { incident in (0..<seeds).map { (incident, UInt64($0)) } }[...]
    return try await withThrowingTaskGroup(of: [Outcome].self) { group in
      var outcomes: [Outcome] = []
      func addNext() {
        guard let (incident, seed) = pending.popFirst() else { return }
        group.addTask { try Trial(incident).outcomes(seed: seed) }
      }
      for _ in 0..<ProcessInfo.processInfo.activeProcessorCount { addNext() }
      while let some = try await group.next() {
        outcomes += some
        addNext()
      }
      return outcomes
    }
  }

  /// The incidents that are answered wrongly in some draw, and those that page more than once.
  private static func printDetails(_ outcomes: [Outcome]) {
    for scheme in Scheme.allCases {
      let groups = Dictionary(grouping: outcomes.filter { $0.scheme == scheme }, by: \.incident.id)
      for (id, draws) in groups.sorted(by: { $0.key < $1.key }) {
        let incident = draws[0].incident
        let wrong = draws.filter { !$0.isRight }.count
        let pages = Double(draws.reduce(0) { $0 + $1.watchedPages.count }) / Double(draws.count)
        let tickets = Double(draws.reduce(0) { $0 + $1.watchedTickets.count }) / Double(draws.count)
        let detection = draws.compactMap(\.detectionMinutes).max() ?? .nan
        let reset = draws.compactMap(\.resetMinutes).max() ?? .nan
        let isOdd = wrong > 0 || pages > 1 || (incident.truth == .silent && tickets > 0)
        guard isOdd else { continue }
        print(
          "\(scheme) \(id) \(incident.truth) \(incident.name) \(incident.target) \(incident.window) "
            + "\(incident.shape) \(incident.rate)/s p0 \(incident.background): wrong \(wrong)/\(draws.count), "
            + "pages \(pages), tickets \(tickets), detected \(detection) min, reset \(reset) min"
        )
      }
    }
  }
}
