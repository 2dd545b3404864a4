import Diagnostics
import Quantities
import SpecCatalog
import SpecSyntax
import StructuredText

/// Every value that holds for one objective, and where it comes from.
package struct ObjectiveExplanation: Sendable {
  /// An objective that no workspace has, or that its errors keep from being known.
  package struct UnknownObjective: Error, Sendable, Hashable, CustomStringConvertible {
    package let name: String
    package let nearest: String?

    package var description: String {
      "no objective '\(name)'\(nearest.map { "; did you mean '\($0)'?" } ?? "")"
    }
  }

  /// Why a value is what it is.
  package enum Origin: Sendable, Hashable {
    case spec(SourceSpan)
    /// From something around the objective: its journey, its service, the workspace.
    case inherited(SourceSpan, from: String)
    case derived(from: String)
    case `default`
  }

  package struct Value: Sendable, Hashable {
    package let name: String
    package let text: String
    package let origin: Origin
  }

  package let objective: String
  package let values: [Value]
  private let files: [SourceFile]

  /// By its full name, `service/journey/objective` or `service/objective`.
  package static func find(
    _ name: String,
    in analyses: [Analysis]
  ) throws(UnknownObjective) -> ObjectiveExplanation {
    for analysis in analyses {
      if let objective = analysis.catalog.objectives.first(where: { $0.fullName == name }) {
        return ObjectiveExplanation(objective, in: analysis)
      }
    }
    let known = analyses.flatMap(\.catalog.objectives).map(\.fullName)
    throw UnknownObjective(name: name, nearest: nearestSpelling(to: name, among: known))
  }

  private init(_ objective: Objective, in analysis: Analysis) {
    self.objective = objective.fullName
    files = analysis.workspace.files
    let stated = StatedValues(of: objective, in: analysis)
    values = Self.measured(objective, in: analysis.catalog) + stated.values
  }

  /// What the expression says, and what follows from it.
  private static func measured(_ objective: Objective, in catalog: Catalog) -> [Value] {
    let budget = objective.target.value.errorBudget
    let window = objective.window
    var values = [
      Value(name: "objective", text: objective.expression.value, origin: .spec(objective.expression.span)),
      Value(
        name: "indicator",
        text: catalog[objective.indicator].name.value,
        origin: .spec(catalog[objective.indicator].name.span)
      ),
    ]
    if let percentile = objective.percentile, let bound = objective.bound {
      values.append(Value(name: "bound", text: "\(percentile) of \(bound.value.text)", origin: .spec(bound.span)))
    } else if let bound = objective.bound {
      values.append(Value(name: "bound", text: bound.value.text, origin: .spec(bound.span)))
    }
    values.append(Value(name: "target", text: "\(objective.target.value)", origin: .spec(objective.target.span)))
    values.append(Value(name: "error budget", text: "\(budget.share)", origin: .derived(from: "the target")))
    switch objective.measure {
    case .attested: break
    case .share, .percentile, .value:
      values.append(Value(name: "window", text: "\(window.value)", origin: .spec(window.span)))
      values.append(
        Value(
          name: "full outage",
          text: "\(budget.time(in: window.value.nominalLength))",
          origin: .derived(from: "the budget and the window")
        )
      )
    }
    return values
      + objective.splitBy.map { Value(name: "one budget for each", text: $0.value, origin: .spec($0.span)) }
  }
}

// MARK: - Values that may be inherited

/// What the objective, its journey, its service and the workspace say, the nearest first.
private struct StatedValues {
  private let objective: ObjectiveSpec?
  private let journey: Named<JourneySpec>?
  private let facts: [ServiceSpec]
  private let settings: [WorkspaceSettingsSpec]

  init(of objective: Objective, in analysis: Analysis) {
    let service = analysis.catalog[objective.service].name.value
    let documents = analysis.specs.flatMap(\.documents).filter { $0.service?.value == service }
    let journeys = documents.flatMap(\.journeys)
    let entries = documents.flatMap(\.objectives) + journeys.flatMap(\.value.objectives)
    self.objective = entries.first { $0.span == objective.span }?.value
    journey = objective.journey.flatMap { id in
      journeys.first { $0.name == analysis.catalog[id].name }
    }
    facts = documents.map(\.facts)
    settings = analysis.settings
  }

  var values: [ObjectiveExplanation.Value] {
    [
      text("title", objective?.title, or: "the name"),
      value("owner", own: objective?.owner, journey: journey?.value.owner, service: \.owner, or: "nobody") { $0 },
      value(
        "policy",
        own: objective?.policy,
        journey: journey?.value.policy,
        service: \.policy,
        workspace: settings.lazy.compactMap(\.policy).first,
        or: "none"
      ) { $0.text },
      value("traffic", own: objective?.traffic, journey: journey?.value.traffic, service: \.traffic, or: "not stated") {
        "\($0)"
      },
      value("runbook", own: objective?.runbook, journey: journey?.value.runbook, service: \.runbook, or: "none") { $0 },
    ] + alerting + labels
  }

