import PlanModel
import StructuredText

extension Emitter {
  static let alertmanager = Emitter(
    .alertmanager,
    workspace: { plan in
      // Where no channel is named the file still loads and says so: its one receiver tells nobody.
      let alerting = plan.workspace.alerting
      if plan.services.isEmpty && alerting.receivers.isEmpty && alerting.mutes.isEmpty { return [] }
      return [Artifact(path: "alertmanager/alertmanager.yml", AlertmanagerConfiguration(plan).yaml)]
    }
  )
}

/// Routes by channel, with the mute times of planned work and tickets held back while a page says the same.
///
/// An alert names its channels in the label `notify`, joined by commas. Every channel has a route of its own that
/// matches its name in that list and lets the alert go on to the next, so that one alert reaches all of its channels.
struct AlertmanagerConfiguration {
  private let workspace: WorkspacePlan
  /// Mutes that have windows, by their service.
  private let mutes: [String: [MutePlan]]
  /// The services whose alerts a channel may get.
  private let senders: [String: [String]]
  /// The labels that any objective has a budget of its own by.
  private let splitLabels: Set<String>

  init(_ plan: PlanOutline) {
    workspace = plan.workspace
    mutes = Dictionary(grouping: plan.workspace.alerting.mutes.filter { !$0.windows.isEmpty }, by: \.service)
    senders = Self.senders(in: plan.services)
    splitLabels = Set(plan.services.lazy.flatMap(\.objectives).flatMap(\.splitBy))
  }

  var yaml: YAMLValue {
    .commented(
      header,
      .record([
        "global": usesEmail ? Self.mailGlobals : nil,
        "route": route,
        "receivers": .sequence([["name": .string(Self.nobody)]] + workspace.alerting.receivers.map(\.yaml)),
        "inhibit_rules": [inhibition],
        "time_intervals": timeIntervals,
      ])
    )
  }

  /// Takes what no channel asked for, and tells nobody.
  private static let nobody = "nobody"

  private var header: String {
    let text = """
      Written by nines from the specs of the workspace.
      Edit those and compile again: changes made here are lost.
      Secrets are read from the files that are named here; Alertmanager 0.25 or newer reads this configuration.
      """
    return usesURLFile ? "\(text)\nWebhooks with 'url_file' need Alertmanager 0.26 or newer." : text
  }

  private var usesEmail: Bool {
    workspace.alerting.receivers.contains { if case .email = $0.integration { true } else { false } }
  }

  private var usesURLFile: Bool {
    workspace.alerting.receivers.contains { if case .webhookFile = $0.integration { true } else { false } }
  }

  /// A relay on the machine of Alertmanager, which takes mail without encryption or password.
  private static let mailGlobals: YAMLValue = .commented(
    "Mail goes through a relay on Alertmanager's own machine.",
    [
      "smtp_smarthost": "localhost:25",
      "smtp_from": "alertmanager@localhost",
      "smtp_require_tls": false,
    ]
  )

  // MARK: Routes

  private var route: YAMLValue {
    let names = workspace.labelNames
    return [
      "receiver": .string(Self.nobody),
      "group_by": .sequence([names.service, names.slo, "alertname"].map(YAMLValue.string)),
      "group_wait": "30s",
      "group_interval": "5m",
      "repeat_interval": "12h",
      "routes": .sequence(workspace.alerting.receivers.map(route(to:))),
    ]
  }

  private func route(to receiver: ReceiverPlan) -> YAMLValue {
    let wakes = receiver.integration.wakesSomebody
    let muted = mutedRoutes(of: receiver)
    return .record([
      "receiver": .string(receiver.name),
      "matchers": [AlertMatcher.listsWord(AlertLabel.notify, receiver.name).yaml],
      "continue": true,
      // Whoever is woken is woken at once, and again while nothing gets better.
      "group_wait": wakes ? "10s" : nil,
      "repeat_interval": wakes ? "4h" : nil,
      "routes": muted.isEmpty ? nil : .sequence(muted),
    ])
  }

  /// A route below the channel's for each service that sends to it and has planned work.
  private func mutedRoutes(of receiver: ReceiverPlan) -> [YAMLValue] {
    (senders[receiver.name] ?? []).sorted().compactMap { service in
      mutes[service].map { mutes in
        [
          "matchers": [AlertMatcher.equal(workspace.labelNames.service, service).yaml],
          "mute_time_intervals": .sequence(mutes.map { .string($0.name) }),
        ]
      }
    }
  }

  private static func senders(in services: [ServiceOutline]) -> [String: [String]] {
    var senders: [String: [String]] = [:]
    for service in services {
      for channel in service.facts.channels { senders[channel, default: []].append(service.name) }
    }
    return senders
  }

  // MARK: Inhibition and mute times

  /// A page about an objective holds back the tickets about the same budget. The labels that split budgets are
  /// compared too: a page about one value says nothing about another.
  private var inhibition: YAMLValue {
    let slo = workspace.labelNames.slo
    let split = splitLabels.subtracting([slo]).sorted()
    let isBudgetAlert = AlertMatcher.present(slo).yaml
    return [
      "source_matchers": [AlertMatcher.equal(AlertLabel.urgency, AlertUrgency.page.rawValue).yaml, isBudgetAlert],
      "target_matchers": [AlertMatcher.equal(AlertLabel.urgency, AlertUrgency.ticket.rawValue).yaml, isBudgetAlert],
      "equal": .sequence(([slo] + split).map(YAMLValue.string)),
    ]
  }

  private var timeIntervals: YAMLValue? {
    let named = workspace.alerting.mutes.filter { !$0.windows.isEmpty }
    if named.isEmpty { return nil }
    return .sequence(
      named.map { mute in
        [
          "name": .string(mute.name),
          "time_intervals": .sequence(mute.windows.flatMap(MuteTimes.intervals(of:)).map(\.yaml)),
        ]
      }
    )
  }
}
