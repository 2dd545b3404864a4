import PlanModel
import Quantities
import SpecCatalog

/// Channels as receivers, planned work as mute times.
struct AlertingLowering {
  let index: CatalogIndex

  /// Where the address of a Slack hook is read from if its channel does not say.
  static let slackAddressFile = "/etc/alertmanager/slack-url"

  func plan() -> AlertingPlan {
    AlertingPlan(
      receivers: index.catalog.channels.indices.map { receiver(ChannelID($0)) },
      mutes: index.catalog.exclusions.compactMap(mute)
    )
  }

  private func receiver(_ id: ChannelID) -> ReceiverPlan {
    let channel = index.catalog[id]
    return ReceiverPlan(name: index.name(of: id), title: channel.title, integration: channel.kind.integration)
  }

  /// Work without windows mutes nothing: nobody knows beforehand when it is.
  private func mute(_ exclusion: Exclusion) -> MutePlan? {
    let windows = ExclusionText(index: index).windows(of: exclusion)
    if windows.isEmpty { return nil }
    let service = index.name(of: exclusion.service)
    return MutePlan(
      name: "\(service)/\(exclusion.name.value)",
      service: service,
      windows: windows.map(\.lowered)
    )
  }
}

extension Channel.Kind {
  fileprivate var integration: ReceiverPlan.Integration {
    switch self {
    case .pagerDuty(let file): .pagerDuty(routingKeyFile: file)
    case .slack(let channel, let file):
      .slack(channel: channel, apiURLFile: file ?? AlertingLowering.slackAddressFile)
    case .email(let to): .email(to: to)
    case .opsgenie(let file): .opsgenie(apiKeyFile: file)
    case .webhook(let url): .webhook(url: url)
    case .webhookFile(let path): .webhookFile(path: path)
    case .log: .log
    }
  }
}

extension RecurringWindow {
  fileprivate var lowered: MaintenanceWindow {
    switch self {
    case .once(let start, let duration): .once(start: start, duration: duration)
    case .weekly(let day, let time, let duration, let zone):
      .weekly(day.lowered, minute: time.minuteOfDay, duration: duration, zone: zone)
    case .daily(let time, let duration, let zone): .daily(minute: time.minuteOfDay, duration: duration, zone: zone)
    }
  }
}

extension TimeOfDay {
  fileprivate var minuteOfDay: Int { hour * 60 + minute }
}

extension SpecCatalog.Weekday {
  fileprivate var lowered: PlanModel.Weekday {
    switch self {
    case .monday: .monday
    case .tuesday: .tuesday
    case .wednesday: .wednesday
    case .thursday: .thursday
    case .friday: .friday
    case .saturday: .saturday
    case .sunday: .sunday
    }
  }
}
