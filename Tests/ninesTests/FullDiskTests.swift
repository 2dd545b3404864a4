import Foundation
import TestSupport
import Testing

/// A name space of the system's own, in which a test may mount file systems and which ends with it.
private enum MountSpace {
  static let isThere = FileManager.default.isExecutableFile(atPath: "/usr/bin/unshare") && run("true", in: "/") == 0

  /// The exit status of a shell in it.
  static func run(_ script: String, in folder: String) -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/unshare")
    process.arguments = ["--map-root-user", "--mount", "/bin/sh", "-euc", script]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch { return -1 }
    process.waitUntilExit()
    return process.terminationStatus
  }
}

@Suite(
  "A disk that is full, or that nobody may write to",
  .enabled(if: MountSpace.isThere, "needs 'unshare', and leave to mount a file system in a name space")
)
struct FullDiskTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static func spec(_ service: String) -> String {
    """
    nines: v1
    service: \(service)
    owner: web
    policy: none
    indicators:
      requests:
        good: \(service)_requests_total{code!~"5.."}
        valid: \(service)_requests_total
    objectives:
      availability: requests >= 99.9% over 28d

    """
  }

  /// What a copy of the output folder holds.
  private func copy(_ name: String) throws -> [String: Data] {
    let files = try folder.files().filter { $0.key.hasPrefix("\(name)/") }
    return Dictionary(uniqueKeysWithValues: files.map { (String($0.key.dropFirst(name.count)), $0.value.bytes) })
  }

  @Test("gives one clear error, and leaves the output as it was")
  func refused() throws {
    try folder.write(Self.spec("shop"), to: "specs/shop.yaml")
    for name in ["cart", "mail", "bank", "post"] { try folder.write(Self.spec(name), to: "more/\(name).yaml") }
    let status = MountSpace.run(
      """
      mkdir generated
      mount -t tmpfs -o size=320k none generated
      '\(CommandLineTool.path)' compile
      cp -a generated before
      cp more/* specs/
      '\(CommandLineTool.path)' compile >full 2>&1 || echo "status $?" >>full
      cp -a generated after-full
      mount -o remount,ro generated
      '\(CommandLineTool.path)' compile >locked 2>&1 || echo "status $?" >>locked
      cp -a generated after-locked
      """,
      in: folder.path
    )
    #expect(status == 0)
    let before = try copy("before")
    #expect(before.count > 5)
    #expect(try copy("after-full") == before)
    #expect(try copy("after-locked") == before)
    for (file, reason) in [("full", "no space left on device"), ("locked", "read-only file system")] {
      let told = try String(contentsOfFile: folder.absolute(file), encoding: .utf8)
      let lines = told.split(separator: "\n")
      #expect(lines.count == 2 && lines[0].hasPrefix("error: cannot write 'generated"), "\(told)")
      #expect(lines.first?.hasSuffix(reason) == true, "\(told)")
      #expect(lines.last == "status 2", "\(told)")
    }
  }
}
