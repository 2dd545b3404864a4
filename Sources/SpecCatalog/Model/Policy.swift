import Diagnostics
import Quantities

/// An error-budget policy.
package struct Policy: Sendable {
  package var service: ServiceID
  package var name: Located<String>
  package var title: String?
  package var description: String?
  package var changes: [Located<String>]
  package var actions: [NamedValue]?
  /// Best first; where several hold, the last rules.
  package var levels: [Level]
  package var withoutData: WithoutData?
  package var span: SourceSpan

  package init(
    service: ServiceID,
    name: Located<String>,
    title: String?,
    description: String?,
    changes: [Located<String>],
    actions: [NamedValue]?,
    levels: [Level],
    withoutData: WithoutData?,
    span: SourceSpan
  ) {
    self.service = service
    self.name = name
    self.title = title
    self.description = description
    self.changes = changes
    self.actions = actions
    self.levels = levels
    self.withoutData = withoutData
    self.span = span
  }
}

package struct Level: Sendable {
  package enum Allowance: Sendable {
    case all
    case changes([Located<String>])
  }

  /// A comparison of the remaining share with a bound.
  package struct Bound: Sendable, Hashable {
    package var comparison: Comparison
    package var ratio: Ratio

    package init(comparison: Comparison, ratio: Ratio) {
      self.comparison = comparison
      self.ratio = ratio
    }
  }

  package var name: Located<String>
  /// nil is always.
  package var when: Located<Bound?>
  package var until: Located<Bound>?
  package var allow: Allowance
  package var approve: [Located<String>]
  package var rollout: Located<Ratio>?
  package var actions: [Located<String>]
  package var exit: [Located<String>]
  package var guidance: [String]
  package var span: SourceSpan

  package init(
    name: Located<String>,
    when: Located<Bound?>,
    until: Located<Bound>?,
    allow: Allowance,
    approve: [Located<String>],
    rollout: Located<Ratio>?,
    actions: [Located<String>],
    exit: [Located<String>],
    guidance: [String],
    span: SourceSpan
  ) {
    self.name = name
    self.when = when
    self.until = until
    self.allow = allow
    self.approve = approve
    self.rollout = rollout
    self.actions = actions
    self.exit = exit
    self.guidance = guidance
    self.span = span
  }
}

package struct WithoutData: Sendable {
  package enum Answer: Sendable, Hashable {
    case freeze, allow, approve
    case level(String)
  }

  package var after: Located<TimeSpan>
  package var answer: Located<Answer>

  package init(after: Located<TimeSpan>, answer: Located<Answer>) {
    self.after = after
    self.answer = answer
  }
}

/// A time in which changes wait, whatever the budgets say.
package struct Freeze: Sendable {
  package struct Days: Sendable {
    package var from: Located<CalendarDate>
    package var through: Located<CalendarDate>
    package var zone: String
  }

  package var service: ServiceID
  package var reason: Located<String>
  /// Full name of a service, journey or objective.
  package var scope: String
  /// Change classes that may go out all the same.
  package var allow: [Located<String>]
  package var days: [Days]
  package var windows: [Located<RecurringWindow>]
  package var span: SourceSpan
}

/// A reviewed exception to a policy.
package struct Override: Sendable {
  package var service: ServiceID
  package var change: Located<String>
  /// Full name of a service, journey or objective.
  package var scope: Located<String>
  package var reason: Located<String>?
  package var by: Located<String>?
  package var from: Located<Instant>?
  package var until: Located<Instant>?
  package var span: SourceSpan

  package init(
    service: ServiceID,
    change: Located<String>,
    scope: Located<String>,
    reason: Located<String>?,
    by: Located<String>?,
    from: Located<Instant>?,
    until: Located<Instant>?,
    span: SourceSpan
  ) {
    self.service = service
    self.change = change
    self.scope = scope
    self.reason = reason
    self.by = by
    self.from = from
    self.until = until
    self.span = span
  }
}

/// An item of an exit list that somebody vouches for.
package struct Signoff: Sendable {
  package var policy: PolicyID
  package var level: Located<String>
  package var item: Located<String>
  package var by: String
  package var on: CalendarDate
  package var span: SourceSpan

  package init(
    policy: PolicyID,
    level: Located<String>,
    item: Located<String>,
    by: String,
    on: CalendarDate,
    span: SourceSpan
  ) {
    self.policy = policy
    self.level = level
    self.item = item
    self.by = by
    self.on = on
    self.span = span
  }
}

extension Policy {
  /// The levels as they rule: what lies between two levels that do not touch belongs to the worse of them.
  ///
  /// A plan that says "above 50%" and "below 50%" leaves exactly 50% to nobody. The gate has to answer there too, and
  /// the strict answer is the safe one.
  package var coveringLevels: [Level] {
    guard let worse = levels.firstIndex(where: { $0.when.value?.comparison.isUpperBound ?? true }),
      let enter = levels[worse].when.value,
      let edge = levels[..<worse].compactMap(\.when.value).min(by: { $0.ratio < $1.ratio })
    else { return levels }
    let touches = enter.ratio > edge.ratio || !(enter.comparison.isStrict && edge.comparison.isStrict)
    if enter.ratio >= edge.ratio, touches { return levels }
    var covering = levels
    covering[worse].when = Located(
      Level.Bound(comparison: edge.comparison.negated, ratio: edge.ratio),
      at: levels[worse].when.span
    )
    return covering
  }
}
