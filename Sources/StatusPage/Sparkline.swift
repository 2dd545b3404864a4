import DeployGate
import Quantities
import StructuredText

/// How a budget went, as a line: all of it at the top, nothing of it at the dashed line.
struct Sparkline {
  private static let width = 160.0
  private static let height = 40.0
  private static let margin = 3.0

  private let points: [(x: Double, y: Double)]
  private let zero: Double
  private let bounds: [Double]
  private let description: String
  private let mark: Mark

  /// nil where there is no line to draw, because fewer than two moments are known.
  ///
  /// The line ends where the data do, and the graphic now, so that missing data leave a gap at its end. Below an overspent budget
  /// of -100% the line stays at the bottom.
  init?(_ history: [RemainingPoint], until now: Instant, bounds: [Ratio], mark: Mark) {
    guard let first = history.first, let last = history.last, first.at < last.at,
      let worst = history.map(\.remaining).min()
    else { return nil }
    let end = max(now, last.at)
    let span = (end - first.at).seconds.doubleValue
    let low = min(0, worst.drawn)
    func y(_ value: Double) -> Double {
      Self.margin + (1 - value) / (1 - low) * (Self.height - 2 * Self.margin)
    }
    points = Self.thinned(
      history.map { point in
        let x = (point.at - first.at).seconds.doubleValue / span
        return (Self.margin + x * (Self.width - 2 * Self.margin), y(point.remaining.drawn))
      }
    )
    zero = y(0)
    self.bounds = bounds.map { y($0.fraction.doubleValue) }
    self.mark = mark
    let days = (from: "\(first.at.utcDate)", to: "\(last.at.utcDate)")
    description =
      "Remaining budget from \(days.from) to \(days.to): \(first.remaining.text) at first, \(last.remaining.text) at last, "
      + "\(worst.text) at the lowest"
  }

  /// At most one point for each unit of width, the lowest, so that no dip is lost; the last one stays.
  private static func thinned(_ points: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
    var kept: [(x: Double, y: Double)] = []
    for (index, point) in points.enumerated() {
      let isSame = kept.last.map { Int($0.x) == Int(point.x) } ?? false
      if !isSame || kept.count == 1 {
        kept.append(point)
      } else if index == points.count - 1 || point.y > (kept.last?.y ?? 0) {
        kept[kept.count - 1] = point
      }
    }
    return kept
  }

  var node: MarkupNode {
    let line = points.map { "\($0.x.short),\($0.y.short)" }.joined(separator: " ")
    let start = points.first?.x.short ?? ""
    let end = points.last ?? (x: 0, y: 0)
    return .element(
      "svg",
      [
        "class": "spark \(mark.rawValue)",
        "viewBox": "0 0 \(Self.width.short) \(Self.height.short)", "role": "img",
        "aria-label": description,
      ],
      [
        .element(
          "polygon",
          [
            "class": "area",
            "points": "\(start),\(zero.short) \(line) \(end.x.short),\(zero.short)",
          ]
        )
      ] + bounds.map { rule($0, "bound") } + [
        rule(zero, "zero"),
        .element("polyline", ["class": "line", "points": line]),
        .element("circle", ["cx": end.x.short, "cy": end.y.short, "r": "2.5"]),
      ]
    )
  }

  private func rule(_ y: Double, _ style: String) -> MarkupNode {
    .element(
      "line",
      ["class": style, "x1": "0", "x2": Self.width.short, "y1": y.short, "y2": y.short]
    )
  }
}

extension Remaining {
  /// Between -1 and 1, for drawing only.
  var drawn: Double {
    switch self {
    case .nothing: -1
    case .share(let share): max(-1, min(1, share.doubleValue))
    }
  }
}

extension Double {
  /// To one place.
  var short: String {
    let rounded = (self * 10).rounded() / 10
    return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
  }
}
