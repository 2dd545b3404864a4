import Diagnostics
import Quantities

/// An SLA: what was promised to whom, and what happens when it is not kept.
package struct AgreementSpec: Sendable {
  package enum Start: Sendable, Hashable {
    case date(CalendarDate)
    case text(String)
  }

  /// Whom it was promised to.
  package var with: Located<String>
  package var title: Located<String>?
  package var description: Located<String>?
  package var promises: [Named<PromiseSpec>] = []
  package var responses: [Named<ResponseSpec>] = []
  package var remedies: [Located<RemedySpec>] = []
  package var excluding: [Located<String>] = []
  package var starts: Located<Start>?

  package init(with: Located<String>) {
    self.with = with
  }
}

/// A measured promise; it reads like an objective.
package struct PromiseSpec: Sendable {
  package var expression: ObjectiveExpression
}

/// A promise to act within a time.
package struct ResponseSpec: Sendable {
  package enum Action: String, Sendable, CaseIterable {
    case acknowledge
    case answer
    case fix
  }

  package var action: Located<Action>
  package var within: Located<TimeSpan>
  /// The severity whose times have to keep it.
  package var severity: Located<String>?
  /// An indicator, or words.
  package var measuredBy: Located<String>?
}

package enum RemedySpec: Sendable {
  /// A share of the price is given back when the measured share falls below the bound.
  case credit(below: Located<Ratio>, credit: Located<Ratio>)
  case restore(from: Located<String>)
  case action(Located<String>)
}
