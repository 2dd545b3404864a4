import DeployGate
import Quantities
import WorkspaceFiles

/// The policy files that may hold a service.
package struct GatePolicyFiles {
  private let files: [DocumentFile]
  private let place: String

  /// The named one alone, or all that were compiled into a folder's `generated/`.
  package init(named path: String?, in folder: String) throws(WorkspaceError) {
    let artifacts = try WorkspaceFolder(folder).artifacts()
    place = artifacts.path
    if let path {
      files = [DocumentFile(path)]
    } else {
      files = try artifacts.documents(named: "gate/policy.json")
    }
  }

  /// The one policy that has the service; where there is a single file, the gate itself says what it lacks.
  package func policy(of service: String) throws -> GatePolicy {
    guard !files.isEmpty else { throw missing }
    let policies = try files.map { try GatePolicy(reading: $0.read()) }
    if policies.count == 1 { return policies[0] }
    let holders = zip(files, policies).filter { $1.services.contains { $0.name == service } }
    if holders.count == 1 { return holders[0].1 }
    if holders.isEmpty {
      let known = policies.flatMap(\.services).map(\.name)
      throw GateError.unknown(.service, name: service, of: nil, nearest: nearestSpelling(to: service, among: known))
    }
    let paths = holders.map { "'\($0.0.path)'" }.joined(separator: " and ")
    throw UsageError("service '\(service)' is in \(paths); '--policy' says which is meant")
  }

  /// The only policy there is.
  package func policy() throws -> GatePolicy {
    guard files.count < 2 else {
      let paths = files.map { "'\($0.path)'" }.joined(separator: ", ")
      throw UsageError("there are several policies, \(paths); '--policy' says which is meant")
    }
    guard let file = files.first else { throw missing }
    return try GatePolicy(reading: file.read())
  }

  private var missing: UsageError { UsageError("no 'gate/policy.json' in '\(place)'; 'nines compile' writes it") }
}
