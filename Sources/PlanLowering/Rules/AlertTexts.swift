import PlanModel
import PromQL
import Quantities
import SpecCatalog

/// Text that Prometheus expands as a template when an alert fires.
struct AlertTemplate: Sendable {
  private(set) var text = ""

  /// Text as it stands, whatever it looks like.
  mutating func append(literal: String) {
    guard literal.utf8.contains(UInt8(ascii: "{")) else {
      text.append(literal)
      return
    }
    for piece in literal.utf8.split(separator: UInt8(ascii: "{"), omittingEmptySubsequences: false) {
      if piece.startIndex > literal.startIndex { text.append("{{ \"{\" }}") }
      text.append(contentsOf: Substring(piece))
    }
  }

  /// An action, such as `$value | humanizePercentage`.
  mutating func append(action: String) {
    text.append("{{ \(action) }}")
  }

  /// The value of a query for the labels of the alert, shown by a function of templates between two pieces of text; nothing
  /// of all where it yields nothing.
  mutating func append(
    query: PromQLExpression,
    splitBy: [String],
    as function: String,
    between text: (String, String)
  ) {
    append(action: "range query \(Self.quoted(query.description))")
    for label in splitBy { append(action: "if eq .Labels.\(label) $labels.\(label)") }
    append(literal: text.0)
    append(action: ".Value | \(function)")
    append(literal: text.1)
    for _ in splitBy { append(action: "end") }
    append(action: "end")
  }

  /// A string of the template language.
  private static func quoted(_ text: String) -> String {
    let (quote, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
    var quoted: [UInt8] = [quote]
    // All that is escaped is ASCII, and no byte of a longer code point is.
    for byte in text.utf8 {
      switch byte {
      case quote, backslash: quoted += [backslash, byte]
      case UInt8(ascii: "\n"): quoted += [backslash, UInt8(ascii: "n")]
      default: quoted.append(byte)
      }
    }
    quoted.append(quote)
    return String(decoding: quoted, as: UTF8.self)
  }
}

/// What alerts link to, and who they go to.
struct AlertDirectory: Sendable {
  let index: RuleIndex

  var catalog: Catalog { index.catalog }
  var labelNames: LabelNames { index.labelNames }

  func severityLabel(_ severity: SeverityID?, otherwise urgency: AlertUrgency?) -> [LabelPair] {
    guard let name = severity.map({ catalog[$0].name.value }) ?? urgency?.rawValue else { return [] }
    return [LabelPair(labelNames.severity, name)]
  }

  /// The channels by their full names, joined by commas; no label where there are none.
  func notifyLabel(_ channels: [ChannelID]) -> [LabelPair] {
    if channels.isEmpty { return [] }
    let names = channels.map { id in
      let channel = catalog[id]
      return "\(catalog[channel.service].name.value)/\(channel.name.value)"
    }
    return [LabelPair(AlertLabel.notify, names.joined(separator: ","))]
  }

  func ownerLabel(_ owner: String?) -> [LabelPair] {
    owner.map { [LabelPair(labelNames.owner, $0)] } ?? []
  }

  func owner(of objective: Objective) -> String? {
    objective.owner ?? objective.journey.flatMap { catalog[$0].owner } ?? catalog[objective.service].owner?.value
  }

  /// The end of a description: whose the objective is.
  func ownership(of objective: Objective) -> String {
    owner(of: objective).map { " Owned by \($0)." } ?? ""
  }

  /// The runbook given, or the service's, and the first of the service's dashboards that has a path.
  func links(runbook: String?, of service: ServiceID) -> [LabelPair] {
    let runbook = (runbook ?? catalog[service].runbook).map { Self.address($0, below: catalog.settings.runbooksURL) }
    let dashboard = index.dashboardPath(of: service).flatMap { path in
      catalog.settings.dashboardsURL.map { Self.address(path, below: $0) }
    }
    return [(AlertAnnotation.runbook, runbook), (AlertAnnotation.dashboard, dashboard)].compactMap { name, address in
      address.map { address in
        var template = AlertTemplate()
        template.append(literal: address)
        return LabelPair(name, template.text)
      }
    }
  }

  /// A path without a scheme stands below the base.
  private static func address(_ written: String, below base: String?) -> String {
    guard let base, !written.contains("://") else { return written }
    let trimmed = base.hasSuffix("/") ? String(base.dropLast()) : base
    return written.hasPrefix("/") ? "\(trimmed)\(written)" : "\(trimmed)/\(written)"
  }
}
