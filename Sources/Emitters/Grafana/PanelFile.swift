import PlanModel
import PromQL
import StructuredText

/// One panel of a dashboard.
struct PanelFile {
  let id: Int
  let panel: PanelPlan
  let position: GridPosition

  var json: JSONValue {
    .record([
      "datasource": panel.visualization.asksPrometheus ? Self.dataSource : nil,
      "description": .string(panel.description),
      "fieldConfig": ["defaults": fieldDefaults, "overrides": []],
      "gridPos": position.json,
      "id": .integer(id),
      "options": PanelOptions(panel: panel).json,
      "targets": panel.visualization.asksPrometheus ? .array(targets) : nil,
      "title": .string(panel.title),
      "transformations": transformations,
      "transparent": panel.visualization == .text ? true : nil,
      "type": .string(panel.visualization.grafanaType),
    ])
  }

  private static let dataSource: JSONValue = ["type": "prometheus", "uid": "${datasource}"]

  // MARK: Queries

  private var targets: [JSONValue] {
    panel.queries.enumerated().map { index, query in
      let isInstant = query.isInstant || panel.visualization == .table
      return .record([
        "datasource": Self.dataSource,
        "editorMode": "code",
        "expr": .string(shown(query.expression).description),
        "format": .string(format(of: query)),
        "instant": .bool(isInstant),
        "legendFormat": .string(query.legend.isEmpty ? "__auto" : query.legend),
        "range": .bool(!isInstant),
        "refId": .string(Self.reference(index)),
      ])
    }
  }

  /// Grafana counts dates in milliseconds, Prometheus in seconds.
  private func shown(_ expression: PromQLExpression) -> PromQLExpression {
    panel.unit == .date ? expression * 1000 : expression
  }

  private func format(of query: PanelQuery) -> String {
    if query.isHeatmap { return "heatmap" }
    return panel.visualization == .table ? "table" : "time_series"
  }

  /// A … Z, AA, AB …, as Grafana counts.
  static func reference(_ index: Int) -> String {
    guard let letter = Unicode.Scalar(UInt32(65 + index % 26)) else {
      preconditionFailure("26 letters are code points")
    }
    return index < 26 ? String(letter) : "\(reference(index / 26 - 1))\(letter)"
  }

  /// A table has one row for each set of labels, a column for each query, and no column for the time of asking.
  private var transformations: JSONValue? {
    guard panel.visualization == .table else { return nil }
    var names: [JSONMember] = []
    for (index, query) in panel.queries.enumerated() where !query.legend.isEmpty && !query.legend.contains("{{") {
      names.append(JSONMember("Value #\(Self.reference(index))", .string(query.legend)))
      // A single query's column goes without its letter.
      if panel.queries.count == 1 { names.append(JSONMember("Value", .string(query.legend))) }
    }
    return [
      ["id": "merge", "options": [:]],
      [
        "id": "organize",
        "options": [
          "excludeByName": ["Time": true, "__name__": true],
          "indexByName": [:],
          "renameByName": .object(names),
        ],
      ],
    ]
  }

  // MARK: Fields

  private var fieldDefaults: JSONValue {
    let isShare = panel.unit == .share
    return .record([
      "color": ["mode": panel.visualization == .timeseries ? "palette-classic" : "thresholds"],
      "custom": custom,
      "decimals": panel.unit == .count ? 0 : nil,
      "mappings": [],
      "max": isShare && panel.visualization == .bargauge ? 1 : nil,
      "min": isShare && panel.visualization == .bargauge ? 0 : nil,
      "noValue": "no data",
      "thresholds": ["mode": "absolute", "steps": .array(thresholdSteps)],
      "unit": .string(panel.unit.grafanaName),
    ])
  }

  private var custom: JSONValue? {
    switch panel.visualization {
    case .timeseries:
      [
        "drawStyle": "line",
        "fillOpacity": panel.isStacked ? 40 : 8,
        "lineInterpolation": "linear",
        "lineWidth": 1,
        "showPoints": "never",
        "spanNulls": false,
        "stacking": ["group": "A", "mode": panel.isStacked ? "normal" : "none"],
        "thresholdsStyle": ["mode": panel.thresholds.isEmpty ? "off" : "dashed"],
      ]
    case .table:
      ["align": "auto", "cellOptions": ["type": panel.thresholds.isEmpty ? "auto" : "color-text"], "filterable": true]
    case .stat, .heatmap, .bargauge, .alerts, .text:
      nil
    }
  }

  /// Grafana wants the first step to be open downwards.
  private var thresholdSteps: [JSONValue] {
    let steps = panel.thresholds.map { $0.json }
    return panel.thresholds.first?.from == nil && !steps.isEmpty ? steps : [["color": "green", "value": .null]] + steps
  }
}

extension PanelThreshold {
  fileprivate var json: JSONValue {
    ["color": .string(color.rawValue), "value": from.map(Self.number) ?? .null]
  }

  private static func number(_ text: String) -> JSONValue {
    guard let number = NumberText(text) else { preconditionFailure("a panel's threshold is a decimal") }
    return .number(number)
  }
}

extension PanelPlan.Unit {
  var grafanaName: String {
    switch self {
    case .share: "percentunit"
    case .seconds: "s"
    case .bytes: "bytes"
    case .eventsPerSecond: "reqps"
    case .count: "short"
    case .date: "dateTimeFromNow"
    case .none: "none"
    }
  }
}

extension PanelPlan.Visualization {
  /// Whether Prometheus is asked for what the panel shows.
  fileprivate var asksPrometheus: Bool {
    switch self {
    case .stat, .timeseries, .table, .heatmap, .bargauge: true
    case .alerts, .text: false
    }
  }

  fileprivate var grafanaType: String {
    switch self {
    case .stat, .timeseries, .table, .heatmap, .bargauge, .text: rawValue
    case .alerts: "alertlist"
    }
  }
}
