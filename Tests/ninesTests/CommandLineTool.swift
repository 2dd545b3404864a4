import Foundation

/// The built executable, run as anybody would run it.
enum CommandLineTool {
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String
  }

  /// Beside the tests, where the build puts it.
  private static let executable: URL = {
    let runner = URL(fileURLWithPath: CommandLine.arguments[0])
    let bundle = Bundle.allBundles.map(\.bundleURL).first { $0.pathExtension == "xctest" } ?? runner
    return bundle.deletingLastPathComponent().appendingPathComponent("nines")
  }()

  static func nines(_ arguments: [String], in folder: String? = nil) throws -> Outcome {
    let process = Process()
    let output = Pipe()
    let errors = Pipe()
    process.executableURL = executable
    process.arguments = arguments
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let complaint = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus,
      output: String(decoding: text, as: UTF8.self),
      errors: String(decoding: complaint, as: UTF8.self)
    )
  }
}
