import Foundation
import TestSupport

/// The built executable, run as anybody would run it.
enum CommandLineTool {
  typealias Outcome = FinishedProgram

  /// Beside the tests, where the build puts it.
  private static let executable: URL = {
    let runner = URL(fileURLWithPath: CommandLine.arguments[0])
    let bundle = Bundle.allBundles.map(\.bundleURL).first { $0.pathExtension == "xctest" } ?? runner
    return bundle.deletingLastPathComponent().appendingPathComponent("nines")
  }()

  /// The folder of the executable, for a search path.
  static var folder: String { executable.deletingLastPathComponent().path }

  static func nines(_ arguments: [String], in folder: String? = nil, input: String? = nil) throws -> Outcome {
    try FinishedProgram.run(executable.path, arguments, in: folder, input: input)
  }
}
