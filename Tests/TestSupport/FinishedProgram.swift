import Foundation

/// What a program left behind.
package struct FinishedProgram: Sendable {
  package let status: Int32
  package let output: String
  package let errors: String

  /// Runs a program to its end. One without a path is looked up; without variables it has those of the tests.
  package static func run(
    _ program: String,
    _ arguments: [String],
    in folder: String? = nil,
    variables: [String: String]? = nil,
    input: String? = nil
  ) throws -> FinishedProgram {
    let process = Process()
    let output = Pipe()
    // A pipe that nobody reads meanwhile would fill up and stop the program.
    let complaints = try TemporaryFolder()
    try complaints.write("", to: "errors")
    process.executableURL = URL(filePath: program.contains("/") ? program : "/usr/bin/env")
    process.arguments = (program.contains("/") ? [] : [program]) + arguments
    if let folder { process.currentDirectoryURL = URL(filePath: folder) }
    if let variables { process.environment = variables }
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: URL(filePath: complaints.absolute("errors")))
    let typed = Pipe()
    if input == nil { process.standardInput = FileHandle.nullDevice } else { process.standardInput = typed }
    try process.run()
    if let input {
      // A program that reads nothing of it has gone away by then.
      signal(SIGPIPE, SIG_IGN)
      try? typed.fileHandleForWriting.write(contentsOf: Data(input.utf8))
      try typed.fileHandleForWriting.close()
    }
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return FinishedProgram(
      status: process.terminationStatus,
      output: String(decoding: text, as: UTF8.self),
      errors: try complaints.text(of: "errors")
    )
  }
}
