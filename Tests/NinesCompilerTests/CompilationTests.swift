import Diagnostics
import Emitters
import NinesCompiler
import StructuredText
import Testing

@Suite("What a workspace compiles to")
struct CompilationTests {
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
    let outputs = try #require(compilation.outputs)
    let rows = try BurnRateTables(outputs, of: nil).csv.split(whereSeparator: \.isNewline).map {
      $0.prefix { $0 != "," }
    }
    #expect(rows.first == "objective")
    #expect(rows.filter { $0 == "objective" }.count == 1)
    #expect(Set(rows.dropFirst()) == ["cart/availability", "shop/availability"])
    #expect(throws: BurnRateTables.UnknownService(name: "shp", nearest: "shop")) {
      try BurnRateTables(outputs, of: "shp")
    }
  }
}
