import Diagnostics

/// One file exactly as its author wrote it: nothing filled in, no reference followed.
package struct SpecFile: Sendable {
  package var documents: [SpecDocument]

  package init(documents: [SpecDocument]) {
    self.documents = documents
  }
}

/// One YAML document of a file: what it says of one service, each section in source order.
package struct SpecDocument: Sendable {
  /// From the first key to the last value.
  package var span: SourceSpan
  /// Nil only where that has been reported.
  package var service: Located<String>?
  package var facts = ServiceSpec()
  package var metrics: [Named<MetricSpec>] = []
  package var indicators: [Named<IndicatorSpec>] = []
  /// The objectives that belong to no journey.
  package var objectives: [Named<ObjectiveSpec>] = []
  package var journeys: [Named<JourneySpec>] = []
  package var agreements: [Named<AgreementSpec>] = []
  package var policies: [Named<PolicySpec>] = []
  package var overrides: [Located<OverrideSpec>] = []
  package var freezes: [Located<FreezeSpec>] = []
  package var signoffs: [Located<SignoffSpec>] = []
  package var severities: [Named<SeveritySpec>] = []
  package var channels: [Named<ChannelSpec>] = []
  package var alerts: [Named<AlertSpec>] = []
  package var maintenance: [Named<MaintenanceSpec>] = []
  package var exclusions: [Named<ExclusionSpec>] = []
  package var capacity: CapacitySpec?
  package var dashboards: [Named<DashboardSpec>] = []
  package var reviews: [Named<ReviewSpec>] = []
  package var rollout: RolloutSpec?
  package var practices: PracticesSpec?
  package var workedExamples: [Located<WorkedExampleSpec>] = []
  /// What was declared but could not be read.
  package var unread = UnreadNames()

  init(span: SourceSpan) {
    self.span = span
  }
}

/// A declaration under its name: `checkout: { … }`.
@dynamicMemberLookup
package struct Named<Value: Sendable>: Sendable {
  package let name: Located<String>
  package let value: Value
  /// The whole entry, from the name to the end of its value.
  package let span: SourceSpan

  package init(_ name: Located<String>, _ value: Value, span: SourceSpan) {
    self.name = name
    self.value = value
    self.span = span
  }

  package subscript<Member>(dynamicMember path: KeyPath<Value, Member>) -> Member {
    value[keyPath: path]
  }
}

/// A name with a text, such as a label, a link or a kill switch.
package typealias NamedText = Named<Located<String>>
