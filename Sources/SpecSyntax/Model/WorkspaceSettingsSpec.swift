import Diagnostics
import PromQL
import Quantities

/// What `nines.yaml` says, nothing filled in.
package struct WorkspaceSettingsSpec: Sendable {
  package enum Dialect: String, Sendable, CaseIterable {
    case prometheus2 = "prometheus-2.42"
    case prometheus3 = "prometheus-3"
    case mimir
    case thanos
    case victoriaMetrics = "victoriametrics"
  }

  package enum Format: String, Sendable, CaseIterable {
    case rules
    case prometheusRule = "prometheus-rule"
  }

  package enum Output: String, Sendable, CaseIterable {
    case prometheus
    case alertmanager
    case grafana
    case tables
    case gate
    case catalogue
    case delivery
  }

  /// The labels that may be given another name.
  package enum StandardLabel: String, Sendable, CaseIterable {
    case slo
    case service
    case journey
    case objective
    case owner
    case severity
  }

  /// What the workspace chose for a lint rule.
  package struct Rule: Sendable {
    /// Its code; or the name of a standard.
    package var code: Located<String>
    /// nil inside is off.
    package var severity: Located<Severity?>?
    package var options: [Option] = []

    package struct Option: Sendable {
      package var name: Located<String>
      package var value: RuleOptionValue
    }
  }

  /// What holds for the files that a glob names.
  package struct PathRules: Sendable {
    package var pattern: Located<TextPattern>
    package var rules: [Rule]
  }

  /// The path of the file whose settings hold where this one says nothing.
  package var extends: Located<String>?
  package var title: Located<String>?
  package var dialect: Located<Dialect>?
  package var format: Located<Format>?
  package var outputs: [Located<Output>]?
  /// How often rules are evaluated.
  package var interval: Located<TimeSpan>?
  /// How often metrics are scraped.
  package var scrapeInterval: Located<TimeSpan>?
  /// How long a scrape may take.
  package var scrapeTimeout: Located<TimeSpan>?
  /// How long a series may be missing and still go on where it stopped.
  package var gap: Located<TimeSpan>?
  /// How far back the monitoring system remembers.
  package var retention: Located<TimeSpan>?
  /// `service/policy`.
  package var policy: Located<PolicyChoiceSpec>?
  package var labelNames: [LabelName] = []
  package var rules: [Rule] = []
  package var paths: [PathRules] = []
  package var standards: [Named<StandardSpec>] = []
  package var dashboardsURL: Located<String>?
  package var runbooksURL: Located<String>?

  package init() {}

  /// A standard label and the name that it has in this workspace.
  package struct LabelName: Sendable {
    package var label: Located<StandardLabel>
    package var name: Located<String>
  }
}

/// The value of an option of a rule, of the kind that the rule declares.
package enum RuleOptionValue: Sendable, Hashable {
  case count(Int)
  case factor(Rational)
  case share(Ratio)
  case duration(TimeSpan)
}
