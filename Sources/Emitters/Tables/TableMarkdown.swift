import PlanModel
import Quantities
import StructuredText

extension BurnRateTable {
  /// A page for people; what is rounded is said to be.
  package var markdown: String {
    var sections = [
      "# Error budgets of \(MarkdownText.escaped(title))",
      Self.introduction,
      budgets.text,
    ]
    for objective in objectives where !objective.alerts.isEmpty {
      sections.append("## Alerts of \(MarkdownText.codeSpan(objective.name.text))")
      sections.append(objective.alertTable.text)
    }
    if !promises.isEmpty {
      sections.append("## Promises")
      sections.append(Self.promiseIntroduction)
      sections.append(promiseTable.text)
    }
    let text = sections.map { $0.hasSuffix("\n") ? $0 : "\($0)\n" }.joined(separator: "\n")
    return text
  }

  private static let introduction = """
    Written by nines from the specs. Figures are rounded to three significant digits, times to their two largest units; the
    JSON file beside this one has them exact. An *outage* is one in which everything fails, at even traffic. Events are
    counted at the declared traffic. What the rules *read* is samples per minute: of the series that they record, and of each
    scraped series of the metric that they read most of.
    """

  private static let promiseIntroduction = """
    Headroom is the promise's budget divided by that of the objective that guards it: at 5×, the objective is spent five
    times over before the promise is broken.
    """

  private var budgets: MarkdownTable {
    MarkdownTable(
      columns: [.init("Objective")] + ObjectiveFigures.budgetColumns.map { .init($0, .right) },
      rows: objectives.map { objective in
        [.code(objective.name.text)] + objective.budgetTexts.map { .text($0) }
      }
    )
  }

  private var promiseTable: MarkdownTable {
    MarkdownTable(
      columns: [
        .init("Agreement"), .init("Promise"), .init("Measured as"), .init("Guarded by"), .init("Headroom", .right),
      ],
      rows: promises.map { promise in
        [
          .text(promise.agreement), .text(promise.name), .code(promise.expression),
          promise.guardedBy.map { .code($0.text) } ?? .text("nothing"), .text(promise.headroomText),
        ]
      }
    )
  }
}

extension ObjectiveFigures {
  /// What `budgetTexts` says, column by column.
  package static let budgetColumns = [
    "Target", "Window", "Budget", "Outage per window", "Outage per day", "Outage per hour", "Events per window",
    "Events per day", "Events per hour", "One failure takes", "Rules read", "Per scraped series",
  ]

  package var budgetTexts: [String] {
    let agreed = [target.ratio.percentText, window.description]
    let read = [cost?.recordedPerMinute, cost?.greatestPerScrapedSeries].map {
      $0.map { ReadableText.number($0) } ?? Self.nothing
    }
    guard let budget else { return agreed + ["attested"] + Array(repeating: Self.nothing, count: 7) + read }
    let outage = budget.outageSeconds
    var texts = agreed + [ReadableText.exactPercent(budget.share)]
    texts += [outage.window, outage.day, outage.hour].map { ReadableText.duration(seconds: $0) }
    texts += [budget.events?.window, budget.events?.day, budget.events?.hour].map {
      $0.map { ReadableText.number($0) } ?? Self.nothing
    }
    texts.append(budget.oneFailure.map { ReadableText.percent($0) } ?? Self.nothing)
    return texts + read
  }

  /// What stands where there is no figure.
  package static let nothing = "–"

  fileprivate var alertTable: MarkdownTable {
    MarkdownTable(
      columns: zip(BurnAlertFigures.columns, 0...).map { title, index in
        MarkdownTable.Column(title, index < 3 ? .left : .right)
      },
      rows: alerts.map { alert in alert.texts.map { .text($0) } }
    )
  }
}

extension BurnAlertFigures {
  /// What `texts` says, column by column.
  package static let columns = [
    "Urgency", "Long window", "Short window", "Burn rate", "Budget spent", "Failing above", "Failures per hour",
    "Finds an outage in", "Budget gone in",
  ]

  package var texts: [String] {
    [
      urgency.rawValue,
      longWindow.description,
      shortWindow.description,
      ReadableText.factor(burnRate),
      ReadableText.percent(budgetSpent),
      ReadableText.percent(failureRatio),
      failuresPerHour.map { ReadableText.number($0) } ?? ObjectiveFigures.nothing,
      detectionSeconds.map { ReadableText.duration(seconds: $0) } ?? "unreachable",
      exhaustionSeconds.map { ReadableText.duration(seconds: $0) } ?? ObjectiveFigures.nothing,
    ]
  }
}

extension PromiseFigures {
  package var headroomText: String {
    headroom.map { ReadableText.factor($0) } ?? ObjectiveFigures.nothing
  }
}

extension RuleCost {
  /// Of the metric that most samples of each series are read of; nil where rules read none.
  var greatestPerScrapedSeries: Rational? { scraped.map(\.perMinute).max() }
}
