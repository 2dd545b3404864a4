import Foundation

/// A file of mistakes, each made in one spec that has no other.
///
/// `-` is what stands in the spec, `+` what somebody writes instead (nothing, where it is left out), and what follows is
/// said about it: the code and message, the place with marks around what is underlined, remarks, and the way out. `=` says
/// that the message itself tells what to do.
package struct MistakeList: Sendable {
  package let path: String
  package let base: String
  package let mistakes: [Mistake]

  package static func all() throws -> [MistakeList] {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let folder = tests.appending(path: "NinesCompilerTests/Mistakes/Lists").path
    let base = try String(contentsOfFile: "\(folder)/shop.yaml", encoding: .utf8)
    return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".txt") }.sorted().map {
      let text = try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8)
      let mistakes = text.components(separatedBy: "\n\n").map(Mistake.init)
      return MistakeList(path: "\(folder)/\($0)", base: base, mistakes: mistakes)
    }
  }
}

/// One slip of the pen.
package struct Mistake: Sendable {
  package let written: [String]
  package let expected: [String]
  package let saysHow: Bool

  init(_ block: String) {
    let lines = block.components(separatedBy: "\n").filter { !$0.isEmpty }
    written = lines.filter { $0.hasPrefix("-") || $0.hasPrefix("+") }
    saysHow = lines.contains("=")
    expected = lines.filter { !$0.hasPrefix("-") && !$0.hasPrefix("+") && $0 != "=" }
  }

  package var heading: String { written.joined(separator: "\n") }

  private func side(_ sign: Character) -> String {
    written.filter { $0.first == sign }.map { String($0.dropFirst(2)) }.joined(separator: "\n")
  }

  /// The spec with the mistake in it.
  package func text(in base: String) throws -> String {
    guard let place = base.range(of: side("-")) else { throw Misplaced(heading: heading) }
    // Where all of a line goes, its end goes with it.
    let isLeftOut = !written.contains { $0.hasPrefix("+") }
    if isLeftOut, place.upperBound < base.endIndex {
      return base.replacingCharacters(in: place.lowerBound..<base.index(after: place.upperBound), with: "")
    }
    return base.replacingCharacters(in: place, with: side("+"))
  }

  /// A mistake in a text that the spec does not have.
  package struct Misplaced: Error {
    package let heading: String
  }
}
