import Diagnostics
import SpecSyntax

/// The names of a workspace: what each stands for, and where it was declared.
struct NameTables {
  struct Declaration {
    var index: Int
    var service: ServiceID
    var span: SourceSpan
  }

  private var services: [String: ServiceID] = [:]
  private var serviceNames: [String] = []
  /// By kind, then by full name.
  private var declarations: [DeclarationKind: [String: Declaration]] = [:]
  /// Bare names by kind and service, for suggestions.
  private var bareNames: [DeclarationKind: [ServiceID: [String]]] = [:]
  private var unread: [ServiceID: [UnreadNames]] = [:]
  private var failed: [DeclarationKind: Set<String>] = [:]
  /// Whose names are being resolved.
  var asker: ServiceID?
  private(set) var references = ServiceReferences()

  mutating func declare(service name: String, as id: ServiceID) {
    services[name] = id
    serviceNames.append(name)
  }

  mutating func service(_ name: String) -> ServiceID? {
    let found = services[name]
    note(nil, of: found)
    return found
  }

  private mutating func note(_ kind: DeclarationKind?, of owner: ServiceID?) {
    if let asker, let owner, owner != asker { references.note(kind, of: owner, from: asker) }
  }

  var allServices: [String] { serviceNames }

  /// Records a name; returns the earlier declaration where the name is taken.
  mutating func declare(
    _ kind: DeclarationKind,
    fullName: String,
    bare: String,
    index: Int,
    at span: SourceSpan,
    in service: ServiceID
  ) -> Declaration? {
    if let earlier = declarations[kind]?[fullName] { return earlier }
    declarations[kind, default: [:]][fullName] = Declaration(index: index, service: service, span: span)
    bareNames[kind, default: [:]][service, default: []].append(bare)
    return nil
  }

  /// For names of the asking service itself, which lead to no other.
  func findOwn(_ kind: DeclarationKind, fullName: String) -> Declaration? { declarations[kind]?[fullName] }

  mutating func find(_ kind: DeclarationKind, fullName: String) -> Declaration? {
    guard let found = declarations[kind]?[fullName] else { return nil }
    note(kind, of: found.service)
    return found
  }

  func names(of kind: DeclarationKind, in service: ServiceID) -> [String] { bareNames[kind]?[service] ?? [] }

  mutating func noteUnread(_ names: UnreadNames, in service: ServiceID) {
    if !names.isEmpty { unread[service, default: []].append(names) }
  }

  /// Remembers a declaration that could be read and not resolved, so that what refers to it stays silent.
  mutating func noteFailed(_ kind: DeclarationKind, fullName: String) {
    failed[kind, default: []].insert(fullName)
  }

  /// Whether a service declares something of a kind whose problems have been reported already.
  func isIncomplete(_ kind: DeclarationKind, in service: ServiceID, called name: String) -> Bool {
    failed[kind]?.contains { $0.hasPrefix("\(name)/") } == true || unread[service]?.contains { $0.hasAny(kind) } == true
  }

  /// Whether a name is declared by something whose problems have been reported already.
  func isReported(_ kind: DeclarationKind, fullName: String, bare: String, in service: ServiceID) -> Bool {
    if failed[kind]?.contains(fullName) == true { return true }
    return unread[service]?.contains { $0.contains(kind, bare) } == true
  }
}

extension Resolution {
  /// Declares a name of a service; false where the name is taken, which is reported.
  mutating func declare(_ kind: DeclarationKind, _ name: Located<String>, index: Int, in service: ServiceID) -> Bool {
    declare(kind, name, fullName: "\(self.name(of: service))/\(name.value)", index: index, in: service)
  }

  mutating func declare(
    _ kind: DeclarationKind,
    _ name: Located<String>,
    fullName: String,
    index: Int,
    in service: ServiceID
  ) -> Bool {
    let bare = String(fullName.dropFirst(self.name(of: service).count + 1))
    guard
      let earlier = names.declare(
        kind,
        fullName: fullName,
        bare: bare,
        index: index,
        at: name.span,
        in: service
      )
    else { return true }
    bag.report(
      .duplicateDefinition,
      "\(kind.noun) '\(bare)' of '\(self.name(of: service))' is defined a second time",
      at: name.span,
      notes: [DiagnosticNote("the first definition is here", at: earlier.span)]
    )
    return false
  }

