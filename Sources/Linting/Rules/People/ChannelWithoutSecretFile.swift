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
      can page the team, or keep it from being paged.
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
        Finding("a secret of channel '\(channel.name.value)' is written into the spec", at: $0)
      }
    }
  }
}
