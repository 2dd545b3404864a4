import Diagnostics
import Quantities
import SpecSyntax

extension Resolution {
  /// The stated parts of an error budget, all in events, seconds or shares.
  static func figures(of spec: BudgetFiguresSpec) -> [BudgetFigure] {
    let share = spec.share.map { share in
      BudgetFigure(span: .share, unit: .share, figure: share.figure { $0.fraction })
    }
    return [share].compactMap { $0 }
      + spec.figures.map { figure in
        switch figure.amount.value.value {
        case .events:
          BudgetFigure(span: .init(figure.period), unit: .events, figure: figure.amount.figure(\.amount))
        case .time:
          BudgetFigure(span: .init(figure.period), unit: .seconds, figure: figure.amount.figure(\.amount))
        }
      }
  }

  mutating func resolveWorkedExamples(of document: SpecDocument, in service: ServiceID) {
    for spec in document.workedExamples {
      guard let target = Target(spec.value.target.value) else { continue }
      let failures: Rational? =
        switch spec.value.outcome {
        case .failures(let count): count.value
        case .good(let count): spec.value.events.value - count.value
        case nil: nil
        }
      catalog.workedExamples.append(
        WorkedExample(
          service: service,
          target: Located(target, at: spec.value.target.span),
          events: spec.value.events,
          failures: failures,
          budget: spec.value.budget?.figure { $0 },
          remaining: spec.value.remaining?.figure { $0 },
          ratio: spec.value.ratio?.figure { $0.fraction },
          span: spec.span
        )
      )
    }
  }
}

extension BurnLevel {
  init(_ spec: Named<BurnLevelSpec>) {
    let range = spec.range.value.range { $0.perHour }
    self.init(
      name: spec.name,
      unit: spec.range.value.first.isTime ? .seconds : .events,
      from: range.from,
      to: range.to,
      range: Located(range.text, at: spec.range.span),
      exhausts: spec.exhausts.map { exhausts in exhausts.map { $0.range(\.seconds) } },
      failureRatio: spec.failureRatio.map { ratio in ratio.map { $0.range(\.fraction) } }
    )
  }
}

extension BudgetFigure.Span {
  init(_ period: BudgetFiguresSpec.Period) {
    switch period {
    case .window: self = .window
    case .month: self = .month
    case .week: self = .week
    case .day: self = .day
    case .hour: self = .hour
    }
  }
}

extension LossSpec {
  /// Events, or seconds.
  fileprivate var amount: Rational {
    switch self {
    case .events(let count): count
    case .time(let span): span.seconds
    }
  }
}

extension LossRateSpec {
  fileprivate var isTime: Bool {
    switch self {
    case .events: false
    case .time: true
    }
  }

  /// Events per hour, or seconds per hour.
  fileprivate var perHour: Rational {
    switch self {
    case .events(let rate): rate.events(in: .hours(1))
    case .time(let rate): rate.share * 3_600
    }
  }
}

extension Located {
  /// The figure with its value as a number.
  fileprivate func figure<Stated>(_ number: (Stated) -> Rational) -> Located<StatedFigure>
  where Value == StatedSpec<Stated> {
    map { StatedFigure(value: number($0.value), isApproximate: $0.isApproximate, text: $0.text) }
  }
}

extension StatedRangeSpec {
  fileprivate var first: Value {
    switch self {
    case .exactly(let value), .compared(_, let value), .between(let value, _): value.value.value
    }
  }

  /// The ends of the range as numbers.
  fileprivate func range(_ number: (Value) -> Rational) -> StatedRange {
    switch self {
    case .exactly(let value):
      return StatedRange(
        from: number(value.value.value),
        to: number(value.value.value),
        isApproximate: value.value.isApproximate,
        text: value.value.text
      )
    case .compared(let comparison, let value):
      let end = number(value.value.value)
      return StatedRange(
        from: comparison.value.isUpperBound ? nil : end,
        to: comparison.value.isUpperBound ? end : nil,
        isApproximate: value.value.isApproximate,
        text: "\(comparison.value) \(value.value.text)"
      )
    case .between(let low, let high):
      return StatedRange(
        from: number(low.value.value),
        to: number(high.value.value),
        isApproximate: low.value.isApproximate || high.value.isApproximate,
        text: "\(low.value.text) .. \(high.value.text)"
      )
    }
  }
}
