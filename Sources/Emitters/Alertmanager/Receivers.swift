import PlanModel
import StructuredText

extension ReceiverPlan.Integration {
  /// Whether people carry it at night; those do not wait for a group to fill up.
  var wakesSomebody: Bool {
    switch self {
    case .pagerDuty, .opsgenie: true
    case .slack, .email, .webhook, .webhookFile, .log: false
    }
  }

  /// The key of a receiver's list for this kind of channel, and its only entry; nil where nobody is told.
  fileprivate var configuration: (key: String, entry: YAMLValue)? {
    switch self {
    case .pagerDuty(let routingKeyFile):
      (
        "pagerduty_configs",
        ["send_resolved": true, "routing_key_file": .string(routingKeyFile), "description": .string(Template.headline)]
      )
    case .slack(let channel, let apiURLFile):
      (
        "slack_configs",
        [
          "send_resolved": true,
          "api_url_file": .string(apiURLFile),
          "channel": .string(channel),
          "title": .string(Template.titleWithStatus),
          "text": .string(Template.body),
        ]
      )
    case .email(let to):
      ("email_configs", ["send_resolved": true, "to": .string(to)])
    case .opsgenie(let apiKeyFile):
      (
        "opsgenie_configs",
        ["send_resolved": true, "api_key_file": .string(apiKeyFile), "message": .string(Template.headline)]
      )
    case .webhook(let url):
      ("webhook_configs", ["send_resolved": true, "url": .string(url)])
    case .webhookFile(let path):
      ("webhook_configs", ["send_resolved": true, "url_file": .string(path)])
    case .log:
      nil
    }
  }
}

extension ReceiverPlan {
  var yaml: YAMLValue {
    let configuration = integration.configuration
    var members = [YAMLMember("name", .string(name))]
    if let configuration { members.append(YAMLMember(configuration.key, [configuration.entry])) }
    let receiver = YAMLValue.mapping(members)
    return title.map { .commented($0, receiver) } ?? receiver
  }
}

/// What a message says: the annotations of the alerts, in Alertmanager's templates.
private enum Template {
  static let headline = "{{ with .CommonAnnotations.summary }}{{ . }}{{ else }}{{ .CommonLabels.alertname }}{{ end }}"

  static let titleWithStatus = "[{{ .Status | toUpper }}] \(headline)"

  static let body = """
    {{ range .Alerts }}{{ .Annotations.description }}
    {{ with .Annotations.runbook_url }}Runbook: {{ . }}
    {{ end }}{{ with .Annotations.dashboard_url }}Dashboard: {{ . }}
    {{ end }}{{ end }}
    """
}
