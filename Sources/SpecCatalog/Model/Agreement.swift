import Diagnostics
import Quantities

/// An SLA: what was promised to somebody, and what happens when it is not kept.
package struct Agreement: Sendable {
  package var service: ServiceID
  package var name: Located<String>
  package var title: String?
  package var description: String?
  package var with: String
  package var starts: String?
  package var promises: [Promise]
  package var responses: [ResponsePromise]
  package var remedies: [Remedy]
  package var excluding: [Located<ExclusionID>]
  package var span: SourceSpan

  package init(
    service: ServiceID,
    name: Located<String>,
    title: String?,
    description: String?,
    with: String,
    starts: String?,
    promises: [Promise],
    responses: [ResponsePromise],
    remedies: [Remedy],
    excluding: [Located<ExclusionID>],
    span: SourceSpan
  ) {
    self.service = service
    self.name = name
    self.title = title
    self.description = description
    self.with = with
    self.starts = starts
    self.promises = promises
    self.responses = responses
    self.remedies = remedies
    self.excluding = excluding
    self.span = span
  }
}

/// A measured promise; it reads like an objective.
package struct Promise: Sendable {
  package var name: Located<String>
  package var expression: Located<String>
  package var indicator: IndicatorID
  package var measure: Objective.Measure
  package var target: Located<Target>
  package var window: Located<TimeWindow>

  package init(
    name: Located<String>,
    expression: Located<String>,
    indicator: IndicatorID,
    measure: Objective.Measure,
    target: Located<Target>,
    window: Located<TimeWindow>
  ) {
    self.name = name
    self.expression = expression
    self.indicator = indicator
    self.measure = measure
    self.target = target
    self.window = window
  }
}

/// A promise to act within a time.
package struct ResponsePromise: Sendable {
  package enum Action: String, Sendable {
    case acknowledge, answer, fix
  }

  package var name: Located<String>
  package var action: Action
  package var within: Located<TimeSpan>
  package var severity: SeverityID?
  package var measuredBy: String?

  package init(
    name: Located<String>,
    action: Action,
    within: Located<TimeSpan>,
    severity: SeverityID?,
    measuredBy: String?
  ) {
    self.name = name
    self.action = action
    self.within = within
    self.severity = severity
    self.measuredBy = measuredBy
  }
}

package enum Remedy: Sendable {
  /// A share of the price is given back when the measured share falls below the bound.
  case credit(below: Located<Ratio>, credit: Located<Ratio>)
  /// A backup of the practices, by name.
  case restore(from: Located<String>)
  case action(String)
}
