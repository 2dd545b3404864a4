import Diagnostics
import SpecCatalog

/// A channel that alerts of a severity tell.
struct ChannelUse {
  let channel: ChannelID
  /// By its name.
  let severity: String
  /// Whose alerts they are.
  let service: ServiceID
  let span: SourceSpan

  /// Alerts that were written, then those that objectives generate.
  static func all(in catalog: Catalog) -> [ChannelUse] {
    let written = catalog.alerts.flatMap { alert in
      uses(alert.channels, alert.severity, alert.service, at: alert.name.span, catalog)
    }
    let generated = catalog.objectives.flatMap { objective -> [ChannelUse] in
      switch objective.alerting.scheme {
      case .none: []
      case .budget, .classic:
        [objective.alerting.page, objective.alerting.ticket].flatMap { route in
          uses(route.channels, route.severity, objective.service, at: objective.name.span, catalog)
        }
      }
    }
    return written + generated
  }

  private static func uses(
    _ channels: [ChannelID],
    _ severity: SeverityID?,
    _ service: ServiceID,
    at span: SourceSpan,
    _ catalog: Catalog
  ) -> [ChannelUse] {
    guard let severity else { return [] }
    let name = catalog[severity].name.value
    return channels.map { ChannelUse(channel: $0, severity: name, service: service, span: span) }
  }
}

extension ChannelDemand {
  func permits(_ channel: Channel) -> Bool {
    kinds.contains { $0.value == channel.kind.demandKind } || names.contains { $0.value.matches(channel.name.value) }
  }

  /// `of kind 'slack', not of 'pagerduty', and not like 'on-call-.*'`.
  func alternatives(to channel: Channel) -> String {
    let kind = "of kind '\(channel.kind.demandKind.rawValue)'"
    let others = kinds.isEmpty ? "" : ", not \(kinds.map(\.value.rawValue).quotedAlternatives)"
    let likes = names.isEmpty ? "" : ", and its name is not like \(names.map(\.value.text).quotedAlternatives)"
    return "\(kind)\(others)\(likes)"
  }
}

extension Channel.Kind {
  fileprivate var demandKind: ChannelDemand.Kind {
    switch self {
    case .pagerDuty: .pagerduty
    case .slack: .slack
    case .email: .email
    case .opsgenie: .opsgenie
    case .webhook, .webhookFile: .webhook
    case .log: .log
    }
  }
}
