import Emitters
import Foundation
import Testing

/// A program of the Prometheus project that judges what was emitted.
enum CommandLineTool: String {
  case promtool
  case amtool

  struct Verdict {
    let accepts: Bool
    let output: String
  }

  struct Missing: Error, CustomStringConvertible {
    let tool: CommandLineTool
    var description: String { "\(tool.rawValue) is not installed; install the packages of Prometheus and Alertmanager" }
  }

  /// What the tool says of the artifact.
  func check(_ artifact: Artifact) throws -> Verdict {
    try withFile(artifact) { path in try run(arguments: arguments(for: path)) }
  }

  /// The receivers to which Alertmanager would send an alert with these labels.
  static func receivers(of labels: [String: String], routedBy configuration: Artifact) throws -> [String] {
    try amtool.withFile(configuration) { path in
      let matchers = labels.map { "\($0.key)=\($0.value)" }
      let verdict = try amtool.run(arguments: ["config", "routes", "test", "--config.file=\(path)"] + matchers)
      let answer = verdict.output.split(whereSeparator: \.isNewline).last ?? ""
      return answer.split(separator: ",").map(String.init)
    }
  }

  /// The artifact, written under its own name into a folder of its own.
  private func withFile<Result>(_ artifact: Artifact, _ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    let file = folder.appendingPathComponent(artifact.path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(artifact.bytes).write(to: file)
    return try body(file.path)
  }

  private func arguments(for path: String) -> [String] {
    switch self {
    case .promtool: ["check", "rules", path]
    case .amtool: ["check-config", path]
    }
  }

  private func run(arguments: [String]) throws -> Verdict {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [rawValue] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    // `env` answers 127 where there is no such program.
    if process.terminationStatus == 127 { throw Missing(tool: self) }
    return Verdict(accepts: process.terminationStatus == 0, output: String(decoding: data, as: UTF8.self))
  }
}

/// Expects that the tool accepts the artifact, and shows what it says where it does not.
func expectAccepted(
  _ artifact: Artifact,
  by tool: CommandLineTool,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let verdict = try tool.check(artifact)
  #expect(verdict.accepts, "\(verdict.output)\n\(artifact.text)", sourceLocation: sourceLocation)
}
