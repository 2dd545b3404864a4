/// Paths as text, joined by slashes.
enum RelativePath {
  /// Without `.`, empty names and what `..` takes back; `..` at the start stays. An absolute path stays one.
  static func normalized(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
    }
    let joined = parts.joined(separator: "/")
    return path.hasPrefix("/") ? "/\(joined)" : joined
  }

  /// The path of the folder that holds it; empty for a bare name.
  static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  /// The way from one absolute folder to something, both without links and dots: `../org.yaml`.
  static func path(to target: String, from folder: String) -> String {
    let goal = target.split(separator: "/")
    let start = folder.split(separator: "/")
    let shared = zip(goal, start).prefix { $0 == $1 }.count
    return (start.dropFirst(shared).map { _ in ".." } + goal.dropFirst(shared)).joined(separator: "/")
  }

  /// Whether a path is a folder or lies below it; everything lies below the empty path.
  static func isPath(_ path: String, below folder: String) -> Bool {
    folder.isEmpty || path == folder || path.hasPrefix("\(folder)/")
  }
}
