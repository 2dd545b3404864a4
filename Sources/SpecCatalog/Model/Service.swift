import Diagnostics
import Quantities

package struct Service: Sendable {
  package var name: Located<String>
  package var title: String?
  package var description: String?
  package var owner: Located<String>?
  package var stakeholders: [String]
  package var tier: Located<Int>?
  package var labels: [NamedValue]
  package var links: [NamedValue]
  package var runbook: String?
  package var dependencies: [Dependency]
  package var traffic: Located<EventRate>?

  package init(
    name: Located<String>,
    title: String? = nil,
    description: String? = nil,
    owner: Located<String>? = nil,
    stakeholders: [String] = [],
    tier: Located<Int>? = nil,
    labels: [NamedValue] = [],
    links: [NamedValue] = [],
    runbook: String? = nil,
    dependencies: [Dependency] = [],
    traffic: Located<EventRate>? = nil
  ) {
    self.name = name
    self.title = title
    self.description = description
    self.owner = owner
    self.stakeholders = stakeholders
    self.tier = tier
    self.labels = labels
    self.links = links
    self.runbook = runbook
    self.dependencies = dependencies
    self.traffic = traffic
  }
}

/// A label, a link, a kill switch: a name with a text.
package struct NamedValue: Sendable, Hashable {
  package var name: Located<String>
  package var value: Located<String>

  package init(name: Located<String>, value: Located<String>) {
    self.name = name
    self.value = value
  }
}

/// Something that a service stands on.
package struct Dependency: Sendable {
  package enum Target: Sendable {
    case service(ServiceID)
    case objective(ObjectiveID)
    /// Somebody else's service and the availability that it promises.
    case external(String, promised: Ratio?)
  }

  package var target: Target
  package var isBlocking: Bool
  package var span: SourceSpan

  package init(target: Target, isBlocking: Bool, span: SourceSpan) {
    self.target = target
    self.isBlocking = isBlocking
    self.span = span
  }
}

package struct Journey: Sendable {
  package var service: ServiceID
  package var name: Located<String>
  package var title: String?
  package var description: String?
  package var expectation: Located<String>?
  package var rationale: String?
  package var owner: String?
  package var traffic: Located<EventRate>?
  package var objectives: [ObjectiveID]
  /// Other objectives that its health depends on.
  package var requires: [ObjectiveID]
  package var weights: [(objective: ObjectiveID, weight: Located<Rational>)]
  /// The indicators that users pass through, in order.
  package var steps: [IndicatorID]
  /// The whole entry.
  package var span: SourceSpan

  package init(
    service: ServiceID,
    name: Located<String>,
    title: String?,
    description: String?,
    expectation: Located<String>?,
    rationale: String?,
    owner: String?,
    traffic: Located<EventRate>?,
    objectives: [ObjectiveID],
    requires: [ObjectiveID],
    weights: [(objective: ObjectiveID, weight: Located<Rational>)],
    steps: [IndicatorID],
    span: SourceSpan
  ) {
    self.service = service
    self.name = name
    self.title = title
    self.description = description
    self.expectation = expectation
    self.rationale = rationale
    self.owner = owner
    self.traffic = traffic
    self.objectives = objectives
    self.requires = requires
    self.weights = weights
    self.steps = steps
    self.span = span
  }
}

/// One metric of the instrumentation contract; a reference to what never changes, as an `Objective` is.
package final class Metric: Sendable {
  package enum Kind: String, Sendable {
    case counter, gauge, histogram
    case nativeHistogram = "native-histogram"
  }

  package let service: ServiceID
  package let name: Located<String>
  package let kind: Located<Kind>
  package let unit: Located<String>?
  /// A label with its known values; nil is any value.
  package let labels: [(name: Located<String>, values: [Located<String>]?)]?
  /// Upper bounds in the metric's own unit, as declared.
  package let buckets: [Located<Rational>]?
  package let measured: String?
  package let meaning: String?
  package let span: SourceSpan

  package init(
    service: ServiceID,
    name: Located<String>,
    kind: Located<Kind>,
    unit: Located<String>?,
    labels: [(name: Located<String>, values: [Located<String>]?)]?,
    buckets: [Located<Rational>]?,
    measured: String?,
    meaning: String?,
    span: SourceSpan
  ) {
    self.service = service
    self.name = name
    self.kind = kind
    self.unit = unit
    self.labels = labels
    self.buckets = buckets
    self.measured = measured
    self.meaning = meaning
    self.span = span
  }
}
