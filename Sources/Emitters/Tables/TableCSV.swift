import PlanModel
import Quantities
import StructuredText

extension BurnRateTable {
  /// One row for each alert of each objective, and one for an objective without alerts; numbers as in the JSON.
  package var csv: String {
    CSVTable(
      header: ObjectiveFigures.csvHeader + BurnAlertFigures.csvHeader,
      rows: objectives.flatMap { objective in
        let alerts = objective.alerts.map(\.csvCells)
        let none = [CSVTable.Cell](repeating: .text(""), count: BurnAlertFigures.csvHeader.count)
        return (alerts.isEmpty ? [none] : alerts).map { objective.csvCells + $0 }
      }
    ).text
  }

  package var promisesCSV: String {
    CSVTable(
      header: ["agreement", "promise", "expression", "target", "guarded_by", "headroom"],
      rows: promises.map { promise in
        [
          .text(promise.agreement), .text(promise.name), .text(promise.expression),
          .number(promise.target.ratio.fraction),
          .text(promise.guardedBy?.text ?? ""), .number(promise.headroom),
        ]
      }
    ).text
  }
}

extension ObjectiveFigures {
  fileprivate static let csvHeader = [
    "objective", "title", "expression", "kind", "target", "window", "window_seconds", "budget_share",
    "outage_seconds_per_window", "outage_seconds_per_day", "outage_seconds_per_hour",
    "events_per_window", "events_per_day", "events_per_hour", "one_failure_share",
    "recorded_samples_per_minute", "samples_per_minute_per_scraped_series",
  ]

  fileprivate var csvCells: [CSVTable.Cell] {
    [
      .text(name.text), .text(title), .text(expression), .text(kind.word), .number(target.ratio.fraction),
      .text(window.description), .number(window.nominalLength.seconds), .number(budget?.share),
      .number(budget?.outageSeconds.window), .number(budget?.outageSeconds.day), .number(budget?.outageSeconds.hour),
      .number(budget?.events?.window), .number(budget?.events?.day), .number(budget?.events?.hour),
      .number(budget?.oneFailure), .number(cost?.recordedPerMinute), .number(cost?.greatestPerScrapedSeries),
    ]
  }
}

extension BurnAlertFigures {
  fileprivate static let csvHeader = [
    "urgency", "long_window_seconds", "short_window_seconds", "burn_rate", "budget_spent", "failure_ratio",
    "failures_per_hour", "reachable", "detection_seconds", "exhaustion_seconds",
  ]

  fileprivate var csvCells: [CSVTable.Cell] {
    [
      .text(urgency.rawValue), .number(longWindow.seconds), .number(shortWindow.seconds),
      .number(burnRate), .number(budgetSpent), .number(failureRatio), .number(failuresPerHour),
      .text(isReachable ? "true" : "false"), .number(detectionSeconds), .number(exhaustionSeconds),
    ]
  }
}

extension CSVTable.Cell {
  /// Empty where there is no figure.
  fileprivate static func number(_ value: Rational?) -> CSVTable.Cell {
    value.map { .number($0.numberText) } ?? .text("")
  }
}
