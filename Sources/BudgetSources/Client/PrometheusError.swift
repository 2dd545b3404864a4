import Quantities
import StructuredText

/// Why a question to a Prometheus has no answer: what was asked, of whom, and what came of it; never a secret.
package struct PrometheusError: Error, Sendable, Hashable {
  package enum Reason: Sendable, Hashable {
    /// No connection came about: refused, no such name, no route.
    case unreachable(String)
    case untrusted(String)
    case connectionLost(String)
    case timedOut(TimeSpan)
    case redirected(status: Int, to: String)
    /// An answer that says what went wrong; `type` is the API's own word, where there is one.
    case refused(status: Int, type: String?, message: String)
    case tooLarge(limit: Int)
    /// An answer that is not what the API gives.
    case unexpected(String)
  }

  /// The call of the API, such as `query_range`.
  package let call: String
  package let endpoint: PrometheusEndpoint
  package let reason: Reason

  package init(_ reason: Reason, call: String, endpoint: PrometheusEndpoint) {
    self.reason = reason
    self.call = call
    self.endpoint = endpoint
  }

  /// Whether the same question may get an answer a moment later.
  package var isTransient: Bool {
    switch reason {
    case .unreachable, .connectionLost: true
    case .refused(let status, let type, _): status == 429 || status >= 500 && type != Self.timeoutType
    case .untrusted, .timedOut, .redirected, .tooLarge, .unexpected: false
    }
  }

  /// Whether a question about less may get an answer: the server counts samples or time, or its answer is too long.
  package var asksForTooMuch: Bool {
    switch reason {
    case .tooLarge, .timedOut: true
    case .refused(let status, let type, let message):
      status == 413 || type == Self.timeoutType
        || (400..<500).contains(status)
          && ["too many samples", "exceeded maximum resolution", "limit"].contains { message.contains($0) }
    case .unreachable, .untrusted, .connectionLost, .redirected, .unexpected: false
    }
  }

  /// Whether the source itself is away or out of order, so that its data are missing. What a caller has to put right, such as
  /// a wrong token or a certificate that nobody vouches for, is no lack of data.
  package var meansMissingData: Bool {
    switch reason {
    case .unreachable, .connectionLost, .timedOut, .tooLarge, .unexpected: true
    case .refused(let status, let type, _): status == 429 || status >= 500 || type == Self.timeoutType
    case .untrusted, .redirected: false
    }
  }

  private static let timeoutType = "timeout"
}

extension PrometheusError: CustomStringConvertible {
  package var description: String { VisibleText.of("\(call) at \(endpoint): \(reason)") }
}

extension PrometheusError.Reason: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreachable(let reason): "no connection: \(reason)"
    case .untrusted(let reason): "no trusted connection: \(reason)"
    case .connectionLost(let reason): "the connection was lost: \(reason)"
    case .timedOut(let limit): "no answer within \(limit)"
    case .redirected(let status, let place): "redirected to '\(place)' (status \(status)), which is not followed"
    case .refused(let status, let type, let message):
      "status \(status)\(type.map { ", \($0)" } ?? "")\(message.isEmpty ? "" : ": \(message)")"
    case .tooLarge(let limit): "the answer is longer than the limit of \(limit) bytes"
    case .unexpected(let what): "not an answer of a Prometheus: \(what)"
    }
  }
}
