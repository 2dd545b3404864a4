import Diagnostics
import Quantities
import SpecCatalog

struct AgreementNotLooser: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO401",
    name: "agreement-not-looser",
    severity: .error,
    summary: "A promise to customers asks for less than the objective that guards it.",
    rationale: """
      The objective is there to fail first, while there is time to act. Where the promise is as strict, the alert about \
      the objective arrives together with the invoice for the credits.
      """,
    flagged: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d
      agreements:
        api:
          with: customers
          promises:
            uptime: requests >= «99.9%» over calendar month
          remedies: [{ below: 99.9%, credit: 10% }]
      """,
    accepted: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d
      agreements:
        api:
          with: customers
          promises:
            uptime: requests >= 99.5% over calendar month
          remedies: [{ below: 99.5%, credit: 10% }]
      """,
    source: "Google, Site Reliability Engineering, chapter 4: keep a safety margin below the advertised objective."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    let objectives = ObjectiveIndex(catalog)
    return catalog.agreements.flatMap(\.promises).compactMap { promise in
      let promised = Strictness(promise)
      let guards = objectives.guards(of: promise).filter { !$0.isReversed }
      guard let first = guards.first, promise.isMeasured,
        !guards.contains(where: { Strictness($0).isStricter(than: promised) })
      else { return nil }
      let strictest = guards.dropFirst().reduce(first) {
        Strictness($1).isStricter(than: Strictness($0)) ? $1 : $0
      }
      return Finding.notLooser(promise, strictest)
    }
  }
}

extension Promise {
  /// An attested promise is kept by the statement that also keeps the objective.
  fileprivate var isMeasured: Bool {
    switch measure {
    case .share, .percentile, .value: true
    case .attested: false
    }
  }

  /// The words that say how much is promised.
  fileprivate var boundSpan: SourceSpan {
    switch measure {
    case .share, .attested: target.span
    case .percentile(_, _, let bound), .value(_, let bound): bound.span
    }
  }
}

extension Finding {
  /// Twice the budget is what SLO404 asks of a promise.
  private static func wayOut(_ promise: Promise, _ objective: Objective) -> String {
    switch promise.measure {
    case .share:
      let promised = promise.target.value.errorBudget.share.fraction
      guard !promised.isZero else { return "promise less than the objective asks for" }
      return """
        aim at \((.one - promised / 2).nearlyAllText) or more, half of what the promise may lose, or promise less
        """
    case .percentile, .value, .attested: return "aim at more with the objective, or promise less"
    }
  }

  fileprivate static func notLooser(_ promise: Promise, _ objective: Objective) -> Finding {
    let promised = promise.measure.text(target: promise.target.value)
    let kept = objective.measure.text(target: objective.target.value)
    return Finding(
      """
      promise '\(promise.name.value)' of '\(promised)' is not looser than objective '\(objective.name.value)' of \
      '\(kept)', which guards it
      """,
      at: promise.boundSpan,
      notes: [DiagnosticNote("the objective", at: objective.expression.span)],
      fix: DiagnosticFix(wayOut(promise, objective), safety: .unsafe)
    )
  }
}
