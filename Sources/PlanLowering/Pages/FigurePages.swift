import PlanModel
import Quantities
import SpecCatalog

/// Figures that people stated, beside the same figures computed.
struct FigurePages {
  let index: CatalogIndex
  let facts: ServiceFacts

  // MARK: Error budgets

  func budgetFigures(of service: ServiceID) -> CataloguePage? {
    var table = PageTable("Stated error budgets", "Objective", "Budget", "Stated", "Computed")
    for objective in index.objectives(of: service) {
      for figure in objective.budgetFigures {
        table.add(
          objective.fullName,
          figure.span.title,
          figure.figure.value.text,
          computed(figure, for: objective)
        )
      }
    }
    return table.page
  }

  private func computed(_ figure: BudgetFigure, for objective: Objective) -> String {
    let budget = objective.target.value.errorBudget
    let length = figure.span.length(in: objective.window.value)
    switch figure.unit {
    case .share: return budget.share.percentText
    case .seconds: return budget.time(in: length).description
    case .events:
      let traffic = index.traffic(of: objective)
      return traffic.map { FigureText.count(budget.events(of: $0.events(in: length))) } ?? FigureText.withoutTraffic
    }
  }

  // MARK: Burn levels

  func burnLevels(of service: ServiceID) -> CataloguePage? {
    var table = PageTable(
      "Burn levels",
      "Objective",
      "Level",
      "Loss",
      "Burn rate",
      "Said to exhaust the budget in",
      "Exhausts it in",
      "Said to be of all traffic",
      "Is of all traffic"
    )
    for objective in index.objectives(of: service) {
      for level in objective.burnLevels {
        let arithmetic = BurnLevelArithmetic(
          level: level,
          of: objective,
          traffic: index.traffic(of: objective)
        )
        table.add(
          objective.fullName,
          level.name.value,
          level.range.value,
          arithmetic.burnRate,
          level.exhausts?.value.text,
          arithmetic.exhaustion,
          level.failureRatio?.value.text,
          arithmetic.failureRatio
        )
      }
    }
    return table.page
  }

  // MARK: Worked examples

  func workedExamples(of service: ServiceID) -> CataloguePage? {
    var table = PageTable(
      "Worked examples",
      "Target",
      "Events",
      "Failures",
      "Figure",
      "Stated",
      "Computed"
    )
    for example in facts.examples(of: service) {
      let events = example.events.value
      let budget = example.target.value.errorBudget.events(of: events)
      let remaining = example.failures.map { budget - $0 }
      let good = example.failures.flatMap { (events - $0).divided(by: events) }
      let figures: [(String, StatedFigure?, String?)] = [
        ("error budget", example.budget?.value, FigureText.count(budget)),
        ("budget remaining", example.remaining?.value, remaining.map(FigureText.count)),
        ("good share", example.ratio?.value, good.map(FigureText.percent)),
      ]
      for (name, stated, computed) in figures where stated != nil {
        table.add(
          example.target.value.description,
          FigureText.count(events),
          example.failures.map(FigureText.count),
          name,
          stated?.text,
          computed
        )
      }
    }
    return table.page
  }
}

/// What a named range of loss per hour means for a budget.
private struct BurnLevelArithmetic {
  private let from: Rational?
  private let to: Rational?
  /// What a whole window may lose, in the unit of the level.
  private let budget: Rational?
  private let windowHours: Rational
  /// What there is to lose in an hour.
  private let perHour: Rational?

  init(level: BurnLevel, of objective: Objective, traffic: EventRate?) {
    from = level.from
    to = level.to
    windowHours = objective.window.value.nominalLength / .hours(1)
    perHour =
      switch level.unit {
      case .seconds: 3_600
      case .events: traffic?.events(in: .hours(1))
      }
    budget = perHour.map { [windowHours] in objective.target.value.errorBudget.events(of: $0 * windowHours) }
  }

  /// Loss per hour ÷ budget per hour.
  var burnRate: String {
    range(of: { loss in budget.flatMap { (loss * windowHours).divided(by: $0) } }) {
      $0.decimalText(maximumFractionDigits: 2)
    }
  }

  /// Budget ÷ loss per hour; the greater loss comes first, because it takes the shorter time.
  var exhaustion: String {
    range(of: { loss in budget.flatMap { $0.divided(by: loss) } }, isInverse: true) { FigureText.hours($0) }
  }

  /// Loss per hour ÷ traffic per hour.
  var failureRatio: String {
    range(of: { loss in perHour.flatMap { loss.divided(by: $0) } }, text: FigureText.percent)
  }

  private func range(
    of figure: (Rational) -> Rational?,
    isInverse: Bool = false,
    text: (Rational) -> String
  ) -> String {
    if budget == nil { return FigureText.withoutTraffic }
    // Nothing lost is no bound: it takes forever to lose a budget at it.
    let low = from.flatMap { $0.isZero ? nil : figure($0) }.map(text)
    let high = to.flatMap(figure).map(text)
    switch isInverse ? (high, low) : (low, high) {
    case (let least?, let most?): return "\(least) to \(most)"
    case (let least?, nil): return "\(least) or more"
    case (nil, let most?): return "\(most) or less"
    case (nil, nil): return ""
    }
  }
}

/// Computed figures as people read them, rounded where they do not end.
enum FigureText {
  static let withoutTraffic = "no traffic declared"

  static func count(_ number: Rational) -> String {
    number.isWhole ? number.groupedText(separator: ",") : number.decimalText(maximumFractionDigits: 2)
  }

  static func percent(_ share: Rational) -> String {
    "\((share * 100).decimalText(maximumFractionDigits: 3))%"
  }

  /// Whole minutes from an hour on, seconds below.
  static func hours(_ hours: Rational) -> String {
    let minutes = hours * 60
    let span = minutes >= 60 ? TimeSpan.minutes(minutes.roundedHalfEven) : .seconds((minutes * 60).roundedHalfEven)
    return span.description
  }
}

extension BudgetFigure.Span {
  fileprivate var title: String {
    switch self {
    case .share: "share"
    case .window: "per window"
    case .month: "per month"
    case .week: "per week"
    case .day: "per day"
    case .hour: "per hour"
    }
  }

  fileprivate func length(in window: TimeWindow) -> TimeSpan {
    switch self {
    case .share, .window: window.nominalLength
    case .month: CalendarPeriod.month.nominalLength
    case .week: .days(7)
    case .day: .days(1)
    case .hour: .hours(1)
    }
  }
}
