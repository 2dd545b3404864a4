import DeployGate
import StructuredText
import WorkspaceFiles

/// The levels that budgets were in, kept for the next start.
struct LevelsFile: Sendable {
  private let file: ReplacedFile

  init(in folder: String) {
    file = ReplacedFile("\(folder)/levels.json")
  }

  var path: String { file.path }

  /// What the last run left; nothing where there was none. A file that makes no sense is an error: without the levels that
  /// were entered, a change might go out that they hold.
  func read() throws(StateRefusal) -> LevelState {
    do {
      guard let bytes = try file.contents() else { return .none }
      return try LevelState(reading: bytes)
    } catch {
      throw StateRefusal(path: path, reason: "\(error)")
    }
  }

  func write(_ levels: [LevelState]) throws(WorkspaceError) {
    let all = LevelState(entries: levels.flatMap(\.entries))
    try file.replace(with: Array(all.json.text(.pretty).utf8))
  }
}

/// Why the levels that were kept cannot be gone on from.
struct StateRefusal: Error, CustomStringConvertible {
  let path: String
  let reason: String

  var description: String {
    "cannot go on from the levels in '\(path)': \(reason); move the file away to find levels anew from what is observed"
  }
}
