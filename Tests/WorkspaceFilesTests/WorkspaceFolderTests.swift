import Diagnostics
import Foundation
import NinesCompiler
import TestSupport
import Testing
import WorkspaceFiles

@Suite("Reading a folder")
struct WorkspaceFolderTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func workspaces() throws(WorkspaceError) -> [Workspace] { try WorkspaceFolder(folder.path).read() }

  @Test("specs are the YAML files below 'specs', sorted, hidden folders and other files left out")
  func specs() throws {
    for name in ["specs/b.yml", "specs/a/c.yaml", "specs/.hidden/x.yaml", "specs/notes.md", "other.yaml", "nines.yaml"]
    {
      try folder.write("nines: v1\n", to: name)
    }
    let found = try workspaces()
    #expect(found.map(\.name) == [""])
    #expect(found[0].specs.map(\.path) == ["specs/a/c.yaml", "specs/b.yml"])
    #expect(found[0].settings?.path == "nines.yaml")
    #expect(found[0].folderName == (folder.path as NSString).lastPathComponent)
  }

  @Test("without 'specs' the folder itself holds them, and artifacts are no specs")
  func withoutSpecsFolder() throws {
    for name in ["one.yaml", "nines.yaml", "generated/prometheus/one.yaml", "out/rules.yaml"] {
      try folder.write("nines: v1\n", to: name)
    }
    let found = try WorkspaceFolder(folder.path, output: folder.absolute("out")).read()
    #expect(found.flatMap(\.specs).map(\.path) == ["one.yaml"])
  }

  @Test("a folder with settings is a workspace of its own, and every file has a number of its own")
  func nested() throws {
    for name in ["specs/root.yaml", "specs/shop/nines.yaml", "specs/shop/cart.yaml", "specs/shop/deep/pay.yaml"] {
      try folder.write("nines: v1\n", to: name)
    }
    try folder.write("nines: v1\n", to: "specs/shop/deep/inner/nines.yaml")
    try folder.write("nines: v1\n", to: "specs/shop/deep/inner/x.yaml")
    let found = try workspaces()
    #expect(found.map(\.name) == ["", "shop", "shop/deep/inner"])
    #expect(found[1].specs.map(\.path) == ["specs/shop/cart.yaml", "specs/shop/deep/pay.yaml"])
    #expect(found[2].outputPath(of: "manifest.json") == "shop/deep/inner/manifest.json")
    let files = found.flatMap(\.files)
    #expect(Set(files.map(\.id)).count == files.count)
  }

  @Test("a workspace may not be called what artifacts of the one around it need", arguments: ["gate", "rules"])
  func reservedNames(_ name: String) throws {
    try folder.write("nines: v1\n", to: "specs/\(name)/nines.yaml")
    try folder.write("nines: v1\n", to: "specs/\(name)/a.yaml")
    #expect(throws: WorkspaceError.reservedFolder("specs/\(name)", name: name)) { try workspaces() }
  }

  @Test("links that stay inside are followed; those that leave, lead nowhere or lead back are refused")
  func links() throws {
    try folder.write("nines: v1\n", to: "specs/a.yaml")
    try folder.write("nines: v1\n", to: "shared/b.yaml")
    try folder.link("specs/shared", to: "../shared")
    #expect(try workspaces()[0].specs.map(\.path) == ["specs/a.yaml", "specs/shared/b.yaml"])

    try folder.link("specs/passwd.yaml", to: "/etc/passwd")
    #expect(throws: WorkspaceError.linkLeaves("specs/passwd.yaml")) { try workspaces() }
    try FileManager.default.removeItem(atPath: folder.absolute("specs/passwd.yaml"))

    try folder.link("specs/nothing.yaml", to: "missing.yaml")
    #expect(throws: WorkspaceError.linkLeaves("specs/nothing.yaml")) { try workspaces() }
    try FileManager.default.removeItem(atPath: folder.absolute("specs/nothing.yaml"))

    try folder.link("specs/again", to: ".")
    #expect(throws: WorkspaceError.linkCycle("specs/again")) { try workspaces() }
  }

  @Test("a link to a folder whose name only begins like the workspace's leaves it")
  func siblingWithTheSamePrefix() throws {
    let sibling = "\(folder.path)-secret"
    try FileManager.default.createDirectory(atPath: sibling, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: sibling) }
    try folder.write("nines: v1\n", to: "specs/a.yaml")
    try folder.link("specs/b", to: sibling)
    #expect(throws: WorkspaceError.linkLeaves("specs/b")) { try workspaces() }
  }

  @Test("names with control characters are refused and shown harmlessly")
  func controlCharacters() throws {
    try folder.write("nines: v1\n", to: "specs/a\u{1B}[31m.yaml")
    let error = #expect(throws: WorkspaceError.self) { try workspaces() }
    #expect(error?.description == "the name of 'specs/a␛[31m.yaml' has control characters or is not UTF-8")
  }

  @Test("a pipe that is called a spec is refused instead of waited for")
  func pipe() throws {
    try folder.write("nines: v1\n", to: "specs/a.yaml")
    #expect(mkfifo(folder.absolute("specs/b.yaml"), 0o600) == 0)
    #expect(throws: WorkspaceError.notAFile("specs/b.yaml")) { try workspaces() }
  }

  @Test("a folder that is not there, and one without specs, are told apart")
  func nothingToRead() throws {
    #expect(throws: WorkspaceError.noSpecs(folder.path)) { try workspaces() }
    let missing = folder.absolute("missing")
    #expect(throws: WorkspaceError.noSuchFolder(missing)) { try WorkspaceFolder(missing).read() }
  }

  @Test("settings in two places for one workspace are refused")
  func settingsTwice() throws {
    for name in ["nines.yaml", "specs/nines.yaml", "specs/a.yaml"] { try folder.write("nines: v1\n", to: name) }
    #expect(throws: WorkspaceError.settingsTwice("nines.yaml", "specs/nines.yaml")) { try workspaces() }
  }

  @Test("a file beyond the limit is refused without being read")
  func largeFile() throws {
    try folder.write("", to: "specs/a.yaml")
    #expect(truncate(folder.absolute("specs/a.yaml"), 65 << 20) == 0)
    #expect(throws: WorkspaceError.tooLarge("specs/a.yaml", bytes: 65 << 20, limit: 64 << 20)) { try workspaces() }
  }

  @Test("bytes are kept exactly")
  func exactBytes() throws {
    let text = String(repeating: "# äöü\r\n", count: 20_000)
    try folder.write(text, to: "specs/a.yaml")
    #expect(try workspaces()[0].specs[0].bytes == Array(text.utf8))
  }
}

