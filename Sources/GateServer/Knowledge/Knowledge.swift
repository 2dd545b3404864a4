import DeployGate
import Quantities
import Synchronization

/// Everything that answers are made of at one time. It never changes: something new is another value.
struct Knowledge: Sendable {
  /// One policy with what was observed of its budgets.
  struct Holding: Sendable {
    let policy: GatePolicy
    /// The newest that made sense; nil before the first.
    var observations: IdentifiedSnapshot?
    var levels: LevelState

    var snapshot: Snapshot? { observations?.snapshot }
  }

  /// One more with every change, so that answers of before can be told.
  var generation = 0
  var policies: PolicySet
  var holdings: [Holding]
  var tokens: TokenFile?
  var condition = Condition()

  /// How well the server does, as `/readyz` and `/metrics` tell it.
  struct Condition: Sendable {
    /// Why the policy files as they are now are not used; nil while they are.
    var policyRefusal: String?
    var policySince: Instant?
    /// Why the newest observations are not used; nil while they are.
    var sourceFailure: String?
    var tokenRefusal: String?
    /// Why levels cannot be kept for the next start.
    var stateFailure: String?
    var isStopping = false
  }

  func holding(of service: String) -> Holding? { policies.place(of: service).map { holdings[$0] } }

  var hasObservations: Bool { holdings.allSatisfy { $0.snapshot != nil } }
}

/// Where the one current knowledge hangs: swapped whole, read without waiting for whoever makes the next.
final class KnowledgeBoard: Sendable {
  private let current: Mutex<Knowledge>

  init(_ knowledge: Knowledge) {
    current = Mutex(knowledge)
  }

  var knowledge: Knowledge { current.withLock { $0 } }

  /// For comparing with what an answer was made of.
  var generation: Int { current.withLock { $0.generation } }

  func change(_ body: (inout Knowledge) -> Void) {
    current.withLock {
      body(&$0)
      $0.generation += 1
    }
  }
}
