import Foundation
import TestSupport

/// The built executable, run as anybody would run it.
enum CommandLineTool {
  typealias Outcome = FinishedProgram

  /// The folder of the executable, for a search path.
  static var folder: String { BuiltProgram.folder.path }

  /// Where it is.
  static var path: String { BuiltProgram.nines.path }

  /// Only starts it, with its output going nowhere.
  static func start(_ arguments: [String], in folder: String) throws -> Process {
    let process = Process()
    process.executableURL = BuiltProgram.nines
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    try process.run()
    return process
  }

  static func nines(_ arguments: [String], in folder: String? = nil, input: String? = nil) throws -> Outcome {
    try FinishedProgram.run(BuiltProgram.nines.path, arguments, in: folder, input: input)
  }
}
