import Diagnostics
import Quantities

package struct Dashboard: Sendable {
  package var service: ServiceID
  package var name: Located<String>
  package var title: String?
  package var path: String?
  package var panels: [Panel]
  package var span: SourceSpan

  package init(
    service: ServiceID,
    name: Located<String>,
    title: String?,
    path: String?,
    panels: [Panel],
    span: SourceSpan
  ) {
    self.service = service
    self.name = name
    self.title = title
    self.path = path
    self.panels = panels
    self.span = span
  }
}

package struct Panel: Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    case compliance
    case budgetRemaining = "budget-remaining"
    case burnRate = "burn-rate"
    case budgetHistory = "budget-history"
    case exhaustionForecast = "exhaustion-forecast"
    case trafficAndErrors = "traffic-and-errors"
    case latencyHeatmap = "latency-heatmap"
    case quantiles
    case funnel
    case byLabel = "by-label"
    case activeAlerts = "active-alerts"
    case annotations
  }

  package var kind: Kind
  package var title: String?
  /// Empty is everything of the service.
  package var subjects: [Subject]
  package var by: String?

  package enum Subject: Sendable, Hashable {
    case journey(JourneyID)
    case objective(ObjectiveID)
    case indicator(IndicatorID)
  }

  package init(kind: Kind, title: String?, subjects: [Subject], by: String?) {
    self.kind = kind
    self.title = title
    self.subjects = subjects
    self.by = by
  }
}

package struct Review: Sendable {
  package var service: ServiceID
  package var name: Located<String>
  package var every: TimeSpan
  /// `every` as written.
  package var cadence: String
  package var last: Located<CalendarDate>?
  package var by: String?
  package var covers: [String]
  package var span: SourceSpan

  package init(
    service: ServiceID,
    name: Located<String>,
    every: TimeSpan,
    cadence: String,
    last: Located<CalendarDate>?,
    by: String?,
    covers: [String],
    span: SourceSpan
  ) {
    self.service = service
    self.name = name
    self.every = every
    self.cadence = cadence
    self.last = last
    self.by = by
    self.covers = covers
    self.span = span
  }
}

/// What growth is expected; scale thresholds are alerts of the catalog.
package struct Capacity: Sendable {
  package struct Figure: Sendable {
    package var name: Located<String>
    package var text: Located<String>
    /// Where the name is a journey's: what is expected of its traffic.
    package var traffic: (journey: JourneyID, rate: EventRate)?

    package init(name: Located<String>, text: Located<String>, traffic: (journey: JourneyID, rate: EventRate)?) {
      self.name = name
      self.text = text
      self.traffic = traffic
    }
  }

  package var service: ServiceID
  package var forecast: [(quarter: Located<String>, figures: [Figure])]

  package init(service: ServiceID, forecast: [(quarter: Located<String>, figures: [Figure])]) {
    self.service = service
    self.forecast = forecast
  }
}

package struct Rollout: Sendable {
  package var service: ServiceID
  package var stages: [Located<Ratio>]
  package var killSwitches: [NamedValue]

  package init(service: ServiceID, stages: [Located<Ratio>], killSwitches: [NamedValue]) {
    self.service = service
    self.stages = stages
    self.killSwitches = killSwitches
  }
}

package struct Practices: Sendable {
  /// A bound that a test run is judged by.
  package struct TestBudget: Sendable {
    package var name: Located<String>
    package var meaning: String?
    package var on: [String]
    package var budget: Budget?

    package struct Budget: Sendable {
      package var indicator: IndicatorID
      package var percentile: Percentile
      package var comparison: Comparison
      package var bound: Located<MetricBound>
      package var place: String
      package var text: String

      package init(
        indicator: IndicatorID,
        percentile: Percentile,
        comparison: Comparison,
        bound: Located<MetricBound>,
        place: String,
        text: String
      ) {
        self.indicator = indicator
        self.percentile = percentile
        self.comparison = comparison
        self.bound = bound
        self.place = place
        self.text = text
      }
    }

    package init(name: Located<String>, meaning: String?, on: [String], budget: Budget?) {
      self.name = name
      self.meaning = meaning
      self.on = on
      self.budget = budget
    }
  }

  package struct Backup: Sendable {
    package var name: Located<String>
    package var of: String
    package var every: TimeSpan
    package var keep: TimeSpan?
    package var by: String?

    package init(name: Located<String>, of: String, every: TimeSpan, keep: TimeSpan?, by: String?) {
      self.name = name
      self.of = of
      self.every = every
      self.keep = keep
      self.by = by
    }
  }

  package var service: ServiceID
  package var tests: [TestBudget]
  package var backups: [Backup]
  package var fallbacks: [NamedValue]
  package var incidentLifecycle: [(step: String, meaning: String)]

  package init(
    service: ServiceID,
    tests: [TestBudget],
    backups: [Backup],
    fallbacks: [NamedValue],
    incidentLifecycle: [(step: String, meaning: String)]
  ) {
    self.service = service
    self.tests = tests
    self.backups = backups
    self.fallbacks = fallbacks
    self.incidentLifecycle = incidentLifecycle
  }
}
