import PromQL

/// A dashboard as rows of panels; where a panel stands on the grid is the emitter's to say.
package struct DashboardPlan: Sendable, Hashable {
  /// Stable over versions: derived from the full name, at most 40 characters.
  package var uid: String
  /// `service` or `service/dashboard`.
  package var name: String
  package var title: String
  package var description: String?
  /// The path under which the team knows it.
  package var path: String?
  package var tags: [String]
  package var panels: [PanelPlan]

  package init(
    uid: String,
    name: String,
    title: String,
    description: String?,
    path: String?,
    tags: [String],
    panels: [PanelPlan]
  ) {
    self.uid = uid
    self.name = name
    self.title = title
    self.description = description
    self.path = path
    self.tags = tags
    self.panels = panels
  }
}

package struct PanelPlan: Sendable, Hashable {
  package enum Visualization: String, Sendable {
    case stat, timeseries, table, heatmap, bargauge, alerts, text
  }

  /// How values read.
  package enum Unit: String, Sendable {
    /// A share where 1 is all.
    case share
    case seconds
    case bytes
    case eventsPerSecond
    case count
    /// Seconds since 1970.
    case date
    case none
  }

  package var title: String
  package var description: String
  package var visualization: Visualization
  package var unit: Unit
  package var queries: [PanelQuery]
  /// Steps from low to high, with the colour from each value on: red, orange, green.
  package var thresholds: [PanelThreshold]
  /// Whether several queries' lines are stacked.
  package var isStacked: Bool
  /// 24 columns make a row.
  package var width: Int
  /// Markdown of a text panel; label matchers of an alert list.
  package var text: String?

  package init(
    title: String,
    description: String,
    visualization: Visualization,
    unit: Unit,
    queries: [PanelQuery],
    thresholds: [PanelThreshold] = [],
    isStacked: Bool = false,
    width: Int = 12,
    text: String? = nil
  ) {
    self.title = title
    self.description = description
    self.visualization = visualization
    self.unit = unit
    self.queries = queries
    self.thresholds = thresholds
    self.isStacked = isStacked
    self.width = width
    self.text = text
  }
}

package struct PanelQuery: Sendable, Hashable {
  package var expression: PromQLExpression
  /// Grafana's legend format, such as `{{slo}}`.
  package var legend: String
  /// Whether only the newest value is wanted.
  package var isInstant: Bool
  /// Whether the result is a classic histogram's buckets.
  package var isHeatmap: Bool

  package init(_ expression: PromQLExpression, legend: String, isInstant: Bool = false, isHeatmap: Bool = false) {
    self.expression = expression
    self.legend = legend
    self.isInstant = isInstant
    self.isHeatmap = isHeatmap
  }
}

package struct PanelThreshold: Sendable, Hashable {
  package enum Color: String, Sendable {
    case red, orange, yellow, green
  }

  /// nil is everything below the first step.
  package var from: String?
  package var color: Color

  package init(from: String?, color: Color) {
    self.from = from
    self.color = color
  }
}
