import Diagnostics
import Quantities
import SpecSyntax

/// Follows references, applies defaults and types every value: specs as written in, one catalog out.
package enum Resolver {
  /// What could be resolved; whatever could not is in the bag, once, at its first cause.
  ///
  /// `settings` are the workspace's own and those that they extend, the nearest first.
  package static func resolve(
    files: [(file: SourceFile, spec: SpecFile)],
    settings: [WorkspaceSettingsSpec] = [],
    into bag: inout DiagnosticBag
  ) -> Catalog {
    var resolution = Resolution()
    resolution.declareServices(files.flatMap(\.spec.documents))
    // Names that others refer to come before those that refer to them.
    resolution.eachDocument { $0.resolveChannelsAndSeverities(of: $1, in: $2) }
    resolution.eachDocument { $0.resolveExclusions(of: $1, in: $2) }
    resolution.eachDocument { $0.resolveMetrics(of: $1, in: $2) }
    resolution.eachDocument { $0.resolvePolicies(of: $1, in: $2) }
    resolution.resolveSettings(settings)
    resolution.eachDocument { $0.resolveIndicators(of: $1, in: $2) }
    resolution.eachDocument { $0.resolveObjectives(of: $1, in: $2) }
    resolution.eachDocument { $0.resolveJourneyReferences(of: $1, in: $2) }
    resolution.resolveDownConditions()
    resolution.eachDocument { $0.resolveDependencies(of: $1, in: $2) }
    resolution.reportCycles()
    resolution.eachDocument { $0.declareBackups(of: $1, in: $2) }
    resolution.eachDocument { $0.resolveAgreements(of: $1, in: $2) }
    resolution.eachDocument { $0.resolveAlerts(of: $1, in: $2) }
    resolution.eachDocument { $0.resolveExceptions(of: $1, in: $2) }
    resolution.eachDocument { $0.resolvePractices(of: $1, in: $2) }
    resolution.catalog.suppressions = files.flatMap { SuppressionScanner.suppressions(in: $0.file) }
    resolution.catalog.doubtfulWords = DoubtfulWords.of(files, after: bag, resolution.bag)
    resolution.catalog.references = resolution.names.references
    resolution.catalog.lacksChannels = files.flatMap(\.spec.documents).contains { $0.unread.hasAny(.channel) }
    bag.add(resolution.bag)
    return resolution.catalog
  }
}

/// A catalog in the making, with the names that are known so far.
struct Resolution {
  var catalog = Catalog()
  var bag = DiagnosticBag()
  var names = NameTables()
  /// What services state as defaults for what they hold.
  var serviceDefaults: [ServiceDefaults] = []
  /// Conditions of time indicators, which may refer to what comes after them.
  var pendingConditions: [PendingCondition] = []
  private var documents: [OwnedDocument] = []

  /// A document and whose it is; a reference, for it is looked at once for each kind of declaration.
  private final class OwnedDocument {
    let document: SpecDocument
    let service: ServiceID

    init(_ document: SpecDocument, of service: ServiceID) {
      self.document = document
      self.service = service
    }
  }

  struct ServiceDefaults {
    var policy: Located<PolicyChoiceSpec>?
    var burnAlerts: BurnAlertsSpec?
    var factsSpan: SourceSpan?
  }

  struct PendingCondition {
    var indicator: IndicatorID
    var service: ServiceID
    /// Its place among the conditions of the indicator.
    var position: Int
    var spec: ConditionSpec
  }

  mutating func eachDocument(_ visit: (inout Resolution, SpecDocument, ServiceID) -> Void) {
    let documents = documents
    for entry in documents {
      names.asker = entry.service
      visit(&self, entry.document, entry.service)
    }
    names.asker = nil
  }

  mutating func declareServices(_ all: [SpecDocument]) {
    for document in all {
      guard let name = document.service else { continue }
      let service = serviceID(of: name)
      names.noteUnread(document.unread, in: service)
      documents.append(OwnedDocument(document, of: service))
      mergeFacts(of: document, into: service)
    }
  }

  private mutating func serviceID(of name: Located<String>) -> ServiceID {
    if let known = names.service(name.value) { return known }
    let service = ServiceID(catalog.services.count)
    catalog.services.append(Service(name: name))
    serviceDefaults.append(ServiceDefaults())
    names.declare(service: name.value, as: service)
    return service
  }

  func name(of service: ServiceID) -> String { catalog[service].name.value }
}
