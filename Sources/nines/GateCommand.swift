import ArgumentParser
import Console
import DeployGate
import Quantities
import WorkspaceFiles

struct GateCommand: ParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  static let configuration = CommandConfiguration(
    commandName: "gate",
    abstract: "Says whether a change may be deployed now, and why.",
    discussion: """
      Decides from the policy that 'nines compile' wrote and a snapshot of what was observed; nothing else enters.

      Exit status: 0 it may go out, 1 it may not, 2 a wrong call or file, 3 nothing says whether, 4 the gate failed, \
      5 somebody has to approve it.
      """
  )

  @Option(help: "The service to deploy.")
  var service: String

  @Option(help: "A journey of the service, if only that is touched.")
  var journey: String?

  @Option(help: "An objective of the service, if only that is touched.")
  var objective: String?

  @Option(help: "The change class, as the policies name it.")
  var change: String

  @Option(help: ArgumentHelp("The share of users that the change would reach.", valueName: "25%"), transform: readRatio)
  var stage: Ratio?

  @Option(help: "Somebody who approved the change; may be repeated.")
  var approval: [String] = []

  @Option(help: "The snapshot of what was observed.")
  var snapshot: String

  @Option(help: "The policy file. (default: the one below 'generated' that has the service)")
  var policy: String?

  @Option(help: "The file that holds the 'state' of an earlier decision.")
  var previous: String?

  @Option(name: [.customShort("C"), .customLong("directory")], help: "The folder that holds 'generated/'.")
  var folder = "."

  @Option(help: ArgumentHelp("Decide as of this moment.", valueName: "instant"), transform: readInstant)
  var now: Instant?

  @Option(help: "How the decision is written.")
  var format = Format.text

  func run() throws {
    let decision = try Gate.decide(
      policy: try GatePolicyFiles(named: policy, in: folder).policy(of: service),
      observations: Snapshot(reading: DocumentFile(snapshot).read()),
      previous: try previous.map { try LevelState(reading: DocumentFile($0).read()) },
      request: GateRequest(
        service: service,
        journey: journey,
        objective: objective,
        change: change,
        stage: stage,
        approvals: approval
      ),
      now: now ?? Terminal.now
    )
    switch format {
    case .text: Terminal.print(decision.text)
    case .json: Terminal.print(decision.json.text(.pretty))
    }
    if decision.exitStatus != .allow { throw ExitCode(decision.exitStatus.rawValue) }
  }
}

/// The policy files that may hold a service.
struct GatePolicyFiles {
  private let files: [DocumentFile]
  private let place: String

  /// The named one alone, or all that were compiled into a folder's `generated/`.
  init(named path: String?, in folder: String) throws(WorkspaceError) {
    let artifacts = try WorkspaceFolder(folder).artifacts()
    place = artifacts.path
    if let path {
      files = [DocumentFile(path)]
    } else {
      files = try artifacts.documents(named: "gate/policy.json")
    }
  }

  /// The one policy that has the service; where there is a single file, the gate itself says what it lacks.
  func policy(of service: String) throws -> GatePolicy {
    guard !files.isEmpty else { throw UsageError("no 'gate/policy.json' in '\(place)'; 'nines compile' writes it") }
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
}
