import Emitters
import Foundation
import TestSupport
import Testing
import WorkspaceFiles

@Suite("Writing artifacts")
struct ArtifactFolderTests {
  let folder: TemporaryFolder
  private let output: ArtifactFolder

  init() throws {
    folder = try TemporaryFolder()
    output = try WorkspaceFolder(folder.path).artifacts()
  }

  /// Artifacts with the manifest that lists them.
  private func artifacts(_ texts: KeyValuePairs<String, String>, in prefix: String = "") -> [Artifact] {
    let files = texts.map { Artifact(path: $0, text: $1) }
    return (files + [Manifest.artifact(inputs: [], outputs: files.map(\.digest), compilerVersion: "1")]).map {
      Artifact(path: prefix + $0.path, bytes: $0.bytes)
    }
  }

  @Test("files are written with their folders, and a second run writes nothing")
  func writes() throws {
    let wanted = artifacts(["prometheus/a.yaml": "a\n", "tables/a.md": "b\n"])
    #expect(try output.write(wanted).map(\.kind) == [.missing, .missing, .missing])
    #expect(try folder.text(of: "generated/tables/a.md") == "b\n")
    let before = try folder.files()
    #expect(before.count == 3)
    #expect(try output.write(wanted) == [])
    #expect(try folder.files() == before)
  }

  @Test("only what differs is written, and only what the last manifest lists is removed")
  func updates() throws {
    _ = try output.write(artifacts(["prometheus/a.yaml": "a\n", "prometheus/b.yaml": "b\n", "grafana/c.json": "c\n"]))
    try folder.write("mine\n", to: "generated/prometheus/mine.yaml")
    let before = try folder.files()
    let changes = try output.write(artifacts(["prometheus/a.yaml": "a\n", "prometheus/b.yaml": "B\n"]))
    #expect(
      changes == [
        .init(path: "grafana/c.json", kind: .leftOver), .init(path: "manifest.json", kind: .changed),
        .init(path: "prometheus/b.yaml", kind: .changed),
      ]
    )
    let after = try folder.files()
    #expect(after["generated/prometheus/a.yaml"] == before["generated/prometheus/a.yaml"])
    #expect(after["generated/prometheus/mine.yaml"]?.text == "mine\n")
    #expect(after["generated/prometheus/b.yaml"]?.text == "B\n")
    #expect(!folder.exists("generated/grafana"))
  }

  @Test("differences are told without writing anything")
  func differences() throws {
    let wanted = artifacts(["a.yaml": "a\n"])
    #expect(try output.differences(from: wanted).map(\.path) == ["a.yaml", "manifest.json"])
    #expect(!folder.exists("generated"))
    _ = try output.write(wanted)
    #expect(try output.differences(from: wanted) == [])
    try folder.write("edited\n", to: "generated/a.yaml")
    #expect(try output.differences(from: wanted) == [.init(path: "a.yaml", kind: .changed)])
  }

  @Test("a longer file that begins alike differs")
  func longerFile() throws {
    let wanted = artifacts(["a.yaml": "a\n"])
    _ = try output.write(wanted)
    try folder.write("a\nb\n", to: "generated/a.yaml")
    #expect(try output.differences(from: wanted).map(\.path) == ["a.yaml"])
  }

  @Test("a path that leaves the folder is refused", arguments: ["../a", "/etc/a", "a//b", "a/../../b", "a\n", ""])
  func pathsThatLeave(_ path: String) throws {
    #expect(throws: WorkspaceError.pathLeaves(path)) { try output.write([Artifact(path: path, text: "x")]) }
    #expect(try folder.files().isEmpty)
  }

  @Test("a manifest that lists a path outside removes nothing")
  func hostileManifest() throws {
    try folder.write("keep\n", to: "precious.txt")
    try folder.write(#"{"outputs": [{"path": "../precious.txt"}]}"#, to: "generated/manifest.json")
    #expect(throws: WorkspaceError.pathLeaves("../precious.txt")) { try output.write(artifacts(["a.yaml": "a\n"])) }
    #expect(try folder.text(of: "precious.txt") == "keep\n")
    #expect(!folder.exists("generated/a.yaml"))
  }

  @Test("a link among the folders of an artifact is not followed")
  func linkedFolder() throws {
    try FileManager.default.createDirectory(atPath: folder.absolute("generated"), withIntermediateDirectories: true)
    try FileManager.default.createDirectory(atPath: folder.absolute("elsewhere"), withIntermediateDirectories: true)
    try folder.link("generated/prometheus", to: "../elsewhere")
    #expect(throws: WorkspaceError.pathLeaves("prometheus/a.yaml")) {
      try output.write(artifacts(["prometheus/a.yaml": "a\n"]))
    }
    #expect(!folder.exists("elsewhere/a.yaml"))
  }

  @Test("a link in the place of an artifact is replaced, and what it leads to is left alone")
  func linkedFile() throws {
    try folder.write("keep\n", to: "precious.txt")
    try FileManager.default.createDirectory(atPath: folder.absolute("generated"), withIntermediateDirectories: true)
    try folder.link("generated/a.yaml", to: "../precious.txt")
    _ = try output.write(artifacts(["a.yaml": "keep\n"]))
    #expect(try folder.text(of: "precious.txt") == "keep\n")
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.absolute("generated/a.yaml"))
    #expect(attributes[.type] as? FileAttributeType == .typeRegular)
  }

  @Test("an output folder of its own that leads elsewhere is refused; one that was asked for is not")
  func linkedOutput() throws {
    let elsewhere = try TemporaryFolder()
    try folder.link("generated", to: elsewhere.path)
    let path = folder.absolute("generated")
    #expect(throws: WorkspaceError.linkLeaves(path)) { try WorkspaceFolder(folder.path).artifacts() }
    #expect(try WorkspaceFolder(folder.path, output: path).artifacts().path == path)
  }

  @Test("what cannot be written leaves every file as it was")
  func failure() throws {
    _ = try output.write(artifacts(["a.yaml": "a\n", "b/c.yaml": "c\n"]))
    let before = try folder.files()
    // A file in the place of the folder that the last artifact needs.
    try folder.write("", to: "generated/z")
    #expect(throws: WorkspaceError.notAFolder(folder.absolute("generated/z"))) {
      try output.write(artifacts(["a.yaml": "A\n", "b/c.yaml": "C\n", "z/d.yaml": "d\n"]))
    }
    try FileManager.default.removeItem(atPath: folder.absolute("generated/z"))
    // A name that is longer than any file may have is refused only when it is written.
    #expect(throws: WorkspaceError.self) {
      try output.write(artifacts(["a.yaml": "A\n", "new/\(String(repeating: "x", count: 254)).yaml": "d\n"]))
    }
    #expect(try folder.files() == before)
    #expect(!folder.exists("generated/new"))
  }

  @Test("what a killed run left behind does not stop the next")
  func leftBehind() throws {
    try folder.write("half", to: "generated/.a.yaml.\(getpid())")
    _ = try output.write(artifacts(["a.yaml": "a\n"]))
    #expect(try folder.files().keys.sorted() == ["generated/a.yaml", "generated/manifest.json"])
  }

  @Test("a workspace below another keeps its own files when the other's go")
  func nestedManifests() throws {
    let inner = artifacts(["gate/policy.json": "{}\n"], in: "shop/")
    _ = try output.write(artifacts(["a.yaml": "a\n"]) + inner)
    let changes = try output.write(artifacts([:]) + inner)
    #expect(changes.map(\.path) == ["a.yaml", "manifest.json"])
    #expect(folder.exists("generated/shop/gate/policy.json"))
  }
}
