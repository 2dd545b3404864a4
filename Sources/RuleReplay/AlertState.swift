import PlanModel

/// The state of one alert, as Prometheus keeps it between evaluations.
struct AlertState: Sendable {
  private enum State {
    case inactive
    /// The condition holds since a time.
    case pending(since: Int)
    case firing
    /// The condition no longer holds, since a time, and the alert goes on.
    case kept(since: Int)
  }

  private let sustained: Int
  private let keepFiringFor: Int
  private var state = State.inactive
  private var began: Int?
  private var firing: [Range<Int>] = []

  init(_ alert: AlertRule) {
    sustained = Int(alert.sustained.wholeMilliseconds ?? 0)
    keepFiringFor = Int(alert.keepFiringFor.wholeMilliseconds ?? 0)
  }

  /// One evaluation at a moment, whose time is in milliseconds.
  mutating func step(_ holds: Bool, at moment: Int, time: Int) {
    state = next(holds, time)
    switch (state, began) {
    case (.firing, nil): began = moment
    case (.inactive, let start?):
      firing.append(start..<moment)
      began = nil
    case (.inactive, nil), (.pending, _), (.firing, _?), (.kept, _): break
    }
  }

  private func next(_ holds: Bool, _ time: Int) -> State {
    switch (state, holds) {
    case (.inactive, true): return sustained == 0 ? .firing : .pending(since: time)
    case (.pending(let since), true): return time - since >= sustained ? .firing : state
    case (.firing, true), (.kept, true): return .firing
    case (.inactive, false), (.pending, false): return .inactive
    case (.firing, false): return keepFiringFor > 0 ? .kept(since: time) : .inactive
    case (.kept(let since), false): return time - since < keepFiringFor ? state : .inactive
    }
  }

  /// What is still firing is so until the end.
  func spans(until end: Int) -> [Range<Int>] {
    firing + (began.map { [$0..<end] } ?? [])
  }
}
