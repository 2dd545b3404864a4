import PlanModel
import Quantities

/// What one freeze says to a request, and the override that lifts it.
struct FreezeVote: Sendable {
  let standing: FreezeStanding
  /// Whether the freeze is in force and does not let the change class out.
  private let isHolding: Bool
  let override: OverridePlan?

  /// `overrides` are those that are active for the change.
  init(_ standing: FreezeStanding, on request: GateRequest, _ overrides: [OverridePlan], in scope: GateScope) {
    self.standing = standing
    let freeze = standing.freeze
    isHolding = standing.current != nil && !freeze.allowed.contains(request.change)
    let lifting = overrides.filter { scope.names.contains($0.scope) || freeze.isWithin($0.scope) }
    override = isHolding ? lifting.max { $0.until < $1.until } : nil
  }

  var answer: GateAnswer { isHolding && override == nil ? .deny : .allow }

  var remedy: Remedy? {
    guard answer == .deny, let current = standing.current else { return nil }
    return .freezeEnds(scope: standing.freeze.scope, at: current.until)
  }

  func reasons(for change: String, at now: Instant) -> [GateReason] {
    let freeze = standing.freeze
    let name = "the freeze of '\(freeze.scope)' (\(freeze.reason))"
    if let current = standing.current {
      let span = "since \(current.from.text) and until \(current.until.text)"
      if isHolding {
        let effect: GateAnswer? = override == nil ? .deny : nil
        return [GateReason(.freezeInForce, effect: effect, text: "\(name) holds '\(change)' back \(span)")]
      }
      return [GateReason(.freezeExempt, text: "\(name) is in force \(span) and lets '\(change)' out")]
    }
    guard let next = standing.next, next - now <= .days(1) else { return [] }
    return [GateReason(.freezeAhead, text: "\(name) begins at \(next.text)")]
  }
}

extension FreezePlan {
  /// Whether it is the freeze of a scope, or of a part of it.
  fileprivate func isWithin(_ scope: String) -> Bool { self.scope == scope || self.scope.hasPrefix("\(scope)/") }
}
