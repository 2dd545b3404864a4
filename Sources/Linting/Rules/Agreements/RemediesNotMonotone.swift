import Diagnostics
import Quantities
import SpecCatalog

struct RemediesNotMonotone: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO405",
    name: "remedies-not-monotone",
    severity: .error,
    summary: "The worse a promise was broken, the more is given back, and each step is named once.",
    rationale: """
      Where a worse month pays less, or two steps begin at the same share, customer and provider each read the \
      schedule that suits them, and both are right.
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
            uptime: requests >= 99.5% over calendar month
          remedies:
            - { below: 99.5%, credit: 25% }
            - { below: 99.0%, credit: «10%» }
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
          remedies:
            - { below: 99.5%, credit: 10% }
            - { below: 99.0%, credit: 25% }
      """,
    source: "The service credit schedules that cloud providers publish, which rise as uptime falls."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.agreements.flatMap { agreement in
      let steps = agreement.credits.sorted { ($1.below.value, $0.place) < ($0.below.value, $1.place) }
      return zip(steps, steps.dropFirst()).compactMap { better, worse in
        if better.below.value == worse.below.value {
          return Finding(
            "a second credit begins below \(worse.below.value)",
            at: worse.below.span,
            notes: [DiagnosticNote("the first", at: better.below.span)]
          )
        }
        guard worse.credit.value < better.credit.value else { return nil }
        return Finding(
          """
          below \(worse.below.value) the credit is \(worse.credit.value), less than the \(better.credit.value) below \
          \(better.below.value)
          """,
          at: worse.credit.span,
          notes: [DiagnosticNote("the higher credit", at: better.credit.span)]
        )
      }
    }
  }
}

private struct Credit {
  let below: Located<Ratio>
  let credit: Located<Ratio>

  var place: UInt32 { below.span.start }
}

extension Agreement {
  fileprivate var credits: [Credit] {
    remedies.compactMap { remedy in
      switch remedy {
      case .credit(let below, let credit): Credit(below: below, credit: credit)
      case .restore, .action: nil
      }
    }
  }
}
