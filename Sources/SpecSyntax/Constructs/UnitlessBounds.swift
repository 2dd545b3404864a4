import Diagnostics
import PromQL
import Quantities
import YAMLSource

extension ReadContext {
  /// Leaves out the objectives and promises whose bound lacks the percent sign or unit that their indicator asks for.
  ///
  /// `requests >= 99.9` cannot be told from `replicas >= 3` without knowing what is measured, which the same document
  /// mostly says. Where it does not, the types will find out.
  /// `indicators` is the section as written, which tells kinds of indicators that could not be read.
  mutating func rejectUnitlessBounds(in document: inout SpecDocument, indicators: YAMLNode?) {
    let bounds = BoundUnits(document, indicators)
    guard !bounds.isEmpty else { return }
    document.objectives = accepting(document.objectives, bounds)
    document.journeys = document.journeys.map { journey in
      var spec = journey.value
      spec.objectives = accepting(spec.objectives, bounds)
      return Named(journey.name, spec, span: journey.span)
    }
    document.agreements = document.agreements.map { agreement in
      var spec = agreement.value
      spec.promises = spec.promises.filter { accepts($0.expression, bounds) }
      return Named(agreement.name, spec, span: agreement.span)
    }
  }

  private mutating func accepting(_ objectives: [Named<ObjectiveSpec>], _ bounds: BoundUnits) -> [Named<ObjectiveSpec>]
  {
    objectives.filter { objective in
      let isAccepted = accepts(objective.expression, bounds)
      if !isAccepted {
        unread.insert(.objective, objective.name.value)
        unread.insert(objective.span)
      }
      return isAccepted
    }
  }

  private mutating func accepts(_ expression: ObjectiveExpression, _ bounds: BoundUnits) -> Bool {
    guard case .bounded(let requirement) = expression.requirement, requirement.bound.value.unit == .number,
      let unit = bounds.unit(of: expression.indicator.value)
    else { return true }
    let bound = requirement.bound
    switch unit {
    // A percentile of a ratio has a worse problem than its unit.
    case .share where requirement.percentile != nil: return true
    case .share:
      do throws(QuantityError) {
        _ = try Ratio(reading: bound.value.text)
        return true
      } catch {
        report(
          .malformedObjective,
          error.message,
          at: bound.span,
          fix: error.suggestion.map {
            DiagnosticFix.writing($0, over: bound.span)
          }
        )
      }
    case .of(let examples):
      let written = examples.map { "\(bound.value.text)\($0)" }
      report(
        .malformedObjective,
        "'\(bound.value.text)' has no unit",
        at: bound.span,
        fix: DiagnosticFix("write \(written.quotedAlternatives)", safety: .unsafe)
      )
    }
    return false
  }
}

/// What the bounds of a document's indicators are written in, where the document says it.
private struct BoundUnits {
  enum Unit {
    /// A percentage.
    case share
    /// A dimension, with a few units of it for an example.
    case of([String])
  }

  private var units: [String: Unit] = [:]

  var isEmpty: Bool { units.isEmpty }

  private var names: Set<String> = []

  init(_ document: SpecDocument, _ section: YAMLNode?) {
    for indicator in document.indicators {
      names.insert(indicator.name.value)
      units[indicator.name.value] = Self.unit(of: indicator.value, document.metrics)
    }
    guard let section else { return }
    for (key, node) in section.entries where names.insert(key.text).inserted {
      let isShare = ["good", "bad", "valid", "down-when"].contains { node[key: $0] != nil }
      if isShare { units[key.text] = .share }
    }
  }

  /// Of the indicator of a name, or of the one that a misspelt name means.
  func unit(of indicator: String) -> Unit? {
    if names.contains(indicator) { return units[indicator] }
    return Spelling.nearest(to: indicator, in: names.sorted()).flatMap { units[$0] }
  }

  private static func unit(of indicator: IndicatorSpec, _ metrics: [Named<MetricSpec>]) -> Unit? {
    switch indicator.kind {
    case .ratio, .time: return .share
    case .distribution(let query), .gauge(let query, _, _):
      let metric = query.value.metricName
      let declared = metrics.first { $0.name.value == metric }?.unit
      return unit(named: (indicator.unit ?? declared)?.value, metric)
    case .attested, .preset: return nil
    }
  }

  /// The unit by its stated name, or else by the end of the metric's.
  private static func unit(named name: String?, _ metric: String?) -> Unit? {
    let isNamed = { (unit: String) in
      name.map { $0 == unit } ?? (metric?.hasSuffix("_\(unit.split(separator: "-").joined(separator: "_"))") ?? false)
    }
    if isNamed("bits-per-second") || isNamed("bytes-per-second") { return .of([" Mbps", " MB/s"]) }
    if isNamed("seconds") || isNamed("milliseconds") { return .of(["ms", "s"]) }
    if isNamed("bytes") || isNamed("bits") { return .of([" MB", " MiB"]) }
    return nil
  }
}
