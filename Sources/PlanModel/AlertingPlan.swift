import Quantities

/// Who is told, and when nobody is: the Alertmanager's side of a workspace.
package struct AlertingPlan: Sendable {
  package var receivers: [ReceiverPlan]
  package var mutes: [MutePlan]

  package init(receivers: [ReceiverPlan], mutes: [MutePlan]) {
    self.receivers = receivers
    self.mutes = mutes
  }
}

/// A channel; alerts name theirs in the label `notify`, several joined by commas.
package struct ReceiverPlan: Sendable, Hashable {
  /// `service/channel`, unique in the workspace.
  package var name: String
  package var title: String?
  package var integration: Integration

  package init(name: String, title: String?, integration: Integration) {
    self.name = name
    self.title = title
    self.integration = integration
  }

  package enum Integration: Sendable, Hashable {
    case pagerDuty(routingKeyFile: String)
    case slack(channel: String, apiURLFile: String)
    case email(to: String)
    case opsgenie(apiKeyFile: String)
    case webhook(url: String)
    case webhookFile(path: String)
    /// Recorded by Alertmanager and sent to nobody.
    case log
  }
}

/// A stretch of planned work in which the alerts of a service are not sent.
package struct MutePlan: Sendable, Hashable {
  /// `service/maintenance`.
  package var name: String
  package var service: String
  package var windows: [MaintenanceWindow]

  package init(name: String, service: String, windows: [MaintenanceWindow]) {
    self.name = name
    self.service = service
    self.windows = windows
  }
}

package enum Weekday: String, Sendable, CaseIterable {
  case monday, tuesday, wednesday, thursday, friday, saturday, sunday
}

package enum MaintenanceWindow: Sendable, Hashable {
  case once(start: Instant, duration: TimeSpan)
  /// `minute` of the day at which it starts, in the named zone.
  case weekly(Weekday, minute: Int, duration: TimeSpan, zone: String)
  case daily(minute: Int, duration: TimeSpan, zone: String)
}
