import PlanModel
import StructuredText

/// What a panel's kind of visualization lets one choose.
struct PanelOptions {
  let panel: PanelPlan

  var json: JSONValue {
    switch panel.visualization {
    case .stat: stat
    case .timeseries: timeseries
    case .table: ["cellHeight": "sm", "footer": ["show": false], "showHeader": true]
    case .heatmap: heatmap
    case .bargauge: bargauge
    case .alerts: alertList
    case .text: ["content": .string(panel.text ?? ""), "mode": "markdown"]
    }
  }

  private var stat: JSONValue {
    [
      "colorMode": .string(panel.thresholds.isEmpty ? "none" : "value"),
      "graphMode": panel.queries.allSatisfy(\.isInstant) ? "none" : "area",
      "justifyMode": "auto",
      "orientation": "auto",
      "reduceOptions": Self.newest,
      "textMode": "auto",
    ]
  }

  private var timeseries: JSONValue {
    [
      "legend": ["calcs": [], "displayMode": "list", "placement": "bottom", "showLegend": true],
      "tooltip": ["mode": "multi", "sort": "desc"],
    ]
  }

  private var bargauge: JSONValue {
    [
      "displayMode": "basic",
      "minVizHeight": 10,
      "minVizWidth": 0,
      "namePlacement": "auto",
      "orientation": "horizontal",
      "reduceOptions": Self.newest,
      "showUnfilled": true,
      "sizing": "auto",
      "valueMode": "color",
    ]
  }

  private var heatmap: JSONValue {
    [
      "calculate": false,
      "cellGap": 1,
      "color": ["mode": "scheme", "scheme": "Oranges", "steps": 64],
      "legend": ["show": true],
      "rowsFrame": ["layout": "auto"],
      "tooltip": ["mode": "single", "showColorScale": false, "yHistogram": false],
      "yAxis": ["axisPlacement": "left", "reverse": false, "unit": .string(panel.unit.grafanaName)],
    ]
  }

  /// Grafana shows its own alerts here and those of the Prometheus that it is told of.
  private var alertList: JSONValue {
    [
      "alertInstanceLabelFilter": .string(panel.text ?? ""),
      "alertName": "",
      "dashboardAlerts": false,
      "groupBy": [],
      "groupMode": "default",
      "maxItems": 20,
      "sortOrder": 3,
      "stateFilter": ["error": true, "firing": true, "noData": false, "normal": false, "pending": true],
      "viewMode": "list",
    ]
  }

  private static let newest: JSONValue = ["calcs": ["lastNotNull"], "fields": "", "values": false]
}
