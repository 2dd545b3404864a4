import PlanModel
import Quantities
import StructuredText

extension BurnRateTable {
  /// Every figure as a JSON number: exact where its decimal ends, to 18 significant digits where it does not.
  package var json: JSONValue {
    [
      "format": 1,
      "service": .string(service),
      "objectives": .array(objectives.map(\.json)),
      "promises": .array(promises.map(\.json)),
    ]
  }
}

extension ObjectiveFigures {
  fileprivate var json: JSONValue {
    .record([
      "name": .string(name.text),
      "title": .string(title),
      "expression": .string(expression),
      "kind": .string(kind.word),
      "target": target.ratio.fraction.json,
      "window": .string(window.description),
      "windowSeconds": window.nominalLength.seconds.json,
      "budget": budget?.json,
      "alerts": .array(alerts.map(\.json)),
      "samplesPerMinute": cost?.json,
    ])
  }
}

extension RuleCost {
  fileprivate var json: JSONValue {
    [
      "recorded": recordedPerMinute.json,
      "perScrapedSeries": .array(scraped.map { ["metric": .string($0.metric), "samples": $0.perMinute.json] }),
    ]
  }
}

extension BudgetFigures {
  fileprivate var json: JSONValue {
    .record([
      "share": share.json,
      "outageSeconds": outageSeconds.json,
      "events": events?.json,
      "oneFailure": oneFailure?.json,
    ])
  }
}

extension PeriodFigures {
  fileprivate var json: JSONValue {
    ["perWindow": window.json, "perDay": day.json, "perHour": hour.json]
  }
}

extension BurnAlertFigures {
  fileprivate var json: JSONValue {
    .record([
      "urgency": .string(urgency.rawValue),
      "longWindowSeconds": longWindow.seconds.json,
      "shortWindowSeconds": shortWindow.seconds.json,
      "burnRate": burnRate.json,
      "budgetSpent": budgetSpent.json,
      "failureRatio": failureRatio.json,
      "failuresPerHour": failuresPerHour?.json,
      "reachable": .bool(isReachable),
      "detectionSeconds": detectionSeconds?.json,
      "exhaustionSeconds": exhaustionSeconds?.json,
    ])
  }
}

extension PromiseFigures {
  fileprivate var json: JSONValue {
    .record([
      "agreement": .string(agreement),
      "name": .string(name),
      "expression": .string(expression),
      "target": target.ratio.fraction.json,
      "guardedBy": guardedBy.map { .string($0.text) },
      "headroom": headroom?.json,
    ])
  }
}

extension Rational {
  fileprivate var json: JSONValue { .number(numberText) }

  /// The same text in every machine-readable table.
  var numberText: NumberText {
    guard let number = NumberText(decimalText) else { preconditionFailure("a decimal is a number") }
    return number
  }
}
