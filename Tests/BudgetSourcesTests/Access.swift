import Foundation
import Quantities

@testable import BudgetSources

extension PrometheusAccess {
  /// The server at a port of the loopback interface, asked impatiently.
  static func loopback(_ port: Int, encrypted: Bool = false) throws -> PrometheusAccess {
    let scheme = encrypted ? "https" : "http"
    var access = PrometheusAccess(endpoint: try PrometheusEndpoint(reading: "\(scheme)://127.0.0.1:\(port)"))
    access.limits.pause = .milliseconds(1)
    return access
  }
}

/// Runs a task of a client apart from the test's own tasks, which must not be blocked.
func asking<Value: Sendable>(
  _ access: PrometheusAccess,
  _ task: @escaping @Sendable (PrometheusClient) async throws -> Value
) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    Thread.detachNewThread {
      continuation.resume(with: Result { try PrometheusClient.run(access, task) })
    }
  }
}
