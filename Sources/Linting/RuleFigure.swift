import Diagnostics
import Quantities
import SpecCatalog

/// An option of a rule with the type of its value.
struct RuleFigure<Value: Sendable>: Sendable {
  let option: RuleOption
  private let standard: Value
  private let read: @Sendable (OptionValue) -> Value?

  /// What holds in a workspace: its own choice, or else what the rule holds right.
  func value(of descriptor: DiagnosticDescriptor, in catalog: Catalog) -> Value {
    catalog.settings.option(option.name, of: descriptor.code).flatMap(read) ?? standard
  }
}

extension RuleFigure<Int> {
  static func count(
    _ name: String,
    in range: ClosedRange<Int>,
    standard: Int,
    unit: String,
    _ doc: String
  ) -> RuleFigure {
    RuleFigure(option: RuleOption(name, .count(range), standard: "\(standard)", unit: unit, doc), standard: standard) {
      if case .count(let count) = $0 { count } else { nil }
    }
  }
}

extension RuleFigure<Rational> {
  static func factor(_ name: String, standard: Rational, unit: String = "times", _ doc: String) -> RuleFigure {
    let option = RuleOption(name, .factor, standard: standard.figureText, unit: unit, doc)
    return RuleFigure(option: option, standard: standard) { if case .factor(let factor) = $0 { factor } else { nil } }
  }

  /// A share of one, written as a percentage.
  static func share(_ name: String, standard: Rational, _ doc: String) -> RuleFigure {
    let option = RuleOption(name, .share, standard: standard.percentFigureText, doc)
    return RuleFigure(option: option, standard: standard) {
      if case .share(let share) = $0 { share.fraction } else { nil }
    }
  }
}

extension RuleFigure<TimeSpan> {
  static func duration(_ name: String, standard: TimeSpan, _ doc: String) -> RuleFigure {
    let option = RuleOption(name, .duration, standard: standard.description, doc)
    return RuleFigure(option: option, standard: standard) { if case .duration(let span) = $0 { span } else { nil } }
  }
}