  /// What a name refers to; a name that refers to nothing is reported with the nearest of its kind.
  mutating func find<Declaration>(
    _ kind: DeclarationKind,
    _ reference: Located<String>,
    from service: ServiceID,
    as: CatalogID<Declaration>.Type
  ) -> CatalogID<Declaration>? {
    let (owner, bare) = split(reference.value, from: service)
    guard let owner else {
      reportUnknownService(in: reference, kind)
      return nil
    }
    let fullName = "\(name(of: owner))/\(bare)"
    if let declared = names.find(kind, fullName: fullName) { return CatalogID(declared.index) }
    if !names.isReported(kind, fullName: fullName, bare: bare, in: owner) {
      reportUnresolved(kind, reference, bare: bare, in: owner, from: service)
    }
    return nil
  }

  /// The service that a reference speaks of, and the rest of it; no service where it names one that does not exist.
  private mutating func split(_ reference: String, from service: ServiceID) -> (ServiceID?, String) {
    guard let slash = reference.firstIndex(of: "/") else { return (service, reference) }
    return (names.service(String(reference[..<slash])), String(reference[reference.index(after: slash)...]))
  }

  private mutating func reportUnknownService(in reference: Located<String>, _ kind: DeclarationKind) {
    let word = String(reference.value.prefix { $0 != "/" })
    let nearest = Spelling.nearest(to: word, in: names.allServices)
    reportUnresolved(
      "there is no service '\(word)'",
      reference,
      nearest: nearest.map { "\($0)\(reference.value.dropFirst(word.count))" }
    )
  }

  private mutating func reportUnresolved(
    _ kind: DeclarationKind,
    _ reference: Located<String>,
    bare: String,
    in owner: ServiceID,
    from service: ServiceID
  ) {
    let known = names.names(of: kind, in: owner)
    let nearest = Spelling.nearest(to: bare, in: known)
    reportUnresolved(
      "'\(name(of: owner))' has no \(kind.noun) '\(bare)'",
      reference,
      nearest: nearest.map { owner == service ? $0 : "\(name(of: owner))/\($0)" },
      among: known,
      section: owner == service ? kind.section : nil
    )
  }

  /// Without a name that is near, all that there are, if those are few.
  mutating func reportUnresolved(
    _ message: String,
    _ reference: Located<String>,
    nearest: String?,
    among known: [String] = [],
    section: String? = nil
  ) {
    let list = known.map { "'\($0)'" }.joined(separator: ", ")
    let wayOut: String? =
      (1...8).contains(known.count) ? "declare it, or use one of \(list)" : section.map { "declare it under '\($0)'" }
    bag.report(
      .unresolvedReference,
      message,
      at: reference.span,
      fix: nearest.map {
        DiagnosticFix("write '\($0)'", edits: [TextEdit(replacing: reference.span, with: $0)])
      } ?? wayOut.map { DiagnosticFix($0, safety: .unsafe) }
    )
  }
}

extension DeclarationKind {
  /// The key under which a service declares it.
  fileprivate var section: String? {
    switch self {
    case .metric: "metrics"
    case .indicator: "indicators"
    case .objective: "objectives"
    case .journey: "journeys"
    case .agreement: "agreements"
    case .policy: "policies"
    case .severity: "severities"
    case .channel: "notify"
    case .alert: "alerts"
    case .maintenance: "maintenance"
    case .exclusion: "exclusions"
    case .dashboard: "dashboards"
    case .level, .action, .killSwitch, .backup: nil
    }
  }

  /// What a kind is called in a message.
  var noun: String {
    switch self {
    case .metric, .indicator, .objective, .journey, .agreement, .policy, .level, .action, .severity, .channel, .alert,
      .exclusion, .dashboard, .backup:
      rawValue
    case .maintenance: "maintenance"
    case .killSwitch: "kill switch"
    }
  }
}
