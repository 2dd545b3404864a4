import Foundation

/// The built executables, which stand beside the tests.
package enum BuiltProgram {
  package static let folder: URL = {
    let runner = URL(fileURLWithPath: CommandLine.arguments[0])
    let bundle = Bundle.allBundles.map(\.bundleURL).first { $0.pathExtension == "xctest" } ?? runner
    return bundle.deletingLastPathComponent()
  }()

  /// It hands over to `nines-remote` beside itself where other machines are asked.
  package static let nines = folder.appendingPathComponent("nines")
}
