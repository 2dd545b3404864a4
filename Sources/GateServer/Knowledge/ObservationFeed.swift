import BudgetSources
import DeployGate
import NIOPosix
import Quantities
import WorkspaceFiles

/// Where observations of the budgets come from.
package struct ObservationFeed: Sendable {
  /// In words for people.
  package let name: String
  /// What is observed now of a policy's budgets.
  package let observe: @Sendable (GatePolicy) async throws -> Snapshot

  package init(name: String, observe: @escaping @Sendable (GatePolicy) async throws -> Snapshot) {
    self.name = name
    self.observe = observe
  }

  /// A Prometheus, asked anew each time and given up after a while.
  package static func prometheus(
    _ access: PrometheusAccess,
    within patience: TimeSpan,
    now: @escaping @Sendable () -> Instant
  ) throws(PrometheusAccessError) -> ObservationFeed {
    let client = try PrometheusClient(access, on: MultiThreadedEventLoopGroup.singleton.next())
    return ObservationFeed(name: "prometheus at \(access.endpoint)") { policy in
      try await ObservationSource(policy, asking: client, within: patience).snapshot(at: now())
    }
  }

  /// A snapshot file, read anew each time: somebody else keeps it up to date.
  package static func file(_ path: String) -> ObservationFeed {
    ObservationFeed(name: "the snapshot '\(path)'") { _ in
      let bytes = try await NIOThreadPool.singleton.runIfActive { try DocumentFile(path).read() }
      return try Snapshot(reading: bytes)
    }
  }
}
