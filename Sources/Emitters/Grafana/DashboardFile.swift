import PlanModel
import StructuredText
import WebPages

extension Emitter {
  static let grafana = Emitter(
    .grafana,
    service: { service, _ in
      service.dashboards.map { dashboard in
        let document = DashboardFile(dashboard: dashboard, links: service.links).json
        return Artifact(path: DashboardFile.path(of: dashboard), document)
      }
    }
  )
}

/// A dashboard in Grafana's classic JSON, which Grafana 10 to 13 import and provision as it is.
struct DashboardFile {
  let dashboard: DashboardPlan
  let links: [NamedText]

  static func path(of dashboard: DashboardPlan) -> String { "grafana/\(dashboard.uid).json" }

  /// The schema of Grafana 10.3; newer ones migrate it when they read it.
  private static let schemaVersion = 39

  var json: JSONValue {
    [
      "annotations": ["list": [Self.builtInAnnotations]],
      "description": .string(description),
      "editable": true,
      "fiscalYearStartMonth": 0,
      "graphTooltip": 1,
      "id": .null,
      "links": .array(links.compactMap(\.dashboardLink)),
      "panels": .array(panels),
      "refresh": "1m",
      "schemaVersion": .integer(Self.schemaVersion),
      "tags": .array(dashboard.tags.map(JSONValue.string)),
      "templating": ["list": [Self.dataSourceVariable]],
      "time": ["from": "now-7d", "to": "now"],
      "timepicker": [:],
      "timezone": "browser",
      "title": .string(dashboard.title),
      "uid": .string(dashboard.uid),
      "version": 1,
      "weekStart": "",
    ]
  }

  private var description: String {
    let origin = "Written by nines from the specs of '\(dashboard.name)'; edit those, changes made here are lost."
    return [dashboard.description, dashboard.path.map { "Known as \($0)." }, origin].compactMap(\.self)
      .joined(separator: "\n\n")
  }

  private var panels: [JSONValue] {
    zip(dashboard.panels, PanelGrid.positions(of: dashboard.panels)).enumerated().map { index, placed in
      let (panel, position) = placed
      return PanelFile(id: index + 1, panel: panel, position: position).json
    }
  }

  /// Which Prometheus is asked is chosen on the dashboard, so that one file serves every installation.
  private static let dataSourceVariable: JSONValue = [
    "current": [:],
    "hide": 0,
    "includeAll": false,
    "label": "Data source",
    "multi": false,
    "name": "datasource",
    "options": [],
    "query": "prometheus",
    "refresh": 1,
    "regex": "",
    "skipUrlSync": false,
    "type": "datasource",
  ]

  private static let builtInAnnotations: JSONValue = [
    "builtIn": 1,
    "datasource": ["type": "grafana", "uid": "-- Grafana --"],
    "enable": true,
    "hide": true,
    "iconColor": "rgba(0, 211, 255, 1)",
    "name": "Annotations & Alerts",
    "type": "dashboard",
  ]
}

extension NamedText {
  /// Nil for what is no address of the web, which Grafana would take for a path of its own.
  fileprivate var dashboardLink: JSONValue? {
    guard WebAddress.isFollowable(text) else { return nil }
    return [
      "asDropdown": false,
      "icon": "external link",
      "includeVars": false,
      "keepTime": false,
      "tags": [],
      "targetBlank": true,
      "title": .string(name),
      "tooltip": "",
      "type": "link",
      "url": .string(text),
    ]
  }
}
