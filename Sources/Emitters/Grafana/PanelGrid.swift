import PlanModel
import StructuredText

/// Where a panel stands, in the units of Grafana's grid.
struct GridPosition: Equatable {
  var x: Int
  var y: Int
  var width: Int
  var height: Int

  var json: JSONValue {
    ["h": .integer(height), "w": .integer(width), "x": .integer(x), "y": .integer(y)]
  }
}

/// Panels in reading order, in rows that are 24 columns wide and as high as their highest panel.
enum PanelGrid {
  static let columns = 24

  static func positions(of panels: [PanelPlan]) -> [GridPosition] {
    var positions: [GridPosition] = []
    var row: [GridPosition] = []
    var next = GridPosition(x: 0, y: 0, width: 0, height: 0)
    func finishRow() {
      let height = row.map(\.height).max() ?? 0
      for var position in row {
        position.height = height
        positions.append(position)
      }
      next = GridPosition(x: 0, y: next.y + height, width: 0, height: 0)
      row = []
    }
    for panel in panels {
      let width = min(max(panel.width, 1), columns)
      if next.x + width > columns { finishRow() }
      row.append(GridPosition(x: next.x, y: next.y, width: width, height: panel.visualization.height))
      next.x += width
    }
    finishRow()
    return positions
  }
}

extension PanelPlan.Visualization {
  fileprivate var height: Int {
    switch self {
    case .stat, .text: 4
    case .timeseries, .table, .bargauge, .alerts: 8
    case .heatmap: 9
    }
  }
}
