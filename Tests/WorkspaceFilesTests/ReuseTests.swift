import Emitters
import Foundation
import NinesCompiler
import Quantities
import TestSupport
import Testing
import WorkspaceFiles

@Suite("Printing only what is new")
struct ReuseTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for (name, text) in Self.files { try folder.write(text, to: name) }
  }

  /// Everybody alerts through the platform but `alone`, and `shop`'s routes are muted at night; `search` is down by what `shop` measures, `stock` bounds it, and
  /// `crew` has only an exception for it.
  private static let files = [
    "nines.yaml": "nines: v1\ntitle: Shop\ninterval: 1m\nscrape-interval: 1m\n",
    "specs/platform.yaml": """
    nines: v1
    service: platform
    owner: platform
    policies:
      budget:
        changes: [feature, bugfix]
        levels:
          healthy: { when: remaining > 0%, allow: all }
          frozen: { when: remaining <= 0%, allow: [bugfix], exit: [postmortem-shared] }
    severities:
      page: { title: Page, pages: true }
    notify:
      on-call: { title: whoever is on call, webhook: { url-file: /etc/hook } }
    """,
    "specs/shop.yaml": """
    nines: v1
    service: shop
    title: The shop
    owner: shop
    policy: platform/budget
    burn-alerts: { page: { severity: platform/page, notify: [platform/on-call] } }
    metrics:
      answer_seconds: { type: histogram, unit: seconds, buckets: [100ms, 250ms, 1s] }
    indicators:
      answers: { good: 'shop_requests_total{outcome="ok"}', valid: shop_requests_total }
      speed: { distribution: answer_seconds }
    maintenance:
      inventory: { notice: 7d, windows: [{ daily: 02:00, duration: 1h, in: UTC }] }
    objectives:
      answered: answers >= 99% over 28d
      fast: speed p95 < 250ms over 28d
    """,
    "specs/search.yaml": """
    nines: v1
    service: search
    owner: search
    policy: platform/budget
    burn-alerts: { page: { severity: platform/page, notify: [platform/on-call] } }
    indicators:
      uptime:
        down-when: [ failure_ratio(shop/answers) > 50% for 1m ]
    objectives:
      up: uptime >= 99% over 28d
    """,
    "specs/stock.yaml": """
    nines: v1
    service: stock
    owner: stock
    policy: platform/budget
    objectives:
      shop-answers: shop/answers >= 98% over 7d
    """,
    "specs/crew.yaml": """
    nines: v1
    service: crew
    owner: crew
    indicators:
      rosters: { good: 'rosters_total{outcome="ok"}', valid: rosters_total }
    objectives:
      kept: rosters >= 95% over 28d
    overrides:
      - { change: feature, for: shop, reason: the fair, by: anna, until: 2026-12-24T18:00:00Z }
    """,
    "specs/alone.yaml": """
    nines: v1
    service: alone
    owner: nobody-else
    metrics:
      other_seconds: { type: histogram, unit: seconds, buckets: [100ms, 1s] }
    indicators:
      answers: { good: 'alone_requests_total{outcome="ok"}', valid: alone_requests_total }
    objectives:
      answered: answers >= 97% over 28d
    """,
  ]

  private let compiler = Compiler(today: CalendarDate(dayNumber: 20_780)) { $0 == "UTC" ? .utc : nil }

  /// What `nines compile` does; the services that were printed, or nil where nothing had to be done at all.
  @discardableResult
  private func run() throws -> Set<String>? {
    let workspaces = WorkspaceFolder(folder.path)
    let cache = try #require(CompilationCache(of: workspaces, call: ["today"]))
    let sighting = try #require(cache.look())
    if sighting.outcome != nil { return nil }
    let read = try workspaces.read()
    switch try workspaces.artifacts().compile(read, with: compiler, keeping: sighting.services) {
    case .refused(let report):
      Issue.record("\(report.text(as: .text))")
      return []
    case .compiled(let compilation, let changes):
      let outcome = CompilationCache.Outcome(report: "", artifactCount: compilation.artifactCount)
      cache.remember(outcome, of: read, after: sighting, changes)
      return Set(compilation.outputs.flatMap(\.printed))
    }
  }

  private func expectCold() throws {
    let artifacts = try #require(try cold())
    try expect(artifacts)
  }

  /// What a compilation that knows of no other makes of the specs; nil where they have an error.
  private func cold() throws -> [Artifact]? { compiler.compile(try WorkspaceFolder(folder.path).read()).artifacts }

  /// That the output folder holds these and nothing else.
  private func expect(_ artifacts: [Artifact]) throws {
    var found = try folder.files().filter { $0.key.hasPrefix("generated/") }
    for artifact in artifacts {
      let text = found.removeValue(forKey: "generated/\(artifact.path)")?.text
      #expect(text == artifact.text, "\(artifact.path)")
    }
    #expect(found.isEmpty, "\(found.keys.sorted())")
  }

  private func replace(_ old: String, by new: String, in file: String) throws {
    let text = try folder.text(of: file)
    try #require(text.contains(old))
    try folder.write(text.replacingOccurrences(of: old, with: new), to: file)
  }

  private static let everyone: Set<String> = ["alone", "crew", "platform", "search", "shop", "stock"]

  @Test("the first time everything is printed, and then nothing")
  func first() throws {
    #expect(try run() == Self.everyone)
    #expect(try run() == nil)
    // The same text with another time: nobody's artifacts follow from times.
    try folder.write(try #require(Self.files["specs/shop.yaml"]), to: "specs/shop.yaml")
    #expect(try run() == [])
    try expectCold()
  }

  @Test(
    "an edit prints those services again that refer to it, and no others",
    arguments: [
      ("specs/alone.yaml", "97%", "98%", ["alone"]),
      ("specs/stock.yaml", "98%", "97%", ["stock", "shop", "search", "crew"]),
      ("specs/search.yaml", "50%", "40%", ["stock", "shop", "search", "crew"]),
      ("specs/shop.yaml", "The shop", "A shop", ["stock", "shop", "search", "crew"]),
      ("specs/crew.yaml", "the fair", "a fair", ["stock", "shop", "search", "crew"]),
      ("specs/platform.yaml", "/etc/hook", "/etc/other", ["platform", "stock", "shop", "search", "crew"]),
      ("nines.yaml", "1m", "30s", everyone.sorted()),
      // By the name of a metric, whoever uses it.
      ("specs/alone.yaml", "[100ms, 1s]", "[100ms, 2s]", everyone.sorted()),
    ]
  )
  func edits(_ file: String, _ old: String, _ new: String, _ printed: [String]) throws {
    try run()
    try replace(old, by: new, in: file)
    #expect(try run() == Set(printed))
    try expectCold()
  }

  @Test("a new service is printed alone, unless others have asked for its name", arguments: ["other", "kept"])
  func added(_ name: String) throws {
    // An objective's name, as long as no service has it.
    try replace("for: shop", by: "for: kept", in: "specs/crew.yaml")
    try run()
    let service = """
      nines: v1
      service: \(name)
      owner: somebody
      indicators:
        answers: { good: 'new_requests_total{outcome="ok"}', valid: new_requests_total }
      objectives:
        answered: answers >= 97% over 28d
      """
    try folder.write(service, to: "specs/new.yaml")
    #expect(try run() == (name == "kept" ? ["kept", "crew"] : ["other"]))
    try expectCold()
  }

  @Test("services that share a file share the comments in it that accept findings")
  func sharedFile() throws {
    let shared = """
      nines: v1
      # nines:allow SLO701: handed over next month
      service: lent
      rollout: { stages: [50%, 100%] }
      ---
      nines: v1
      service: tenant
      owner: team
      indicators:
        answers: { good: 'tenant_requests_total{outcome="ok"}', valid: tenant_requests_total }
      objectives:
        answered: answers >= 97% over 28d
      """
    try folder.write(shared, to: "specs/shared.yaml")
    try run()
    // What the comment stands before is another service's now.
    try folder.write("nines: v1\nservice: lent\nowner: team\n", to: "specs/lent.yaml")
    #expect(try run() == ["lent", "tenant"])
    try expectCold()
    try FileManager.default.removeItem(atPath: folder.absolute("specs/lent.yaml"))
    #expect(try run() == ["lent", "tenant"])
    try expectCold()
  }

  @Test("an artifact that is not as it was is printed again with those of its service", arguments: [true, false])
  func touched(_ isRemoved: Bool) throws {
    try run()
    let artifact = "generated/prometheus/shop.rules.yaml"
    if isRemoved {
      try FileManager.default.removeItem(atPath: folder.absolute(artifact))
    } else {
      try folder.write("mine\n", to: artifact)
    }
    try replace("97%", by: "98%", in: "specs/alone.yaml")
    #expect(try run() == ["alone", "shop"])
    try expectCold()
  }

  @Test("what is touched while a compilation runs is not taken for granted")
  func touchedMeanwhile() throws {
    try run()
    try replace("97%", by: "98%", in: "specs/alone.yaml")
    let workspaces = WorkspaceFolder(folder.path)
    let cache = try #require(CompilationCache(of: workspaces, call: ["today"]))
    let sighting = try #require(cache.look())
    #expect(!sighting.services.isEmpty)
    try folder.write("mine\n", to: "generated/prometheus/shop.rules.yaml")
    _ = try workspaces.artifacts().compile(try workspaces.read(), with: compiler, keeping: sighting.services)
    try expectCold()
  }

  @Test("an error leaves everything, and what was kept serves the next run")
  func error() throws {
    try run()
    try replace("97%", by: "97", in: "specs/alone.yaml")
    let before = try folder.files().filter { $0.key.hasPrefix("generated/") }
    let workspaces = WorkspaceFolder(folder.path)
    let cache = try #require(CompilationCache(of: workspaces, call: ["today"]))
    let sighting = try #require(cache.look())
    let result = try workspaces.artifacts().compile(
      try workspaces.read(),
      with: compiler,
      keeping: sighting.services
    )
    guard case .refused = result else {
      Issue.record("compiled in spite of an error")
      return
    }
    #expect(try folder.files().filter { $0.key.hasPrefix("generated/") } == before)
    try replace("97", by: "96%", in: "specs/alone.yaml")
    #expect(try run() == ["alone"])
  }

  @Test("after random edits across services the folder holds what a cold run writes", arguments: 1...4)
  func randomEdits(seed: UInt64) throws {
    var random = RandomSteps(seed: seed)
    let figures = [
      "28d", "7d", "99%", "98%", "97%", "50%", "40%", "250ms", "1s", "anna", "bert", "/etc/hook", "Page", "on-call",
    ]
    try run()
    for _ in 0..<20 {
      let file = Self.files.keys.sorted()[random.next(Self.files.count)]
      let text = folder.exists(file) ? try folder.text(of: file) : try #require(Self.files[file])
      switch random.next(8) {
      case 0: try folder.write(try #require(Self.files[file]), to: file)
      case 1: try folder.write(text.replacingOccurrences(of: "platform/budget", with: "standard"), to: file)
      case 2 where !["nines.yaml", "specs/platform.yaml", "specs/shop.yaml"].contains(file):
        if folder.exists(file) { try FileManager.default.removeItem(atPath: folder.absolute(file)) }
      default:
        let old = figures[random.next(figures.count)]
        try folder.write(text.replacingOccurrences(of: old, with: figures[random.next(figures.count)]), to: file)
      }
      guard let artifacts = try cold() else {
        // Many edits make no sense together.
        try folder.write(text, to: file)
        continue
      }
      try run()
      try expect(artifacts)
    }
  }
}
