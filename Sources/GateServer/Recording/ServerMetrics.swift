import DeployGate
import Quantities
import Synchronization

/// What the server counts of itself.
final class ServerMetrics: Sendable {
  struct Counts: Sendable {
    /// By the place of the route in the list of all, and by status; the place after the last for paths that are none.
    var requests: [RequestKind: Int] = [:]
    var decisions: [DecisionKind: Int] = [:]
    var durations = Histogram()
    var policyLoads = 0
    var policyRefusals = 0
    var observations = 0
    var observationFailures = 0
    var stateFailures = 0
  }

  struct RequestKind: Sendable, Hashable {
    let route: String
    let status: Int
  }

  struct DecisionKind: Sendable, Hashable {
    let answer: GateAnswer
    let isRepeated: Bool
  }

  /// How many requests took how long.
  struct Histogram: Sendable {
    /// In microseconds; one more count is for what took longer.
    static let bounds = [100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000]
    private(set) var counts = [Int](repeating: 0, count: bounds.count + 1)
    private(set) var microseconds = 0

    mutating func add(_ duration: Int) {
      microseconds += duration
      counts[Self.bounds.firstIndex { duration <= $0 } ?? Self.bounds.count] += 1
    }
  }

  private let state = Mutex(Counts())

  var counts: Counts { state.withLock { $0 } }

  func count(_ body: (inout Counts) -> Void) { state.withLock { body(&$0) } }

  func answered(_ route: Route?, _ status: Int, _ decision: DecisionKind?, microseconds: Int) {
    state.withLock {
      $0.requests[RequestKind(route: route?.path ?? "none", status: status), default: 0] += 1
      if let decision { $0.decisions[decision, default: 0] += 1 }
      $0.durations.add(microseconds)
    }
  }
}
