import Diagnostics
import Quantities

/// The facts of a service.
package struct ServiceSpec: Sendable {
  package var title: Located<String>?
  package var description: Located<String>?
  package var owner: Located<String>?
  package var stakeholders: [Located<String>] = []
  /// 1 (most critical) to 4.
  package var tier: Located<Int>?
  package var labels: [NamedText] = []
  package var links: [NamedText] = []
  package var runbook: Located<String>?
  package var dependencies: [Located<DependencySpec>] = []
  package var traffic: Located<EventRate>?
  package var policy: Located<PolicyChoiceSpec>?
  package var burnAlerts: Located<BurnAlertsSpec>?
  /// The keys that state facts in this document; one document of a service states them all.
  package var statedKeys: [Located<String>] = []
}

/// Something that a service stands on.
package struct DependencySpec: Sendable {
  package enum Target: Sendable {
    /// A service or an objective.
    case reference(Located<String>)
    /// Somebody else's service, with the availability that it has promised.
    case external(Located<String>, promised: Located<Ratio>?)
  }

  package var target: Target
  /// Whether a freeze there holds back deploys here.
  package var isBlocking: Located<Bool>?
}

/// Which policy rules deploys, or the statement that none does.
package enum PolicyChoiceSpec: Sendable, Hashable {
  case none
  case named(String)
}

/// How the generated burn-rate alerts behave.
package struct BurnAlertsSpec: Sendable {
  package enum Scheme: String, Sendable, CaseIterable {
    case budget
    case classic
    case none
  }

  package var scheme: Located<Scheme>?
  package var page: AlertRouteSpec?
  package var ticket: AlertRouteSpec?
}

/// Severity and channels of an alert.
package struct AlertRouteSpec: Sendable {
  package var severity: Located<String>?
  package var notify: [Located<String>] = []
}
