import Foundation
import SpecSyntax
import Testing

@Suite("Laying out what there is")
struct CorpusTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Every YAML file of the examples and the golden tests, their artifacts too; not what fuzzing begins with, some of which
  /// is no YAML.
  private static func files() throws -> [String] {
    try ["specs", "Tests"].flatMap { folder in
      try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)
        .filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted().map { "\(folder)/\($0)" }.filter {
          !$0.hasPrefix("Tests/Fuzzing/")
        }
    }
  }

  @Test("a file says the same afterwards, and is laid out for good", arguments: try files())
  func file(_ path: String) throws {
    let text = try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
    try FormattedText(text, isSettings: path.hasSuffix("nines.yaml")).expectSameMeaning()
  }

  @Test("the example workspaces are laid out", arguments: try files().filter { $0.hasPrefix("specs/") })
  func specs(_ path: String) throws {
    let text = try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
    #expect(FormattedText.format(text, path.hasSuffix("nines.yaml")) == text)
  }

  @Test("examples of the language reference and of the rules' pages say the same afterwards", arguments: try examples())
  func example(_ example: String) throws {
    try FormattedText(example).expectSameMeaning()
  }

  private static func examples() throws -> [String] {
    let pages =
      ["docs/language.md"]
      + (try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "generated/rules").path).sorted()
        .filter { $0.hasPrefix("SLO") }.map { "generated/rules/\($0)" })
    return try pages.flatMap { page -> [String] in
      let text = try String(contentsOf: root.appending(path: page), encoding: .utf8)
      return text.components(separatedBy: "```yaml").dropFirst().compactMap { part in
        let example = part.components(separatedBy: "\n```")[0].drop { !$0.isNewline }.dropFirst()
        // Examples of what is no YAML cannot be laid out.
        return FormattedText.format(String(example)) == nil ? nil : String(example)
      }
    }
  }
}
