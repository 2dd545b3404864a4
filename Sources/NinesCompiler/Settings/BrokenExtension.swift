import Diagnostics
import SpecCatalog
import YAMLSource

/// Why a file that settings extend was not read.
package enum BrokenExtension: Sendable, Hashable {
  case missing
  case notRelative
  /// Outside of the repository, or of the folder where there is none.
  case outside
  /// It is extended already by what extends it.
  case cycle
  case unreadable(reason: String)
  case tooMany(limit: Int)

  var descriptor: DiagnosticDescriptor {
    switch self {
    case .cycle: .referenceCycle
    case .missing, .notRelative, .outside, .unreadable, .tooMany: .unresolvedReference
    }
  }

  func message(for path: String) -> String {
    switch self {
    case .missing: "there is no file '\(path)' to extend"
    case .notRelative: "'\(path)' is no path relative to this file"
    case .outside: "'\(path)' leads out of the repository"
    case .cycle: "'\(path)' is extended already: settings that extend themselves have no end"
    case .unreadable(let reason): "cannot read '\(path)': \(reason)"
    case .tooMany(let limit): "'\(path)' is one file too many: settings extend at most \(limit) files in a row"
    }
  }
}

extension Workspace {
  /// The path that a file of settings extends, as written; what is wrong with the file is reported when it is read.
  package static func extendedPath(in file: SourceFile) -> String? {
    var bag = DiagnosticBag()
    guard let node = YAMLParser.parse(file, into: &bag).first?[key: "extends"], node.isScalar, !node.isNull else {
      return nil
    }
    return node.text
  }
}
