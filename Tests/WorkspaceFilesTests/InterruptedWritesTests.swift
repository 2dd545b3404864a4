import Emitters
import Foundation
import NinesCompiler
import TestSupport
import Testing

@testable import WorkspaceFiles

@Suite("Writing artifacts when others write too, or were killed at it")
struct InterruptedWritesTests {
  let folder: TemporaryFolder
  private let output: ArtifactFolder

  init() throws {
    folder = try TemporaryFolder()
    output = try WorkspaceFolder(folder.path).artifacts()
  }

  /// Artifacts with the manifest that lists them, each of which says whose it is.
  private static func artifacts(_ paths: [String], saying text: String) -> [Artifact] {
    let files = paths.map { Artifact(path: $0, text: "\(text) in \($0)\n") }
    return files + [Manifest.artifact(inputs: [], outputs: files.map(\.digest), compilerVersion: "1")]
  }

  private func texts() throws -> [String: String] {
    let files = try folder.files().map { (String($0.key.dropFirst("generated/".count)), $0.value.text) }
    return Dictionary(uniqueKeysWithValues: files)
  }

  private static func texts(of artifacts: [Artifact]) -> [String: String] {
    Dictionary(uniqueKeysWithValues: artifacts.map { ($0.path, $0.text) })
  }

  @Test("of two runs at once the folder holds what one of them wrote, whole")
  func atOnce() throws {
    let shared = (0..<30).map { "rules/\($0).yaml" }
    let one = Self.artifacts(shared + ["only/one.yaml"], saying: "one")
    let other = Self.artifacts(shared + ["only/other.yaml"], saying: "other")
    let output = output
    for _ in 0..<15 {
      DispatchQueue.concurrentPerform(iterations: 2) { index in
        do { _ = try output.write(index == 0 ? one : other) } catch { Issue.record(error) }
      }
      let found = try texts()
      #expect(found == Self.texts(of: one) || found == Self.texts(of: other))
    }
  }

  /// What a run leaves that is killed while it replaces `old.yaml` and adds `new/it.yaml`.
  private func leaveBehind(published: [String]) throws {
    _ = try output.write(Self.artifacts(["old.yaml"], saying: "old"))
    let next = Self.artifacts(["old.yaml", "new/it.yaml"], saying: "new")
    for artifact in next {
      let isPublished = published.contains(artifact.path)
      let parts = artifact.path.split(separator: "/")
      let hidden = (parts.dropLast() + [".\(parts[parts.count - 1]).4711"]).joined(separator: "/")
      try folder.write(artifact.text, to: "generated/\(isPublished ? artifact.path : hidden)")
    }
    // The last line was not written to its end.
    let note = next.map { "4711 \($0.path)\n" }.joined() + "4711 old"
    try folder.write(note, to: "generated/.nines-pending")
  }

  @Test(
    "the next run removes what a killed one left, whether it wants the same or something else",
    arguments: [[], ["new/it.yaml"], ["new/it.yaml", "old.yaml"]],
    [["old.yaml", "new/it.yaml"], ["old.yaml"]]
  )
  func clearsUp(published: [String], wanted: [String]) throws {
    try leaveBehind(published: published)
    let artifacts = Self.artifacts(wanted, saying: "new")
    _ = try output.write(artifacts)
    #expect(try texts() == Self.texts(of: artifacts))
    #expect(folder.exists("generated/new") == wanted.contains("new/it.yaml"))
  }

  @Test("what a run put in its place before it failed is removed by the next that does not ask for it")
  func failsAmidPublishing() throws {
    let before = Self.artifacts(["old.yaml"], saying: "old")
    _ = try output.write(before)
    let paths = (0..<20).map { "new/\($0).yaml" }
    #expect(throws: WorkspaceError.self) {
      try output.updating { update throws(WorkspaceError) in
        try update.take(Self.artifacts(paths, saying: "new"))
        // A folder comes into the way of the last one, when all of them are written and none is in its place.
        do { try folder.write("mine\n", to: "generated/new/19.yaml/mine.txt") } catch { Issue.record(error) }
        return try update.finish().differences
      }
    }
    #expect(try texts()["new/0.yaml"] == "new in new/0.yaml\n", "it was amid publishing that it failed")
    #expect(try texts()["manifest.json"] == Self.texts(of: before)["manifest.json"])
    try FileManager.default.removeItem(atPath: folder.absolute("generated/new/19.yaml"))
    _ = try output.write(before)
    #expect(try texts() == Self.texts(of: before))
  }

  @Test("what a killed run put in its place and nothing asks for is told as left over")
  func told() throws {
    try leaveBehind(published: ["new/it.yaml"])
    let differences = try output.differences(from: Self.artifacts(["old.yaml"], saying: "old"))
    #expect(differences == [.init(path: "new/it.yaml", kind: .leftOver)])
  }

  @Test("a note that lists a path outside removes nothing")
  func hostileNote() throws {
    try folder.write("keep\n", to: "precious.txt")
    try folder.write("keep\n", to: ".precious.txt.4711")
    try folder.write("4711 ../precious.txt\n", to: "generated/.nines-pending")
    #expect(throws: WorkspaceError.pathLeaves("../precious.txt")) {
      try output.write(Self.artifacts(["a.yaml"], saying: "a"))
    }
    #expect(folder.exists("precious.txt") && folder.exists(".precious.txt.4711"))
  }

  @Test("something else by the name of the note says nothing", arguments: ["", "{", "\n\n \n", "4711\n", "a.yaml\n"])
  func otherNote(_ text: String) throws {
    try folder.write(text, to: "generated/.nines-pending")
    let artifacts = Self.artifacts(["a.yaml"], saying: "a")
    _ = try output.write(artifacts)
    #expect(try texts() == Self.texts(of: artifacts))
  }
}
