import Incidents
import PlanModel
import RuleReplay

/// Why the two schemes cannot be played together.
private struct TrialError: Error, CustomStringConvertible {
  let description: String
}

/// The rules of both schemes for one incident, ready to be played.
///
/// Both read the same ledgers, which are therefore played once.
struct Trial: Sendable {
  let incident: Incident
  private let history: History
  private let replay: Replay

  private static let schemeLabel = "scheme"

  init(_ incident: Incident) throws {
    self.incident = incident
    history = History(incident)
    let budget = try incident.rules(.budget)
    let classic = try incident.rules(.classic)
    guard budget.recordings == classic.recordings else {
      throw TrialError(description: "\(incident.id): the schemes record different series")
    }
    let alerts =
      budget.alerts(of: .budget, label: Self.schemeLabel)
      + classic.alerts(of: .classic, label: Self.schemeLabel)
    let recordings = budget.recordings.needed(by: alerts)
    let group = RuleGroup(name: "all", interval: .seconds(History.step), rules: recordings + alerts)
    replay = try Replay([group], over: history.series, on: history.grid)
  }

  /// Plays one draw of the history.
  func outcomes(seed: UInt64) throws -> [Outcome] {
    var draws = Draws(
      seed: seed &+ incident.id.utf8.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    )
    let playback = try replay.play(history.values(&draws))
    return Scheme.allCases.map { scheme in
      Outcome(
        incident: incident,
        scheme: scheme,
        pages: notifications(.page, scheme, playback),
        tickets: notifications(.ticket, scheme, playback)
      )
    }
  }

  /// When somebody is notified, in minutes of the incident: alerts of one name are one group, as in the generated
  /// Alertmanager configuration, and a group notifies when its first alert fires.
  private func notifications(_ urgency: AlertUrgency, _ scheme: Scheme, _ playback: Playback) -> [Notification] {
    let alerts = playback.alerts.filter { alert in
      alert.labels[AlertLabel.urgency] == urgency.rawValue && alert.labels[Self.schemeLabel] == scheme.rawValue
    }
    let groups = Dictionary(grouping: alerts) { $0.labels["alertname"] }
    return groups.flatMap { name, alerts -> [Notification] in
      let spans = alerts.flatMap(\.firing).sorted { $0.lowerBound < $1.lowerBound }
      var joined: [Range<Int>] = []
      for span in spans {
        if let last = joined.last, span.lowerBound <= last.upperBound {
          joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, span.upperBound)
        } else {
          joined.append(span)
        }
      }
      return joined.map {
        Notification(alert: name, start: history.minute($0.lowerBound), end: history.minute($0.upperBound))
      }
    }.sorted { $0.start < $1.start }
  }
}

/// Alerts of one name that fire without interruption, in minutes of the incident.
struct Notification: Sendable {
  let alert: String
  let start: Double
  let end: Double
}

/// Who was notified in one draw of an incident.
struct Outcome: Sendable {
  let incident: Incident
  let scheme: Scheme
  let pages: [Notification]
  let tickets: [Notification]
}

extension [RuleGroup] {
  fileprivate var recordings: [Rule] {
    flatMap(\.rules).filter { rule in
      switch rule {
      case .recording: true
      case .alert: false
      }
    }
  }

  fileprivate func alerts(of scheme: Scheme, label: String) -> [Rule] {
    flatMap(\.rules).compactMap { rule in
      guard case .alert(var alert) = rule else { return nil }
      alert.labels.append(LabelPair(label, scheme.rawValue))
      return .alert(alert)
    }
  }
}

extension [Rule] {
  /// The recordings that the rules read, and those that these read.
  fileprivate func needed(by readers: [Rule]) -> [Rule] {
    var names = Set(readers.flatMap(\.metrics))
    while true {
      let needed = filter { names.contains($0.recordName) }
      let more = names.union(needed.flatMap(\.metrics))
      if more == names { return needed }
      names = more
    }
  }
}

extension Rule {
  fileprivate var recordName: String {
    switch self {
    case .recording(let rule): rule.record
    case .alert: ""
    }
  }

  fileprivate var metrics: [String] {
    let expression =
      switch self {
      case .recording(let rule): rule.expression
      case .alert(let rule): rule.expression
      }
    return expression.selectorUses.compactMap(\.selector.metricName)
  }
}
