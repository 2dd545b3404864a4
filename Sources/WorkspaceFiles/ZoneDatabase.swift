import Quantities

/// The time zones that the operating system knows.
package struct ZoneDatabase: Sendable {
  /// Larger than any file of the database.
  private static let fileLimit = 1 << 20

  private static let systemFolder = "/usr/share/zoneinfo"

  private let folder: String

  /// Folders that change when the system gets other rules: packages replace files as a whole.
  static let folders =
    [systemFolder, "\(systemFolder)/tzdata.zi"]
    + [
      "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Etc", "Europe", "Indian",
      "Pacific", "US",
    ].map { "\(systemFolder)/\($0)" }

  package init(folder: String = systemFolder) {
    self.folder = folder
  }

  /// nil where there is no such zone, or its file cannot be used.
  package func rules(of name: String) -> TimeZoneRules? {
    if name == "UTC" { return .utc }
    guard TimeZoneRules.isName(name.utf8) else { return nil }
    do {
      let path = WorkspaceFolder.join(folder, name)
      guard let bytes = try FileSystem.contents(of: path, limit: Self.fileLimit) else { return nil }
      return try TimeZoneRules(tzif: bytes)
    } catch {
      return nil
    }
  }
}
