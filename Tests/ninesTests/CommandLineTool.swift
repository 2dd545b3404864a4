import Foundation
import TestSupport

/// The built executable, run as anybody would run it.
enum CommandLineTool {
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String
  }

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
    let process = Process()
    let output = Pipe()
    let errors = Pipe()
    process.executableURL = BuiltProgram.nines
    process.arguments = arguments
    process.standardOutput = output
    process.standardError = errors
    let typed = Pipe()
    if input == nil { process.standardInput = FileHandle.nullDevice } else { process.standardInput = typed }
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    try process.run()
    if let input {
      // A program that reads nothing of it has gone away by then.
      signal(SIGPIPE, SIG_IGN)
      try? typed.fileHandleForWriting.write(contentsOf: Data(input.utf8))
      try typed.fileHandleForWriting.close()
    }
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
