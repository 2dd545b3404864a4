import Diagnostics
import Foundation
import NinesCompiler
import TestSupport
import Testing
import WorkspaceFiles

@Suite("Files that settings extend")
struct ExtendedSettingsTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("", to: "repo/.git/HEAD")
    try folder.write("nines: v1\n", to: "repo/slo/specs/a.yaml")
  }

  private func workspaces() throws(WorkspaceError) -> [Workspace] {
    try WorkspaceFolder(folder.absolute("repo/slo")).read()
  }

  private func extending(_ path: String) throws -> Workspace {
    try folder.write("nines: v1\nextends: \(path)\n", to: "repo/slo/nines.yaml")
    return try workspaces()[0]
  }

  @Test("several in a row are read up to the root of the repository, the nearest first")
  func chain() throws {
    try folder.write("nines: v1\nextends: deep/org.yaml\n", to: "repo/division.yaml")
    try folder.write("nines: v1\n", to: "repo/deep/org.yaml")
    let found = try extending("../division.yaml")
    #expect(found.inherited.map(\.path) == ["../division.yaml", "../deep/org.yaml"])
    #expect(found.brokenExtension == nil)
  }

  @Test("workspaces that extend one file share it, and what is extended is no spec")
  func shared() throws {
    for name in ["eu", "us"] {
      try folder.write("nines: v1\nextends: ../org.yaml\n", to: "repo/slo/specs/\(name)/nines.yaml")
      try folder.write("nines: v1\n", to: "repo/slo/specs/\(name)/shop.yaml")
    }
    try folder.write("nines: v1\n", to: "repo/slo/specs/org.yaml")
    let found = try workspaces()
    #expect(found.map(\.name) == ["", "eu", "us"])
    #expect(found[0].specs.map(\.path) == ["specs/a.yaml"])
    #expect(found[1].inherited == found[2].inherited)
    #expect(found[1].inherited.map(\.path) == ["specs/org.yaml"])
  }

  @Test(
    "nothing outside the repository is read, and no cycle is followed",
    arguments: [
      ("../../secret.yaml", BrokenExtension.outside), ("/etc/passwd", .notRelative), ("~/org.yaml", .notRelative),
      ("../link.yaml", .outside), ("gone.yaml", .missing), ("nines.yaml", .cycle), ("../round.yaml", .cycle),
      ("specs", .unreadable(reason: "it is not a regular file")), ("../../gone.yaml", .outside),
    ]
  )
  func refused(_ path: String, _ problem: BrokenExtension) throws {
    try folder.write("nines: v1\n", to: "secret.yaml")
    try folder.write("nines: v1\nextends: slo/nines.yaml\n", to: "repo/round.yaml")
    try folder.link("repo/link.yaml", to: "../secret.yaml")
    #expect(try extending(path).brokenExtension == problem)
  }

  @Test("without a repository the folder itself is the limit")
  func withoutRepository() throws {
    try FileManager.default.removeItem(atPath: folder.absolute("repo/.git"))
    try folder.write("nines: v1\n", to: "repo/org.yaml")
    #expect(try extending("../org.yaml").brokenExtension == .outside)
    #expect(try WorkspaceFolder(folder.absolute("repo/slo")).pathInRepository() == "")
  }

  @Test("paths in a repository begin at its root")
  func prefix() throws {
    #expect(try WorkspaceFolder(folder.absolute("repo/slo")).pathInRepository() == "slo")
    #expect(WorkspaceFolder.path("specs/a.yaml", below: "slo") == "slo/specs/a.yaml")
    #expect(WorkspaceFolder.path("../org.yaml", below: "slo") == "org.yaml")
    #expect(WorkspaceFolder.path("specs/a.yaml", below: "") == "specs/a.yaml")
  }

  @Test("a baseline is read with the specs, and one that makes no sense is refused")
  func baseline() throws {
    try folder.write(#"{"nines": "baseline/v1", "findings": []}"#, to: "repo/slo/.nines-baseline.json")
    #expect(try workspaces()[0].baseline?.entries == [])
    try folder.write("[]", to: "repo/slo/.nines-baseline.json")
    #expect(throws: WorkspaceError.self) { try workspaces() }
  }
}
