import Emitters
import Foundation
import NinesCompiler
import Quantities
import TestSupport
import Testing
import WorkspaceFiles

@Suite("Compiling what has changed")
struct CompilationCacheTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("nines: v1\ntitle: Shop\n", to: "nines.yaml")
    try folder.write(Self.spec("shop", target: 99), to: "specs/shop.yaml")
  }

  private static func spec(_ service: String, target: Int, extra: String = "") -> String {
    """
    nines: v1
    service: \(service)
    owner: team
    \(extra)
    indicators:
      answers:
        good: \(service)_requests_total{outcome="ok"}
        valid: \(service)_requests_total
    objectives:
      answered: answers >= \(target)% over 28d
    """
  }

  private let compiler = Compiler(today: CalendarDate(dayNumber: 20_780)) { $0 == "UTC" ? .utc : nil }

  /// What `nines compile` does; whether it had to compile.
  @discardableResult
  private func run(call: [String] = ["today"]) throws -> Bool {
    let workspaces = WorkspaceFolder(folder.path)
    let cache = try #require(CompilationCache(of: workspaces, call: call))
    let sighting = cache.look()
    if sighting?.outcome != nil { return false }
    let read = try workspaces.read()
    let kept = sighting?.services ?? ServiceRecords()
    switch try workspaces.artifacts().compile(read, with: compiler, keeping: kept) {
    case .refused(let report): Issue.record("\(report.text(as: .text))")
    case .compiled(let compilation, let changes):
      guard let sighting else { break }
      let outcome = CompilationCache.Outcome(report: "", artifactCount: compilation.artifactCount)
      cache.remember(outcome, of: read, after: sighting, changes)
    }
    return true
  }

  /// What the folder has to hold, by a compilation that knows of no other.
  private func expectCold() throws {
    let read = try WorkspaceFolder(folder.path).read()
    let compilation = compiler.compile(read)
    let artifacts = try #require(compilation.artifacts)
    var found = try folder.files().filter { $0.key.hasPrefix("generated/") && $0.key != "generated/mine.txt" }
    for artifact in artifacts {
      let text = found.removeValue(forKey: "generated/\(artifact.path)")?.text
      #expect(text == artifact.text, "\(artifact.path)")
    }
    #expect(found.isEmpty)
  }

  @Test("nothing is compiled when nothing has changed, and everything is told as it was")
  func unchanged() throws {
    #expect(try run())
    #expect(try !run())
    try expectCold()
  }

  @Test(
    "whatever is done to the files is noticed",
    arguments: [
      "specs/shop.yaml", "specs/more.yaml", "nines.yaml", "generated/manifest.json",
      "generated/prometheus/shop.rules.yaml",
    ]
  )
  func noticed(_ path: String) throws {
    try run()
    let text = path.hasSuffix("more.yaml") ? Self.spec("more", target: 98) : try folder.text(of: path)
    // The same text, and so the same size, with another time.
    try folder.write(text, to: path)
    #expect(try run())
    #expect(try !run())
    try expectCold()
  }

  @Test("a generated file that was edited by hand is written again")
  func editedByHand() throws {
    try run()
    let path = "generated/prometheus/shop.rules.yaml"
    let text = try folder.text(of: path)
    try folder.write(text.replacingOccurrences(of: "0.01", with: "0.02"), to: path)
    try run()
    #expect(try folder.text(of: path) == text)
  }

  @Test("a record of another call, or one that was tampered with, is no record")
  func otherRecords() throws {
    try run()
    #expect(try run(call: ["tomorrow"]))
    let record = ".nines-cache/compilation.json"
    try folder.write(try folder.text(of: record).replacingOccurrences(of: "\"key\"", with: "\"kez\""), to: record)
    #expect(try run(call: ["tomorrow"]))
    try folder.write("{", to: record)
    #expect(try run(call: ["tomorrow"]))
    #expect(try !run(call: ["tomorrow"]))
  }

  @Test("a link in the place of the cache's folder is not followed")
  func linkedCache() throws {
    let other = try TemporaryFolder()
    try folder.link(".nines-cache", to: other.path)
    #expect(try run())
    #expect(try run())
    #expect(try other.files().isEmpty)
  }

  @Test("after hundreds of random edits the folder holds what a cold run writes", arguments: 1...4)
  func randomEdits(seed: UInt64) throws {
    var random = RandomSteps(seed: seed)
    try run()
    for _ in 0..<50 {
      try edit(&random)
      try run()
      // Twice, so that the quick way is taken over every state.
      try run()
      try expectCold()
    }
  }

  private func edit(_ random: inout RandomSteps) throws {
    let service = ["shop", "search", "stock"][random.next(3)]
    let path = "specs/\(service).yaml"
    let files = FileManager.default
    switch random.next(9) {
    case 0, 1, 2: try folder.write(Self.spec(service, target: 95 + random.next(4)), to: path)
    case 3: try folder.write(Self.spec(service, target: 97, extra: "tier: \(1 + random.next(3))"), to: path)
    case 4:
      guard service != "shop", folder.exists(path) else { return }
      try files.removeItem(atPath: folder.absolute(path))
    case 5: try folder.write("nines: v1\ntitle: Shop \(random.next(3))\n", to: "nines.yaml")
    case 6:
      let artifact = "generated/tables/shop.csv"
      try folder.write("edited by hand\n", to: artifact)
    case 7:
      let artifact = "generated/prometheus/\(service).rules.yaml"
      if folder.exists(artifact) { try files.removeItem(atPath: folder.absolute(artifact)) }
    default:
      if random.next(2) == 0 {
        try files.removeItem(atPath: folder.absolute(".nines-cache"))
      } else {
        try folder.write("mine\n", to: "generated/mine.txt")
      }
    }
  }
}
