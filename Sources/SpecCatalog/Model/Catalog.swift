import Diagnostics
import Quantities
import SpecSyntax

/// A declaration's place in its list in the catalog.
///
/// References between declarations are such places: plain values, so that a cycle between services costs nothing.
package struct CatalogID<Declaration>: Hashable, Sendable {
  package let index: Int

  package init(_ index: Int) {
    self.index = index
  }
}

package typealias ServiceID = CatalogID<Service>
package typealias JourneyID = CatalogID<Journey>
package typealias ObjectiveID = CatalogID<Objective>
package typealias IndicatorID = CatalogID<Indicator>
package typealias MetricID = CatalogID<Metric>
package typealias PolicyID = CatalogID<Policy>
package typealias SeverityID = CatalogID<IncidentSeverity>
package typealias ChannelID = CatalogID<Channel>
package typealias ExclusionID = CatalogID<Exclusion>

/// Every declaration of a workspace with its references followed, its defaults applied and its values typed.
package struct Catalog: Sendable {
  package var settings = WorkspaceSettings()
  package var services: [Service] = []
  package var metrics: [Metric] = []
  package var indicators: [Indicator] = []
  package var journeys: [Journey] = []
  package var objectives: [Objective] = []
  package var agreements: [Agreement] = []
  package var policies: [Policy] = []
  package var overrides: [Override] = []
  package var freezes: [Freeze] = []
  package var signoffs: [Signoff] = []
  package var severities: [IncidentSeverity] = []
  package var channels: [Channel] = []
  package var alerts: [AlertPolicy] = []
  package var exclusions: [Exclusion] = []
  package var dashboards: [Dashboard] = []
  package var reviews: [Review] = []
  package var capacities: [Capacity] = []
  package var rollouts: [Rollout] = []
  package var practices: [Practices] = []
  package var workedExamples: [WorkedExample] = []
  package var suppressions: [Suppression] = []
  package var references = ServiceReferences()
  /// Words of what could not be read or resolved: of a name among them nobody can say that nothing uses or declares it.
  package var doubtfulWords: Set<String> = []
  /// Whether a channel could not be read, so that alerts may reach more than what is known.
  package var lacksChannels = false

  package init() {}

  package subscript(id: ServiceID) -> Service { services[id.index] }
  package subscript(id: JourneyID) -> Journey { journeys[id.index] }
  package subscript(id: ObjectiveID) -> Objective { objectives[id.index] }
  package subscript(id: IndicatorID) -> Indicator { indicators[id.index] }
  package subscript(id: MetricID) -> Metric { metrics[id.index] }
  package subscript(id: PolicyID) -> Policy { policies[id.index] }
  package subscript(id: SeverityID) -> IncidentSeverity { severities[id.index] }
  package subscript(id: ChannelID) -> Channel { channels[id.index] }
  package subscript(id: ExclusionID) -> Exclusion { exclusions[id.index] }

  /// The objectives that bound an indicator, in the order of the specs.
  package func objectives(on indicator: IndicatorID) -> [Objective] {
    objectives.filter { $0.indicator == indicator }
  }

  /// The objectives of a service, system-wide ones first, then journey by journey.
  package func objectives(of service: ServiceID) -> [Objective] {
    objectives.filter { $0.service == service }
  }
}

package typealias Dialect = WorkspaceSettingsSpec.Dialect
package typealias RuleFormat = WorkspaceSettingsSpec.Format
package typealias Output = WorkspaceSettingsSpec.Output
package typealias StandardLabel = WorkspaceSettingsSpec.StandardLabel

/// What `nines.yaml` says, or the defaults.
package struct WorkspaceSettings: Sendable {
  package var title: String?
  package var dialect = Dialect.prometheus2
  package var format = RuleFormat.rules
  /// nil is all of them.
  package var outputs: [Output]?
  /// How often rules are evaluated.
  package var interval = TimeSpan.seconds(30)
  /// How often metrics are scraped.
  package var scrapeInterval = TimeSpan.seconds(30)
  /// How long a scrape may take: 10 seconds, as Prometheus has it unless it is told otherwise.
  package var scrapeTimeout = TimeSpan.seconds(10)
  /// How long a series may be missing and still go on where it stopped.
  package var gap = TimeSpan.minutes(10)
  /// How far back the monitoring system remembers.
  package var retention: Located<TimeSpan>?
  package var policy: PolicyID?
  /// Names that the workspace gives to standard labels.
  package var labelNames: [StandardLabel: String] = [:]
  /// What files of settings say about rules, the nearest first.
  package var ruleLayers: [RuleLayer] = []
  /// By name; of two with one name the nearest.
  package var standards: [Standard] = []
  package var dashboardsURL: String?
  package var runbooksURL: String?

  package init() {}
}

/// A finding that its team accepts, where it stands, with a reason.
package struct Suppression: Sendable {
  package var code: Located<String>
  package var reason: String?
  /// The last day on which it holds.
  package var until: Located<CalendarDate>?
  /// What stands between the marker and the colon and is neither a code nor an end.
  package var unread: Located<String>?
  /// The whole comment.
  package var span: SourceSpan
  /// The bytes in which a finding has to start.
  package var scope: SourceSpan

  package init(
    code: Located<String>,
    reason: String?,
    until: Located<CalendarDate>?,
    unread: Located<String>? = nil,
    span: SourceSpan,
    scope: SourceSpan
  ) {
    self.code = code
    self.reason = reason
    self.until = until
    self.unread = unread
    self.span = span
    self.scope = scope
  }

  package func covers(_ finding: SourceSpan) -> Bool {
    finding.file == scope.file && scope.start <= finding.start && finding.start <= scope.end
  }
}
