import Diagnostics
import Quantities
import SpecCatalog

struct ChannelWithoutSecretFile: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO705",
    name: "channel-without-secret-file",
    severity: .error,
    summary: "Secrets of channels are files, never text in a spec.",
    rationale: """
      A spec is read by everybody and kept for ever in the history of its repository. Whoever has the key of a channel \
      can page the team, or keep it from being paged. An address that holds a token or a password is such a key.
      """,
    flagged: """
      notify:
        on-call:
          pagerduty: { routing-key: «3f8e1c5d70» }
      """,
    accepted: """
      notify:
        on-call:
          pagerduty: { routing-key-file: /etc/alertmanager/pagerduty }
      """,
    source: "Prometheus Alertmanager documentation: routing_key_file, api_url_file and url_file."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.channels.compactMap { channel in
      channel.writtenSecret.map {
        Finding(
          "a secret of channel '\(channel.name.value)' is written into the spec",
          at: $0,
          fix: DiagnosticFix("\(channel.kind.wayOut), and replace the key that is known now", safety: .unsafe)
        )
      }
    }
  }
}

extension Channel.Kind {
  fileprivate var wayOut: String {
    switch self {
    case .pagerDuty: "write it to a file and name that with 'routing-key-file'"
    case .slack: "write it to a file and name that with 'api-url-file'"
    case .opsgenie: "write it to a file and name that with 'api-key-file'"
    case .webhook, .webhookFile: "write the address to a file and name that with 'url-file'"
    case .email, .log: "write it to a file"
    }
  }
}
