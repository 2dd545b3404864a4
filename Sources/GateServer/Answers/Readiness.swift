import StructuredText

/// Whether the server can answer, and what is wrong with it.
struct Readiness: Sendable, Equatable {
  struct Check: Sendable, Equatable {
    let name: String
    /// What is wrong; nil where all is well.
    let fault: String?
  }

  /// Whether questions get decisions, for better or worse.
  let isReady: Bool
  let checks: [Check]

  init(_ knowledge: Knowledge, _ log: LineQueue.Account?) {
    let condition = knowledge.condition
    isReady = knowledge.hasObservations
    checks = [
      Check(name: "policy", fault: condition.policyRefusal),
      Check(
        name: "observations",
        fault: condition.sourceFailure ?? (knowledge.hasObservations ? nil : "nothing has been observed yet")
      ),
      Check(name: "tokens", fault: condition.tokenRefusal),
      Check(name: "state", fault: condition.stateFailure),
      Check(name: "log", fault: log?.failure),
    ]
  }

  var json: JSONValue {
    [
      "ready": .bool(isReady),
      "checks": .array(
        checks.map {
          .record(["name": .string($0.name), "good": .bool($0.fault == nil), "detail": $0.fault.map { .string($0) }])
        }
      ),
    ]
  }
}
