import ArgumentParser
import DeployGate
import Quantities
import StructuredText
import WorkspaceFiles

extension GateError: UsageFailure {}
extension DocumentFault: UsageFailure {}

/// What a gate is asked, by which policy, and how its answer is written.
package struct GateQuestion: ParsableArguments {
  package enum Format: String, ExpressibleByArgument, CaseIterable, Sendable {
    case text, json
  }

  @Option(help: "The service to deploy.")
  package var service: String

  @Option(help: "A journey of the service, if only that is touched.")
  package var journey: String?

  @Option(help: "An objective of the service, if only that is touched.")
  package var objective: String?

  @Option(help: "The change class, as the policies name it.")
  package var change: String

  @Option(help: ArgumentHelp("The share of users that the change would reach.", valueName: "25%"), transform: readRatio)
  package var stage: Ratio?

  @Option(help: "Somebody who approved the change; may be repeated.")
  package var approval: [String] = []

  @Option(help: "The policy file. (default: the one below 'generated' that has the service)")
  package var policy: String?

  @Option(help: "The file that holds the 'state' of an earlier decision.")
  package var previous: String?

  @Option(name: [.customShort("C"), .customLong("directory")], help: "The folder that holds 'generated/'.")
  package var folder = "."

  @Option(help: "How the decision is written.")
  package var format = Format.text

  package init() {}

  package var request: GateRequest {
    GateRequest(
      service: service,
      journey: journey,
      objective: objective,
      change: change,
      stage: stage,
      approvals: approval
    )
  }

  package func gatePolicy() throws -> GatePolicy { try GatePolicyFiles(named: policy, in: folder).policy(of: service) }

  /// Prints the answer, and ends with its exit status.
  package func answer(by policy: GatePolicy, _ observations: Snapshot, now: Instant) throws {
    let decision = try Gate.decide(
      policy: policy,
      observations: observations,
      previous: try previous.map { try LevelState(reading: DocumentFile($0).read()) },
      request: request,
      now: now
    )
    switch format {
    case .text: Terminal.print(decision.text)
    case .json: Terminal.print(decision.json.text(.pretty))
    }
    if decision.exitStatus != .allow { throw ExitCode(decision.exitStatus.rawValue) }
  }
}
