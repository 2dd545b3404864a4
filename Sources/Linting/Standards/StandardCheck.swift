import Diagnostics
import PromQL
import SpecCatalog

/// Holds a catalog to something that its organisation asks of every spec.
struct StandardCheck {
  private let standard: Standard
  private let catalog: Catalog

  init(_ standard: Standard, _ catalog: Catalog) {
    self.standard = standard
    self.catalog = catalog
  }

  var findings: [Finding] {
    switch standard.demand {
    case .serviceLabels(let demands):
      services.flatMap { service in
        labelFindings(demands, "service '\(service.name.value)'", service.labels, at: service.name.span)
      }
    case .objectiveLabels(let demands):
      objectives.flatMap { objective in
        labelFindings(demands, "objective '\(name(objective))'", objective.labels, at: objective.name.span)
      }
    case .windows(let windows): objectives.compactMap { windowFinding($0, windows.map(\.value.description)) }
    case .minimumTarget(let minimum):
      objectives.compactMap { objective in
        guard objective.isBoundByTarget, objective.target.value.ratio < minimum.value else { return nil }
        return finding(
          "target \(objective.target.value) of '\(name(objective))' is below \(minimum.value)",
          at: objective.target.span
        )
      }
    case .names(let demands): demands.flatMap(nameFindings)
    case .channels(let demand): channelFindings(demand)
    }
  }

  // MARK: What is meant

  private func includes(_ service: ServiceID) -> Bool {
    standard.tiers.isEmpty || catalog[service].tier.map { standard.tiers.contains($0.value) } ?? false
  }

  private var services: [Service] {
    catalog.services.indices.filter { includes(ServiceID($0)) }.map { catalog.services[$0] }
  }

  private var objectives: [Objective] { catalog.objectives.filter { includes($0.service) } }

  private func name(_ objective: Objective) -> String { objective.spokenName(in: catalog) }

  private func finding(_ message: String, at span: SourceSpan, notes: [DiagnosticNote] = []) -> Finding {
    Finding(
      "\(message): \(standard.message)",
      at: span,
      notes: notes + [DiagnosticNote("the standard '\(standard.name.value)'", at: standard.name.span)]
    )
  }

  // MARK: Labels, windows, names

  private func labelFindings(
    _ demands: [LabelDemand],
    _ owner: String,
    _ labels: [NamedValue],
    at span: SourceSpan
  ) -> [Finding] {
    demands.compactMap { demand in
      guard let label = labels.last(where: { $0.name.value == demand.name.value }) else {
        return finding("\(owner) has no label '\(demand.name.value)'", at: span)
      }
      if demand.values.contains(where: { $0.value.matches(label.value.value) }) { return nil }
      return finding(
        "label '\(demand.name.value)' of \(owner) is '\(label.value.value)', not \(demand.values.alternatives)",
        at: label.value.span
      )
    }
  }

  private func windowFinding(_ objective: Objective, _ permitted: [String]) -> Finding? {
    switch objective.measure {
    case .attested: return nil
    case .share, .percentile, .value: break
    }
    let window = objective.window.value.description
    if permitted.contains(window) { return nil }
    return finding(
      "window '\(window)' of '\(name(objective))' is not \(permitted.quotedAlternatives)",
      at: objective.window.span
    )
  }

  private func nameFindings(_ demand: NameDemand) -> [Finding] {
    let (kind, names): (String, [Located<String>]) =
      switch demand.kind {
      case .services: ("service", services.map(\.name))
      case .journeys: ("journey", catalog.journeys.filter { includes($0.service) }.map(\.name))
      case .objectives: ("objective", objectives.map(\.name))
      case .indicators: ("indicator", catalog.indicators.filter { includes($0.service) }.map(\.name))
      }
    return names.compactMap { name in
      if demand.patterns.contains(where: { $0.value.matches(name.value) }) { return nil }
      return finding("the name of \(kind) '\(name.value)' is not like \(demand.patterns.alternatives)", at: name.span)
    }
  }

  // MARK: Channels

  private func channelFindings(_ demand: ChannelDemand) -> [Finding] {
    let severities = Set(demand.severities.map(\.value))
    if severities.isEmpty {
      return catalog.channels.filter { includes($0.service) && !demand.permits($0) }.map { channel in
        finding("channel '\(channel.name.value)' is \(demand.alternatives(to: channel))", at: channel.name.span)
      }
    }
    var seen: Set<ChannelID> = []
    return ChannelUse.all(in: catalog).compactMap { use in
      let channel = catalog[use.channel]
      guard includes(use.service), severities.contains(use.severity), !demand.permits(channel),
        seen.insert(use.channel).inserted
      else { return nil }
      return finding(
        "channel '\(channel.name.value)' is told of \(use.severity) and is \(demand.alternatives(to: channel))",
        at: channel.name.span,
        notes: [DiagnosticNote("\(use.severity) is told here", at: use.span)]
      )
    }
  }
}

extension Standard {
  /// The page of a standard, as far as it has one: what the organisation says.
  package var descriptor: DiagnosticDescriptor {
    DiagnosticDescriptor(
      code: name.value,
      name: "standard",
      severity: severity,
      summary: message,
      rationale: "A standard of the organisation, from the settings of the workspace.",
      flagged: "",
      accepted: "",
      source: "'standards' in the settings of the workspace, or in what they extend."
    )
  }
}

extension Objective {
  /// Whether the target says how good the service is, and not only which percentile is looked at.
  fileprivate var isBoundByTarget: Bool {
    switch measure {
    case .share, .value: true
    case .percentile, .attested: false
    }
  }
}

extension [Located<TextPattern>] {
  fileprivate var alternatives: String { map(\.value.text).quotedAlternatives }
}

extension [String] {
  /// `'a', 'b' or 'c'`.
  var quotedAlternatives: String {
    guard let last, count > 1 else { return first.map { "'\($0)'" } ?? "" }
    return "\(dropLast().map { "'\($0)'" }.joined(separator: ", ")) or '\(last)'"
  }
}
