import Emitters
import Foundation
import NinesCompiler
import Testing
import WorkspaceFiles

/// A folder with specs, and `expected/` with exactly what they compile to.
struct GoldenFolder: Sendable, CustomTestStringConvertible {
  let path: String

  var testDescription: String { (path as NSString).lastPathComponent }

  static func all() throws -> [GoldenFolder] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Goldens").path
    return try FileManager.default.contentsOfDirectory(atPath: root).sorted().map {
      GoldenFolder(path: "\(root)/\($0)")
    }
  }

  private var expectedPath: String { "\(path)/expected" }

  func compiled() throws -> [Artifact] {
    let compilation = Compiler.forTests.compile(try WorkspaceFolder(path).read())
    return try #require(compilation.artifacts, "\(compilation.report.text(as: .text))")
  }

  /// Only asked for by `UPDATE_GOLDENS=1`.
  func rewrite(with artifacts: [Artifact]) throws {
    try? FileManager.default.removeItem(atPath: expectedPath)
    _ = try ArtifactFolder(expectedPath).write(artifacts)
  }

  func expected() throws -> [String: String] {
    var texts: [String: String] = [:]
    for name in FileManager.default.enumerator(atPath: expectedPath)?.allObjects as? [String] ?? [] {
      var isFolder: ObjCBool = false
      let file = "\(expectedPath)/\(name)"
      if FileManager.default.fileExists(atPath: file, isDirectory: &isFolder), !isFolder.boolValue {
        texts[name] = try String(contentsOfFile: file, encoding: .utf8)
      }
    }
    return texts
  }
}

@Test("a folder compiles to exactly its expected files", arguments: try GoldenFolder.all())
func golden(_ folder: GoldenFolder) throws {
  let artifacts = try folder.compiled()
  if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] == "1" { try folder.rewrite(with: artifacts) }
  let expected = try folder.expected()
  #expect(artifacts.map(\.path).sorted() == expected.keys.sorted())
  for artifact in artifacts {
    #expect(artifact.text == expected[artifact.path], "\(artifact.path)")
  }
}
