extension Incident {
  /// Too few failures to be told from chance by anybody.
  private static let fewestFailures = 10.0
  /// How far from every threshold the loss has to lie: nearer, both answers are right.
  private static let clearance = 1.25

  /// An incident whose rates, lengths, shapes, targets and windows are drawn; one in five has no fault. Its truth follows
  /// from its rates.
  package static func random(_ number: Int, seed: UInt64) -> Incident {
    var draws = Draws(seed: seed &* 1_000_003 &+ UInt64(number))
    while true {
      let incident = draw("R\(number)", &draws)
      if incident.faults.isEmpty { return incident }
      let losses = incident.losses
      if IncidentProcess(incident).expectedFailures < fewestFailures { continue }
      if (losses.page + losses.ticket).allSatisfy({ $0 <= 1 / clearance || $0 >= clearance }) { return incident }
    }
  }

  private static func draw(_ id: String, _ draws: inout Draws) -> Incident {
    let target = draws.pick(["0.9999", "0.9995", "0.999", "0.999", "0.995", "0.99", "0.95", "0.9"])
    let window = draws.pick(["7d", "28d", "30d", "30d", "90d"])
    let budget = 1 - (Double(target) ?? 1)
    var incident = Incident(
      id: id,
      name: "random",
      target: target,
      window: window,
      rate: draws.logUniform(10.0 / 3_600, 300),
      shape: draws.pick([.flat, .flat, .diurnal20, .diurnal20, .batch, .nightzero]),
      background: budget * draws.uniform(0, 0.7),
      watchedMinutes: 3 * 1_440,
      truth: .silent
    )
    incident.instances = draws.pick([1, 1, 2, 4])
    if draws.uniform() < 0.3 { incident.resets = (0..<3).map { _ in draws.uniform(-20_000, 2_880) }.sorted() }
    if draws.uniform() < 0.2 { return incident }
    let start = 0.5 * draws.uniform(0, 2_880).rounded()
    let kind = draws.uniform()
    if kind < 0.08 {
      let minutes = draws.logUniform(20, 480)
      incident.faults = [Fault(stretch: Stretch(start: start, minutes: minutes), failing: 0, missing: 1)]
    } else if kind < 0.3 {
      let slow = Fault(
        stretch: Stretch(start: start, minutes: draws.logUniform(360, 4_320) * incident.scale),
        failing: min(1, budget * draws.uniform(1.5, 8)),
        missing: 0
      )
      incident.faults = [slow]
    } else {
      let minutes = draws.logUniform(0.5, 2_880) * incident.scale
      incident.faults = faults(from: start, minutes, worse: budget * 1.5, &draws)
    }
    guard let end = incident.faults.map(\.stretch.end).max() else { return incident }
    incident.extent = (start, end)
    incident.watchedMinutes = end - start + 480
    incident.truth = incident.truthFromRates
    return incident
  }

  private static func faults(
    from start: Double,
    _ minutes: Double,
    worse least: Double,
    _ draws: inout Draws
  ) -> [Fault] {
    func fault(_ start: Double, _ minutes: Double, _ failing: Double) -> Fault {
      Fault(stretch: Stretch(start: start, minutes: minutes), failing: failing, missing: 0)
    }
    let failing = draws.logUniform(min(least, 0.5), 1)
    switch draws.pick([0, 1, 1, 1, 2, 3, 4]) {
    case 0: return [fault(start, minutes, 1)]
    case 1: return [fault(start, minutes, failing)]
    case 2:
      let period = draws.logUniform(2, 60)
      let share = draws.uniform(0.1, 0.7)
      return (0..<max(1, min(200, Int(minutes / period)))).map { index in
        fault(start + Double(index) * period, period * share, failing)
      }
    case 3:
      return (0..<20).map { fault(start + Double($0) * minutes / 20, minutes / 20, failing * Double($0 + 1) / 20) }
    default:
      let decline = (0..<10).map { index in
        fault(start + minutes / 2 + Double(index) * minutes / 20, minutes / 20, failing * Double(10 - index) / 11)
      }
      return [fault(start, minutes / 2, failing)] + decline
    }
  }

  // MARK: Truth

  private var windowDays: Double { Double(window.dropLast()) ?? 30 }

  /// The window in minutes.
  package var windowMinutes: Double { windowDays * 1_440 }

  /// How much shorter the stretches are in which losses are judged, where the window is below four weeks.
  private var scale: Double { min(1, windowDays / 28) }

  /// Losses of the worst hour and six hours, day and three days, in parts of what calls for a page or a ticket.
  private var losses: (page: [Double], ticket: [Double]) {
    func parts(_ limits: [(minutes: Double, share: Double)]) -> [Double] {
      let process = IncidentProcess(self)
      return limits.map { limit in
        process.greatestLoss(within: limit.minutes * scale, window: windowMinutes, withBackground: true) / limit.share
      }
    }
    return (parts([(60, 0.02), (360, 0.05)]), parts([(1_440, 0.1), (4_320, 0.1)]))
  }

  private var truthFromRates: Truth {
    let losses = losses
    if losses.page.contains(where: { $0 >= 1 }) { return .page }
    return losses.ticket.contains { $0 >= 1 } ? .ticket : .silent
  }
}
