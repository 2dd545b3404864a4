import Emitters
import PlanModel
import Quantities

extension PlanItem {
  /// Everything that a workspace has beside its services.
  package static func items(of workspace: WorkspacePlan, named name: String) -> [PlanItem] {
    [PlanItem(workspace, named: name)] + workspace.policies.map(PlanItem.init)
      + numbered(workspace.freezes.map(PlanItem.init))
      + numbered(workspace.overrides.map(PlanItem.init)) + numbered(workspace.signoffs.map(PlanItem.init))
      + workspace.alerting.receivers.map(PlanItem.init) + workspace.alerting.mutes.map(PlanItem.init)
  }

  /// Things that have no names of their own are told from others of the same name by counting them.
  private static func numbered(_ items: [PlanItem]) -> [PlanItem] {
    var seen: [String: Int] = [:]
    return items.map { item in
      let count = seen[item.name, default: 0] + 1
      seen[item.name] = count
      return count == 1 ? item : PlanItem(item.kind, "\(item.name) (\(count))", item.facts)
    }
  }

  private init(_ workspace: WorkspacePlan, named name: String) {
    let labels = workspace.labelNames
    self.init(
      .workspace,
      name.isEmpty ? "specs" : name,
      [
        Fact("title", workspace.title),
        Fact("outputs", Self.list(workspace.outputs.map(\.rawValue).sorted())),
        Fact("format", workspace.format.rawValue),
        Fact("interval", "\(workspace.interval)"),
        Fact("dashboards", workspace.dashboardsURL),
        Fact(
          "labels",
          Self.list([labels.slo, labels.service, labels.journey, labels.objective, labels.owner, labels.severity])
        ),
      ],
      Parts("groups", workspace.groups.map { ($0.name, $0) })
    )
  }

  private init(_ policy: PolicyPlan) {
    self.init(
      .policy,
      policy.name,
      [
        Fact("title", policy.title),
        Fact("change classes", Self.list(policy.changes)),
        Fact("levels", Self.list(policy.levels.map(\.name))),
        Fact("without data", policy.withoutData?.readableText),
      ]
        + policy.levels.flatMap { level in
          [
            Fact("\(level.name) while", level.readableCondition),
            Fact("\(level.name) lets out", level.allowed.isEmpty ? "nothing" : Self.list(level.allowed)),
            Fact("\(level.name) after approval", Self.list(level.approved)),
            Fact("\(level.name) rollout up to", level.rolloutCap?.percentText),
            Fact("\(level.name) actions", Self.list(level.actions)),
            Fact("\(level.name) is left after", Self.list(level.exit)),
            Fact("\(level.name) guidance", level.guidance.joined(separator: "; ")),
          ]
        }
    )
  }

  private init(_ freeze: FreezePlan) {
    self.init(
      .freeze,
      "\(freeze.scope): \(freeze.reason)",
      [
        Fact("when", freeze.windows.map(\.readableText).joined(separator: "; ")),
        Fact("may go out", Self.list(freeze.allowed)),
      ]
    )
  }

  private init(_ override: OverridePlan) {
    self.init(
      .override,
      "\(override.change) of \(override.scope)",
      [
        Fact("reason", override.reason),
        Fact("by", override.by),
        Fact("from", override.from?.description),
        Fact("until", override.until.description),
      ]
    )
  }

  private init(_ signoff: SignoffPlan) {
    self.init(
      .signoff,
      "\(signoff.policy), \(signoff.level): \(signoff.item)",
      [Fact("by", signoff.by), Fact("on", signoff.on.description)]
    )
  }

  private init(_ receiver: ReceiverPlan) {
    self.init(
      .channel,
      receiver.name,
      [Fact("title", receiver.title), Fact("tells", receiver.integration.readableText)]
    )
  }

  private init(_ mute: MutePlan) {
    self.init(
      .maintenance,
      mute.name,
      [Fact("when", mute.windows.map(\.readableText).joined(separator: "; "))]
    )
  }
}

extension LevelPlan {
  fileprivate var readableCondition: String {
    guard let enter else { return "always" }
    let until = leave.map { ", until \($0.readableText)" } ?? ""
    return "remaining \(enter.readableText)\(until)"
  }
}

extension ReceiverPlan.Integration {
  fileprivate var readableText: String {
    switch self {
    case .pagerDuty(let file): "PagerDuty, with the key in \(file)"
    case .slack(let channel, let file): "Slack \(channel), with the address in \(file)"
    case .email(let to): "mail to \(to)"
    case .opsgenie(let file): "Opsgenie, with the key in \(file)"
    case .webhook(let url): url
    case .webhookFile(let path): "the address in \(path)"
    case .log: "nobody"
    }
  }
}

extension MaintenanceWindow {
  fileprivate var readableText: String {
    switch self {
    case .once(let start, let duration): "\(start) for \(duration)"
    case .weekly(let day, let minute, let duration, let zone):
      "every \(day.rawValue) at \(ReadableText.clock(second: minute * 60)) for \(duration), \(zone)"
    case .daily(let minute, let duration, let zone):
      "every day at \(ReadableText.clock(second: minute * 60)) for \(duration), \(zone)"
    }
  }
}
