import Diagnostics
import Emitters
import NinesCompiler
import StructuredText
import Synchronization
import Testing

@Suite("What a workspace compiles to")
struct CompilationTests {
  @Test("artifacts are handed over service by service, the manifest after all others")
  func handedOver() throws {
    let cart = Specs.shop.replacing("service: shop", with: "service: cart")
    let judgement = Compiler.forTests.judge([Workspace(["shop.yaml": Specs.shop, "cart.yaml": cart])])
    let calls = Mutex<[[String]]>([])
    let compilation = Compiler.forTests.compile(judgement) { artifacts in
      calls.withLock { $0.append(artifacts.map(\.path)) }
    }
    let paths = calls.withLock(\.self)
    for service in ["shop", "cart"] {
      #expect(paths.count { $0.contains("prometheus/\(service).rules.yaml") } == 1)
      let own = paths.first { $0.contains("prometheus/\(service).rules.yaml") } ?? []
      #expect(own.contains("catalogue/\(service).html") && own.allSatisfy { $0.contains(service) })
    }
    #expect(paths.last == ["manifest.json"])
    #expect(paths.joined().count == compilation.artifactCount)
    #expect(compilation.outputs.flatMap(\.printed).sorted() == ["cart", "shop"])
  }

  @Test("an error in one workspace keeps artifacts of all from being made")
  func noArtifactsWithErrors() {
    let good = Workspace(name: "a", ["a/shop.yaml": Specs.shop])
    let bad = Workspace(name: "b", ["b/shop.yaml": Specs.shop.replacing("requests >=", with: "request >=")], firstID: 1)
    #expect(Compiler.forTests.compile([good, bad]).artifacts == nil)
    #expect(Compiler.forTests.compile([good]).artifacts?.isEmpty == false)
  }

  @Test("the same specs give the same bytes")
  func deterministic() throws {
    let workspace = Workspace(["shop.yaml": Specs.shop])
    let first = try #require(Compiler.forTests.compile([workspace]).artifacts)
    #expect(Compiler.forTests.compile([workspace]).artifacts == first)
  }

  @Test("artifacts of a workspace below another go to its own folder, and names are its own")
  func nestedWorkspaces() throws {
    let outer = Workspace(["shop.yaml": Specs.shop])
    let inner = Workspace(name: "inner", ["inner/shop.yaml": Specs.shop], settings: "nines: v1\n", firstID: 1)
    let paths = try #require(Compiler.forTests.compile([outer, inner]).artifacts).map(\.path)
    #expect(paths.contains("tables/shop.md"))
    #expect(paths.contains("inner/tables/shop.md"))
    #expect(paths.last == "inner/manifest.json")
    #expect(Set(paths).count == paths.count)
  }

  @Test("the manifest lists what was read and everything that was made")
  func manifest() throws {
    let workspace = Workspace(["shop.yaml": Specs.shop], settings: "nines: v1\noutputs: [tables, gate]\n")
    let artifacts = try #require(Compiler.forTests.compile([workspace]).artifacts)
    let manifest = try JSONParser.parse(try #require(artifacts.last).bytes)
    #expect(manifest["inputs"]?.array?.compactMap { $0["path"]?.string } == ["nines.yaml", "specs/shop.yaml"])
    let outputs = manifest["outputs"]?.array?.compactMap { $0["path"]?.string }
    #expect(outputs == ["gate/policy.json", "tables/shop.csv", "tables/shop.json", "tables/shop.md"])
    #expect(outputs == artifacts.dropLast().map(\.path))
  }

  @Test("tables of all services stand below one header, and a service that nobody has is answered with the nearest")
  func tables() throws {
    let compiler = Compiler.forTests
    let second = Specs.shop.replacing("service: shop", with: "service: cart")
    let compilation = compiler.compile([Workspace(["shop.yaml": Specs.shop, "cart.yaml": second])])
    let plans = try #require(compilation.outputs).map(\.plan)
    let rows = try BurnRateTables(plans, of: nil).csv.split(whereSeparator: \.isNewline).map {
      $0.prefix { $0 != "," }
    }
    #expect(rows.first == "objective")
    #expect(rows.filter { $0 == "objective" }.count == 1)
    #expect(Set(rows.dropFirst()) == ["cart/availability", "shop/availability"])
    #expect(throws: BurnRateTables.UnknownService(name: "shp", nearest: "shop")) {
      try BurnRateTables(plans, of: "shp")
    }
  }

  // MARK: Ledgers

  @Test(
    "a change of what is counted is told, with the old label; any other change is not",
    arguments: [
      ("", "", 0), ("owner: web", "owner: mobile", 0), (">= 99.9%", ">= 99.5%", 0), ("over 28d", "over 7d", 0),
      ("5..", "[45]..", 1), ("over 28d", "over 28d by [region]", 1),
      (#"valid: http_requests_total"#, #"valid: grpc_requests_total"#, 1),
    ]
  )
  func countChanged(_ old: String, new: String, warnings: Int) throws {
    let before = try #require(Compiler.forTests.compile([Workspace(["shop.yaml": Specs.shop])]).outputs?.first)
    let hash = try #require(before.plan.services.first?.objectives.first?.countHash)
    let manifest = try JSONParser.parse(try #require(before.artifacts.last).bytes)
    #expect(
      manifest["ledgers"]?.array?.map { [$0["objective"]?.string, $0["sli"]?.string] } == [["shop/availability", hash]]
    )
    let changed = Workspace(["shop.yaml": old.isEmpty ? Specs.shop : Specs.shop.replacing(old, with: new)])
    let counts = RecordedCounts(["": ["shop/availability": hash, "shop/gone": "00000000"]])
    let report = Compiler.forTests.compile([changed], after: counts).report
    let told = report.diagnostics.filter { $0.descriptor.code == "SLO905" }
    #expect(told.count == warnings)
    for diagnostic in told {
      #expect(diagnostic.message == "what 'shop/availability' counts has changed: its ledger starts anew")
      #expect(diagnostic.notes.first?.message.contains("sli=\"\(hash)\"") == true)
      let text = String(
        decoding: changed.specs[0].bytes[Int(diagnostic.span.start)..<Int(diagnostic.span.end)],
        as: UTF8.self
      )
      #expect(text == "availability")
    }
  }

  @Test("of a workspace that was not compiled before, or of another, nothing is told")
  func notCompiledBefore() {
    let workspace = Workspace(["shop.yaml": Specs.shop])
    for counts in [RecordedCounts(), RecordedCounts(["other": ["shop/availability": "00000000"]])] {
      #expect(Compiler.forTests.compile([workspace], after: counts).report.diagnostics.isEmpty)
    }
  }
}
