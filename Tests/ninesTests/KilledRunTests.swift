import Foundation
import TestSupport
import Testing

/// `kill -9` of `nines compile` at random moments. NINES_KILLS says how often; `make crash` has hundreds.
@Suite("A compilation that is killed")
struct KilledRunTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static func spec(_ service: String, target: String) -> String {
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
      availability: requests >= \(target) over 28d

    """
  }

  private enum Version: CaseIterable {
    case old, new

    /// One service changes, one goes and one comes.
    var specs: [String: String] {
      switch self {
      case .old: ["shop": spec("shop", target: "99.9%"), "cart": spec("cart", target: "99.5%")]
      case .new: ["shop": spec("shop", target: "99%"), "mail": spec("mail", target: "99.5%")]
      }
    }
  }

  private func write(_ version: Version) throws {
    for name in ["shop", "cart", "mail"] {
      if let text = version.specs[name] {
        try folder.write(text, to: "specs/\(name).yaml")
      } else if FileManager.default.fileExists(atPath: folder.absolute("specs/\(name).yaml")) {
        try FileManager.default.removeItem(atPath: folder.absolute("specs/\(name).yaml"))
      }
    }
  }

  /// Every file below `generated`, hidden ones too.
  private func generated() throws -> [String: Data] {
    try folder.files().filter { $0.key.hasPrefix("generated/") }.mapValues(\.bytes)
  }

  private func compile() throws { #expect(try CommandLineTool.nines(["compile"], in: folder.path).status == 0) }

  /// Starts a compilation and kills it: after a while, or that much after it has begun to write.
  private func kill(after delay: TimeInterval, ofWriting: Bool) throws {
    let process = try CommandLineTool.start(["compile"], in: folder.path)
    let note = folder.absolute("generated/.nines-pending")
    if ofWriting {
      while process.isRunning, access(note, F_OK) != 0 { usleep(50) }
    }
    usleep(UInt32(delay * 1e6))
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  @Test("leaves whole files of either version, and the next one leaves no trace of it")
  func killed() throws {
    let kills = ProcessInfo.processInfo.environment["NINES_KILLS"].flatMap { Int($0) } ?? 8
    var results: [Version: [String: Data]] = [:]
    var length: TimeInterval = 0
    for version in Version.allCases {
      try write(version)
      let begun = Date()
      try compile()
      length = Date().timeIntervalSince(begun)
      results[version] = try generated()
    }
    let old = try #require(results[.old])
    let new = try #require(results[.new])
    var halfway = 0
    for index in 0..<kills {
      try write(index.isMultiple(of: 2) ? .old : .new)
      let ofWriting = !index.isMultiple(of: 3)
      try kill(after: .random(in: 0...(ofWriting ? 0.004 : length)), ofWriting: ofWriting)
      let found = try generated()
      let visible = found.filter { !($0.key as NSString).lastPathComponent.hasPrefix(".") }
      for (path, bytes) in visible { #expect(bytes == old[path] || bytes == new[path], "\(path) is neither") }
      #expect(Set(visible.keys).isSuperset(of: Set(old.keys).intersection(new.keys)))
      if visible != old, visible != new { halfway += 1 }
      // As often to what was there before as to what was killed.
      let next = Version.allCases[index / 2 % 2]
      try write(next)
      try compile()
      #expect(try generated() == results[next])
    }
    if kills > 50 { print("killed \(kills) times, \(halfway) times between two versions") }
  }
}