@Suite("Writing specs anew")
struct RewrittenFilesTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func changes(_ text: String) throws -> [(before: SourceFile, after: SourceFile)] {
    try WorkspaceFolder(folder.path).read().flatMap(\.specs).map { file in
      (file, SourceFile(id: file.id, path: file.path, text: text))
    }
  }

  @Test("permissions stay, links stay links, and nothing else is left behind")
  func inPlace() throws {
    try folder.write("nines: v1\n", to: "shared/b.yaml")
    try folder.write("nines: v1\n", to: "specs/a.yaml")
    #expect(chmod(folder.absolute("specs/a.yaml"), 0o640) == 0)
    try folder.link("specs/b.yaml", to: "../shared/b.yaml")
    try WorkspaceFolder(folder.path).rewrite(try changes("# new\n"))
    #expect(try folder.files().mapValues(\.text) == ["specs/a.yaml": "# new\n", "shared/b.yaml": "# new\n"])
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.absolute("specs/a.yaml"))
    #expect(attributes[.posixPermissions] as? Int == 0o640)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.absolute("specs/b.yaml")).isEmpty == false)
  }

  @Test("a file that has changed since it was read stops everything")
  func changedMeanwhile() throws {
    try folder.write("nines: v1\n", to: "specs/a.yaml")
    try folder.write("nines: v1\n", to: "specs/b.yaml")
    let changes = try changes("# new\n")
    try folder.write("nines: v1 # by hand\n", to: "specs/b.yaml")
    #expect(throws: WorkspaceError.changedMeanwhile("specs/b.yaml")) {
      try WorkspaceFolder(folder.path).rewrite(changes)
    }
    #expect(
      try folder.files().mapValues(\.text)
        == ["specs/a.yaml": "nines: v1\n", "specs/b.yaml": "nines: v1 # by hand\n"]
    )
  }
}
