import Diagnostics
import PromQL
import Quantities

/// What an organisation asks of every spec.
package struct StandardSpec: Sendable {
  package enum Demand: Sendable {
    /// Labels that every service has.
    case serviceLabels([LabelDemandSpec])
    /// Labels that every objective has, its service's among them.
    case objectiveLabels([LabelDemandSpec])
    case windows([Located<TimeWindow>])
    case minimumTarget(Located<Ratio>)
    case names([NameDemandSpec])
    case channels(ChannelDemandSpec)
  }

  package var demand: Demand
  /// What the organisation says to whoever does not meet it.
  package var message: Located<String>
  package var severity: Located<Severity>?
  /// Only services of these tiers are meant; empty is all.
  package var tiers: [Located<Int>] = []

  package init(demand: Demand, message: Located<String>) {
    self.demand = demand
    self.message = message
  }
}

/// A label and the values that it may have: any one of the patterns.
package struct LabelDemandSpec: Sendable {
  package var name: Located<String>
  package var values: [Located<TextPattern>]
}

/// A kind of declaration and the patterns of which its names have to match one.
package struct NameDemandSpec: Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    case services, journeys, objectives, indicators
  }

  package var kind: Kind
  package var patterns: [Located<TextPattern>]
}

/// The channels that may be told.
package struct ChannelDemandSpec: Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    case pagerduty, slack, email, opsgenie, webhook, log
  }

  package var kinds: [Located<Kind>] = []
  package var names: [Located<TextPattern>] = []
  /// Only what alerts of these severities tell is meant; empty is every channel.
  package var severities: [Located<String>] = []
}
