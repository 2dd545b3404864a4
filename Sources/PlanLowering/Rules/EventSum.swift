import PromQL
import Quantities
import SpecCatalog

/// Events of one interval from one or more sources, added up.
struct EventSum: Sendable {
  enum Source: Sendable {
    case counter(VectorSelector, sibling: VectorSelector?)
    /// A query over `$window`.
    case template(PromQLExpression)
  }

  let sources: [Source]

  init(_ queries: [Query]) {
    sources = queries.map { query in
      switch query {
      case .counter(let selector): .counter(selector.value, sibling: nil)
      case .template(let template): .template(template.value)
      }
    }
  }

  init(_ selector: VectorSelector, sibling: VectorSelector) {
    sources = [.counter(selector, sibling: sibling)]
  }

  /// What is counted, for the identity of a ledger.
  var identity: String {
    sources.map { source in
      switch source {
      case .counter(let selector, sibling: _): selector.description
      case .template(let template): template.description
      }
    }.joined(separator: "\n")
  }

  /// The selectors that have to have series for there to be anything to count.
  var selectors: [VectorSelector] {
    sources.flatMap { source in
      switch source {
      case .counter(let selector, sibling: _): [selector]
      case .template(let template): template.selectorUses.map(\.selector)
      }
    }
  }

  /// What was added in one interval: one series, or one for each combination of the labels.
  func inOneInterval(by labels: [String], timing: RuleTiming) -> PromQLExpression {
    summed(by: labels) { source in
      switch source {
      case .counter(let selector, sibling: let sibling?):
        CounterDelta(selector, sibling: sibling, timing: timing).expression
      case .counter(let selector, sibling: nil): CounterDelta(selector, timing: timing).expression
      case .template(let template): Self.share(of: template, in: timing)
      }
    }
  }

  /// What was added in a range that ends now, estimated by `increase`.
  func increase(over range: TimeSpan, timing: RuleTiming) -> PromQLExpression {
    summed(by: []) { source in
      switch source {
      case .counter(let selector, sibling: _): .increase(selector, over: range.promQL)
      case .template(let template):
        template.yieldsRate
          ? Self.number(template, over: range).times(timing.seconds(range)) : Self.number(template, over: range)
      }
    }
  }

  /// Without labels to split by, a sum of nothing is zero.
  private func summed(by labels: [String], _ part: (Source) -> PromQLExpression) -> PromQLExpression {
    let parts = sources.map(part)
    let union: PromQLExpression =
      if parts.count == 1 {
        parts[0]
      } else {
        // Of two series with the same labels a union keeps one; a label tells the sources apart.
        PromQLExpression.joined(
          parts.enumerated().map { .labelled($1, "source", String($0)) },
          { $0.or($1) }
        ) ?? .vector(0)
      }
    let sum = PromQLExpression.total(of: union, by: labels)
    return labels.isEmpty ? sum.or(.vector(0)) : sum
  }

  /// One interval's share of what a template yields over a range in which its rates find their samples.
  ///
  /// A template with `rate` yields events per second; any other yields events in the range.
  private static func share(of template: PromQLExpression, in timing: RuleTiming) -> PromQLExpression {
    let range = timing.rateRange
    let factor = template.yieldsRate ? timing.intervalSeconds : .constant(timing.interval / range)
    return number(template, over: range).times(factor)
  }

  /// The template without what is no amount: `NaN` and below zero.
  private static func number(_ template: PromQLExpression, over range: TimeSpan) -> PromQLExpression {
    template.substituting(range.promQL).greaterOrEqual(to: 0)
  }
}

extension PromQLExpression {
  /// Whether the query is about events per second.
  fileprivate var yieldsRate: Bool {
    var found = false
    walk { expression in
      if case .call(let call) = expression, call.function == .rate || call.function == .irate { found = true }
    }
    return found
  }
}
