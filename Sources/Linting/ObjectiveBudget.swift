import Diagnostics
import Quantities
import SpecCatalog

/// How much an objective allows to be lost, in events or in seconds.
///
/// The Site Reliability Workbook, chapter 2: the budget is one minus the target, of everything that counts in a span.
struct ObjectiveBudget {
  enum Unit {
    case events
    case seconds
  }

  let unit: Unit
  /// The share that may be lost.
  let share: Rational
  let window: TimeWindow
  /// Events or seconds that count, in each second.
  private let flow: Rational

  /// The budget of events; nil where nobody stated the traffic.
  init?(eventsOf objective: Objective, in catalog: Catalog) {
    guard let traffic = catalog.traffic(of: objective) else { return nil }
    self.init(unit: .events, flow: traffic.eventsPerSecond, objective)
  }

  init(secondsOf objective: Objective) {
    self.init(unit: .seconds, flow: .one, objective)
  }

  private init(unit: Unit, flow: Rational, _ objective: Objective) {
    self.unit = unit
    self.flow = flow
    share = objective.target.value.errorBudget.share.fraction
    window = objective.window.value
  }

  /// What counts in a span: all events, all seconds.
  func total(in span: TimeSpan) -> Rational { flow * span.seconds }

  /// What may be lost in a span.
  func loss(in span: TimeSpan) -> Rational { total(in: span) * share }

  /// What may be lost in the objective's window, a calendar month taken as 30 days.
  var inWindow: Rational { loss(in: window.nominalLength) }

  /// The loss per hour at which the budget just lasts.
  var sustainedPerHour: Rational { loss(in: .hours(1)) }

  /// The seconds in which a loss per hour, above nothing, spends the window's budget.
  func exhaustion(at lossPerHour: Rational) -> Rational { inWindow / lossPerHour * 3_600 }

  /// `2500`, `43m12s`.
  func text(of loss: Rational) -> String {
    switch unit {
    case .events: loss.figureText
    case .seconds: loss.timeFigureText
    }
  }

  /// `10 failures an hour`, `30s of downtime an hour`.
  func hourlyText(of loss: Rational) -> String {
    switch unit {
    case .events: "\(loss.figureText) failures an hour"
    case .seconds: "\(loss.timeFigureText) of downtime an hour"
    }
  }
}

extension Catalog {
  /// The traffic of an objective: its own, its journey's or its service's.
  func traffic(of objective: Objective) -> EventRate? { objective.traffic?.value }

  /// Where an objective's traffic stands, if that is not at the objective itself.
  func notesOnTraffic(of objective: Objective) -> [DiagnosticNote] {
    switch self[objective.indicator].kind {
    case .ratio, .distribution: break
    case .time, .gauge, .attested: return []
    }
    guard let traffic = objective.traffic else { return [] }
    let isItsOwn =
      traffic.span.file == objective.span.file && objective.span.range.contains(Int(traffic.span.start))
    return isItsOwn ? [] : [DiagnosticNote("by this traffic; state its own where that is another", at: traffic.span)]
  }

  /// The budget that a burn level is measured in.
  func budget(of objective: Objective, for level: BurnLevel) -> ObjectiveBudget? {
    switch level.unit {
    case .events: ObjectiveBudget(eventsOf: objective, in: self)
    case .seconds: ObjectiveBudget(secondsOf: objective)
    }
  }
}