  private var alerting: [ObjectiveExplanation.Value] {
    let service = first(\.burnAlerts)
    func part(_ name: String, _ path: (BurnAlertsSpec) -> Located<String>?, or fallback: String)
      -> ObjectiveExplanation.Value
    {
      let own = objective?.alerts.flatMap { path($0.value) }
      return value(name, own: own, journey: nil, service: { _ in service.flatMap { path($0.value) } }, or: fallback) {
        $0
      }
    }
    return [
      part("alerts", { $0.scheme?.map(\.rawValue) }, or: BurnAlertsSpec.Scheme.budget.rawValue),
      part("page severity", { $0.page?.severity }, or: "page"),
      part("page goes to", { $0.page.flatMap(Self.channels) }, or: "nobody"),
      part("ticket severity", { $0.ticket?.severity }, or: "ticket"),
      part("ticket goes to", { $0.ticket.flatMap(Self.channels) }, or: "nobody"),
    ]
  }

  private static func channels(of route: AlertRouteSpec) -> Located<String>? {
    guard let first = route.notify.first, let last = route.notify.last else { return nil }
    return Located(route.notify.map(\.value).joined(separator: ", "), at: first.span.through(last.span))
  }

  /// The nearest statement of each label.
  private var labels: [ObjectiveExplanation.Value] {
    var seen: Set<String> = []
    var values: [ObjectiveExplanation.Value] = []
    func add(_ labels: [SpecSyntax.NamedText], _ origin: (SourceSpan) -> ObjectiveExplanation.Origin) {
      for label in labels where seen.insert(label.name.value).inserted {
        values.append(.init(name: "label \(label.name.value)", text: label.value.value, origin: origin(label.span)))
      }
    }
    add(objective?.labels ?? []) { .spec($0) }
    add(journey?.value.labels ?? []) { .inherited($0, from: journeyName) }
    add(facts.flatMap(\.labels)) { .inherited($0, from: "the service") }
    return values
  }

  private var journeyName: String { "journey '\(journey?.name.value ?? "")'" }

  private func first<Fact>(_ path: (ServiceSpec) -> Fact?) -> Fact? { facts.lazy.compactMap(path).first }

  private func text(_ name: String, _ own: Located<String>?, or fallback: String) -> ObjectiveExplanation.Value {
    value(name, own: own, journey: nil, service: { _ in nil }, or: fallback) { $0 }
  }

  private func value<Fact>(
    _ name: String,
    own: Located<Fact>?,
    journey: Located<Fact>?,
    service: (ServiceSpec) -> Located<Fact>?,
    workspace: Located<Fact>? = nil,
    or fallback: String,
    text: (Fact) -> String
  ) -> ObjectiveExplanation.Value {
    if let own { return .init(name: name, text: text(own.value), origin: .spec(own.span)) }
    if let journey {
      return .init(name: name, text: text(journey.value), origin: .inherited(journey.span, from: journeyName))
    }
    if let fact = first(service) {
      return .init(name: name, text: text(fact.value), origin: .inherited(fact.span, from: "the service"))
    }
    if let workspace {
      return .init(name: name, text: text(workspace.value), origin: .inherited(workspace.span, from: "the workspace"))
    }
    return .init(name: name, text: fallback, origin: .default)
  }
}

extension PolicyChoiceSpec {
  fileprivate var text: String {
    switch self {
    case .none: "none"
    case .named(let name): name
    }
  }
}

// MARK: - Text

extension ObjectiveExplanation {
  /// The full name, then a line for each value: what it is called, what it is, and where that stands.
  package var text: String {
    let cells = values.map { [VisibleText.of($0.name), VisibleText.of($0.text), VisibleText.of(place(of: $0.origin))] }
    let widths = (0..<2).map { column in cells.map { TerminalWidth.columns(of: $0[column]) }.max() ?? 0 }
    var writer = TextWriter()
    writer.write(VisibleText.of(objective))
    writer.newLine()
    for row in cells {
      for (cell, width) in zip(row, widths) {
        writer.write("  ")
        writer.write(cell)
        writer.write(spaces: width - TerminalWidth.columns(of: cell))
      }
      writer.write("  ")
      writer.write(row[2])
      writer.newLine()
    }
    return writer.text
  }

  private func place(of origin: Origin) -> String {
    switch origin {
    case .spec(let span): place(of: span)
    case .inherited(let span, let source): "\(place(of: span)), of \(source)"
    case .derived(let source): "follows from \(source)"
    case .default: "by default"
    }
  }

  private func place(of span: SourceSpan) -> String {
    guard let file = files.first(where: { $0.id == span.file }) else {
      preconditionFailure("a value stands in one of the files that were read")
    }
    let position = LineTable(file).position(of: Int(span.start))
    return "\(file.path):\(position.line):\(position.column)"
  }
}
