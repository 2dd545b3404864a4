import Diagnostics
import Quantities

/// What growth is expected, and what is scaled when.
package struct CapacitySpec: Sendable {
  package var forecast: [ForecastSpec] = []
  package var scaleUp: [Named<ScalingSpec>] = []
  package var scaleDown: [Named<ScalingSpec>] = []
}

package struct ForecastSpec: Sendable {
  package var quarter: Located<CalendarQuarter>
  package var figures: [Named<Located<Quantity>>]
}

/// `2026-Q1`.
package struct CalendarQuarter: Sendable, Hashable {
  package var year: Int
  /// 1 to 4.
  package var quarter: Int
}

/// A condition that becomes an alert for the autoscaler or the team.
package struct ScalingSpec: Sendable {
  package var when: [ConditionSpec]
  package var severity: Located<String>?
  package var notify: [Located<String>] = []
}

package struct DashboardSpec: Sendable {
  package var title: Located<String>?
  package var path: Located<String>?
  package var panels: [Located<PanelSpec>] = []
}

package struct PanelSpec: Sendable {
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

  package var kind: Located<Kind>
  package var title: Located<String>?
  /// Journeys, objectives or indicators; empty is everything.
  package var subjects: [Located<String>] = []
  /// The label that splits it.
  package var by: Located<String>?
}

/// A review that is held again and again.
package struct ReviewSpec: Sendable {
  package enum Cadence: Sendable, Hashable {
    case week
    case month
    case quarter
    case year
    case span(TimeSpan)
  }

  package var every: Located<Cadence>
  package var last: Located<CalendarDate>?
  package var by: Located<String>?
  package var covers: [Located<String>] = []
}

package struct RolloutSpec: Sendable {
  package var stages: [Located<Ratio>] = []
  /// What each switch turns off.
  package var killSwitches: [NamedText] = []
}

package struct PracticesSpec: Sendable {
  package var tests: [Named<TestSpec>] = []
  package var backups: [Named<BackupSpec>] = []
  package var fallbacks: [NamedText] = []
  package var incidentLifecycle: [LifecycleStepSpec] = []
}

/// A test, and the bound that its runs are judged by.
package struct TestSpec: Sendable {
  package var budget: TestBudgetSpec?
  package var meaning: Located<String>?
  package var on: [Located<String>] = []
}

/// `p95(command-latency) < 120ms in ci`.
package struct TestBudgetSpec: Sendable {
  package var percentile: Located<Percentile>
  package var indicator: Located<String>
  package var comparison: Located<Comparison>
  package var bound: Located<Quantity>
  /// Where the test runs.
  package var place: Located<String>
  /// The budget on one line, with single spaces.
  package var text: Located<String>
}

package struct BackupSpec: Sendable {
  package var of: Located<String>
  package var every: Located<TimeSpan>
  package var keep: Located<TimeSpan>?
  package var by: Located<String>?
}

package struct LifecycleStepSpec: Sendable {
  package var step: Located<String>
  package var meaning: Located<String>
}
