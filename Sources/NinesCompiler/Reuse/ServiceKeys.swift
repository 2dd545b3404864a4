import ContentHash
import Diagnostics
import Emitters
import SpecCatalog

/// For each service one hash of everything that its own artifacts follow from: where it is equal, they are.
///
/// That is the workspace's settings, the files that the service is declared in, and those of all services that its
/// references lead to. A reference to what is measured counts in both directions, for an objective or a condition elsewhere
/// shows on the dashboards and in the tests of the service that it is about.
struct ServiceKeys {
  /// By the service's name.
  private let keys: [String: String]

  /// `inputs` are the workspace's files.
  init(_ analysis: Analysis, inputs: [FileDigest], compilerVersion: String) {
    let catalog = analysis.catalog
    let workspace = analysis.workspace
    let settings = Self.hash(
      [workspace.name, workspace.folderName] + inputs.prefix(workspace.settingsFiles.count).map(\.sha256)
    )
    let shared = Self.hash([compilerVersion, settings, Self.buckets(in: catalog)])
    let files = DeclaringFiles(analysis, Array(inputs.dropFirst(workspace.settingsFiles.count)))
    let edges = Self.edges(in: catalog, files)
    var groupOf: [Int: Int] = [:]
    var hashes: [String] = []
    for group in ReferenceGroups(edges).groups {
      let led = Set(group.flatMap { edges[$0] }.compactMap { groupOf[$0] })
      for member in group { groupOf[member] = hashes.count }
      let own = group.sorted().flatMap { files.hashes(of: ServiceID($0)) }
      hashes.append(Self.hash(own + led.map { hashes[$0] }.sorted()))
    }
    keys = Dictionary(
      catalog.services.enumerated().map { service, declared in
        let reached = groupOf[service].map { hashes[$0] } ?? ""
        return (declared.name.value, Self.hash([shared, declared.name.value, reached]))
      },
      uniquingKeysWith: { first, _ in first }
    )
  }

  subscript(service: String) -> String {
    guard let key = keys[service] else { preconditionFailure("every service of the catalog has a key") }
    return key
  }

  /// No two lists of texts give one text.
  private static func hash(_ parts: [String]) -> String {
    SHA256.hexadecimal(of: Array(parts.map { "\($0.utf8.count):\($0)" }.joined().utf8))
  }

  /// Which bounds of histograms are exact is looked up by the name of the metric, whoever declares it.
  private static func buckets(in catalog: Catalog) -> String {
    let declared = catalog.metrics.compactMap { metric in
      metric.buckets.map { buckets in "\(metric.name.value) \(buckets.map { "\($0.value)" })" }
    }
    return hash(declared.sorted())
  }

  private static func edges(in catalog: Catalog, _ files: DeclaringFiles) -> [[Int]] {
    var edges: [Set<Int>] = Array(repeating: [], count: catalog.services.count)
    for service in catalog.services.indices {
      for reference in catalog.references.from(ServiceID(service)) {
        edges[service].insert(reference.owner.index)
        if reference.isMeasured { edges[reference.owner.index].insert(service) }
      }
      if let policy = catalog.settings.policy { edges[service].insert(catalog[policy].service.index) }
    }
    // Whose a comment is, which accepts a finding, depends on what else its file declares.
    for sharing in files.sharing {
      for service in sharing { edges[service.index].formUnion(sharing.map(\.index)) }
    }
    // A service's page has the exceptions that others declare for it.
    let exceptions =
      catalog.overrides.map { ($0.scope.value, $0.service) } + catalog.freezes.map { ($0.scope, $0.service) }
    for (scope, declaring) in exceptions {
      let name = scope.prefix { $0 != "/" }
      if let service = files.services[String(name)] { edges[service.index].insert(declaring.index) }
    }
    for signoff in catalog.signoffs {
      edges[catalog[signoff.policy].service.index].formUnion(files.services(in: signoff.span.file).map(\.index))
    }
    return edges.enumerated().map { service, targets in targets.subtracting([service]).sorted() }
  }
}

/// Which files services are declared in, and the other way round.
private struct DeclaringFiles {
  /// By their names.
  let services: [String: ServiceID]
  private var filesByService: [ServiceID: [FileID]] = [:]
  private var servicesByFile: [FileID: [ServiceID]] = [:]
  private let hashByFile: [FileID: String]

  init(_ analysis: Analysis, _ digests: [FileDigest]) {
    services = Dictionary(
      analysis.catalog.services.enumerated().map { ($1.name.value, ServiceID($0)) },
      uniquingKeysWith: { first, _ in first }
    )
    var hashes: [FileID: String] = [:]
    for (digest, (file, spec)) in zip(digests, zip(analysis.workspace.specs, analysis.specs)) {
      hashes[file.id] = "\(digest.path) \(digest.sha256)"
      for name in Set(spec.documents.compactMap { $0.service?.value }) {
        guard let service = services[name] else { continue }
        filesByService[service, default: []].append(file.id)
        servicesByFile[file.id, default: []].append(service)
      }
    }
    hashByFile = hashes
  }

  /// With their paths, in their order.
  func hashes(of service: ServiceID) -> [String] { (filesByService[service] ?? []).compactMap { hashByFile[$0] } }

  func services(in file: FileID) -> [ServiceID] { servicesByFile[file] ?? [] }

  /// The services of each file that declares several.
  var sharing: [[ServiceID]] { servicesByFile.values.filter { $0.count > 1 } }
}
