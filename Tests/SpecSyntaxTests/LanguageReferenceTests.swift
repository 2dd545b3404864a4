import Diagnostics
import Foundation
import SpecSyntax
import Testing

/// The folder of the package.
private let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// An example of the language reference.
struct ReferenceExample: CustomTestStringConvertible {
  let line: Int
  let isSettings: Bool
  let text: String

  var testDescription: String { "docs/language.md:\(line)" }

  static func all() throws -> [ReferenceExample] {
    let reference = try String(contentsOf: repository.appending(path: "docs/language.md"), encoding: .utf8)
    var examples: [ReferenceExample] = []
    var open: (line: Int, isSettings: Bool, lines: [Substring])?
    for (index, line) in reference.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if let example = open {
        if line == "```" {
          examples.append(
            ReferenceExample(
              line: example.line,
              isSettings: example.isSettings,
              text: example.lines.joined(separator: "\n")
            )
          )
          open = nil
        } else {
          open?.lines.append(line)
        }
      } else if line.hasPrefix("```yaml") {
        open = (index + 1, line.contains("nines.yaml"), [])
      }
    }
    return examples
  }
}

@Suite("the language reference")
struct LanguageReferenceTests {
  @Test("its examples read without a diagnostic", arguments: try ReferenceExample.all())
  func example(_ example: ReferenceExample) {
    let spec = SpecText(example.text, asSettings: example.isSettings)
    #expect(spec.diagnostics.isEmpty, "\(spec.summary)")
    #expect(example.isSettings || spec.file.documents.count == 1)
  }

  @Test("the example workspaces read without a diagnostic", arguments: ["examples", "flashfusion-studio", "smart-pip"])
  func workspace(_ name: String) throws {
    let folder = repository.appending(path: "specs/\(name)")
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      let spec = SpecText(text, asSettings: file == "nines.yaml")
      #expect(spec.diagnostics.isEmpty, "\(file): \(spec.summary)")
      #expect(file == "nines.yaml" || !spec.file.documents.isEmpty)
    }
  }
}
