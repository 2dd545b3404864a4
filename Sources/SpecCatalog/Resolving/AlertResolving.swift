import Diagnostics
import Quantities
import SpecSyntax

extension Resolution {
  mutating func resolveChannelsAndSeverities(of document: SpecDocument, in service: ServiceID) {
    for spec in document.severities {
      guard declare(.severity, spec.name, index: catalog.severities.count, in: service) else { continue }
      catalog.severities.append(
        IncidentSeverity(
          service: service,
          name: spec.name,
          title: spec.title?.value,
          impact: spec.impact?.value,
          example: spec.example?.value,
          respond: spec.respond,
          resolve: spec.resolve,
          update: spec.update,
          // Who has to answer within half an hour cannot be asleep.
          pages: spec.pages?.value ?? spec.respond.map { $0.value <= .minutes(30) } ?? false,
          span: spec.span
        )
      )
    }
    for spec in document.channels {
      guard declare(.channel, spec.name, index: catalog.channels.count, in: service) else { continue }
      let (kind, secret) = Channel.kind(of: spec.kind.value)
      catalog.channels.append(
        Channel(
          service: service,
          name: spec.name,
          title: spec.title?.value,
          kind: kind,
          writtenSecret: secret,
          span: spec.span
        )
      )
    }
  }

  mutating func resolveAlerts(of document: SpecDocument, in service: ServiceID) {
    for spec in document.alerts {
      guard declare(.alert, spec.name, index: catalog.alerts.count, in: service) else { continue }
      let severity = find(.severity, spec.severity, from: service, as: SeverityID.self)
      let channels = spec.notify.compactMap { find(.channel, $0, from: service, as: ChannelID.self) }
      catalog.alerts.append(
        AlertPolicy(
          service: service,
          name: spec.name,
          origin: .alerts,
          title: spec.title?.value,
          meaning: spec.meaning?.value,
          when: spec.when.compactMap { condition($0, in: service) },
          severity: severity,
          channels: channels,
          steps: spec.steps.map(\.value),
          runbook: spec.runbook?.value ?? catalog[service].runbook,
          labels: catalog[service].labels + spec.labels.map(\.namedValue),
          span: spec.span
        )
      )
    }
    guard let capacity = document.capacity else { return }
    resolveScaling(capacity.scaleUp, .scaleUp, prefix: "ScaleUp", in: service)
    resolveScaling(capacity.scaleDown, .scaleDown, prefix: "ScaleDown", in: service)
  }

  private mutating func resolveScaling(
    _ specs: [Named<ScalingSpec>],
    _ origin: AlertPolicy.Origin,
    prefix: String,
    in service: ServiceID
  ) {
    for spec in specs {
      let words = spec.name.value.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }
      let alert = Located(prefix + words.joined(), at: spec.name.span)
      guard declare(.alert, alert, index: catalog.alerts.count, in: service) else { continue }
      catalog.alerts.append(
        AlertPolicy(
          service: service,
          name: alert,
          origin: origin,
          title: nil,
          meaning: nil,
          when: spec.when.compactMap { condition($0, in: service) },
          severity: spec.severity.flatMap { find(.severity, $0, from: service, as: SeverityID.self) },
          channels: spec.notify.compactMap { find(.channel, $0, from: service, as: ChannelID.self) },
          steps: [],
          runbook: catalog[service].runbook,
          labels: catalog[service].labels,
          span: spec.span
        )
      )
    }
  }
}

extension Channel {
  /// Where the channel leads, and the place of a secret that its author wrote into the spec.
  fileprivate static func kind(of spec: ChannelSpec.Kind) -> (Kind, SourceSpan?) {
    switch spec {
    case .pagerDuty(let key): (.pagerDuty(routingKeyFile: key.path), key.writtenSpan)
    case .slack(let channel, let url):
      (.slack(channel: channel.value, apiURLFile: url?.path), url?.writtenSpan)
    case .email(let addresses): (.email(to: addresses.map(\.value).joined(separator: ", ")), nil)
    case .opsgenie(let key): (.opsgenie(apiKeyFile: key.path), key.writtenSpan)
    case .webhook(.url(let url)): (.webhook(url: url.value), AddressSecret.isIn(url.value) ? url.span : nil)
    case .webhook(.file(let path)): (.webhookFile(path.value), nil)
    case .log: (.log, nil)
    }
  }
}

extension SecretSpec {
  fileprivate var path: String {
    switch self {
    case .file(let path): path.value
    // A secret in a spec is an error of its own; it is never copied into an artifact.
    case .written: "/dev/null"
    }
  }

  fileprivate var writtenSpan: SourceSpan? {
    switch self {
    case .file: nil
    case .written(let secret): secret.span
    }
  }
}
