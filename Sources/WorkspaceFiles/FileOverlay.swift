/// Files that are read otherwise than they lie on disk, by their paths below a folder.
///
/// What somebody is typing stands for the file that it will be, and what a commit holds for what has become of it.
package struct FileOverlay: Sendable {
  /// nil where there is no such file.
  private var known: [String: [UInt8]?] = [:]
  /// Files whose contents are asked for when they are read.
  private var pending: [String: @Sendable () throws(WorkspaceError) -> [UInt8]] = [:]
  /// What lies in a folder of these files: names by folder.
  private var names: [String: Set<String>] = [:]

  package init() {}

  package mutating func replace(_ path: String, with bytes: [UInt8]) {
    known[path] = .some(bytes)
    addNames(of: path)
  }

  mutating func replace(_ path: String, with contents: @escaping @Sendable () throws(WorkspaceError) -> [UInt8]) {
    pending[path] = contents
    addNames(of: path)
  }

  mutating func remove(_ path: String) {
    known[path] = .some(nil)
  }

  private mutating func addNames(of path: String) {
    var path = path[...]
    while let slash = path.lastIndex(of: "/") {
      names[String(path[..<slash]), default: []].insert(String(path[path.index(after: slash)...]))
      path = path[..<slash]
    }
    names["", default: []].insert(String(path))
  }

  // MARK: Asking

  var isEmpty: Bool { known.isEmpty && pending.isEmpty }

  enum Answer {
    case file
    case folder
    case nothing
  }

  /// nil where the disk decides.
  func answer(at path: String) -> Answer? {
    if pending[path] != nil { return .file }
    if let contents = known[path] { return contents == nil ? .nothing : .file }
    return names[path] == nil ? nil : .folder
  }

  /// nil where the disk decides.
  func contents(of path: String) throws(WorkspaceError) -> [UInt8]? {
    if let read = pending[path] { return try read() }
    return known[path].flatMap { $0 }
  }

  /// The names in a folder, given those on disk, which are sorted by their bytes.
  func names(in folder: String, onDisk: [[UInt8]]) -> [[UInt8]] {
    if isEmpty { return onDisk }
    let added = (names[folder] ?? []).map { Array($0.utf8) }
    return Set(onDisk + added).sorted { $0.lexicographicallyPrecedes($1) }
  }
}
