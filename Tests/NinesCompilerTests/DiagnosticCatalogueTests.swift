import Diagnostics
import NinesCompiler
import Testing

@Suite("The catalogue of codes")
struct DiagnosticCatalogueTests {
  @Test("no code and no name is given twice, and each has the form that it is looked up by")
  func unique() {
    let all = DiagnosticCatalogue.all
    #expect(Dictionary(grouping: all, by: \.code).filter { $1.count > 1 }.keys.sorted() == [])
    #expect(Dictionary(grouping: all, by: \.name).filter { $1.count > 1 }.keys.sorted() == [])
    for descriptor in all {
      #expect(descriptor.code.wholeMatch(of: /SLO[1-9][0-9]{2}/) != nil)
      #expect(descriptor.name.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil, "\(descriptor.code)")
    }
  }

  @Test("a code is found by its name and in any case; a misspelt one is answered with the nearest")
  func lookup() {
    #expect(DiagnosticCatalogue.descriptor(of: "slo904")?.name == "stale-artifact")
    #expect(DiagnosticCatalogue.descriptor(of: "stale-artifact")?.code == "SLO904")
    #expect(DiagnosticCatalogue.descriptor(of: "SLO999") == nil)
    #expect(DiagnosticCatalogue.nearest(to: "stale-artefact") == "stale-artifact")
  }

  @Test("every code has a page with both examples, and the index leads to each")
  func pages() throws {
    let files = RulePage.artifacts(of: DiagnosticCatalogue.all, version: "1")
    let index = try #require(files.first { $0.path == "index.md" }).text
    for descriptor in DiagnosticCatalogue.all {
      let page = try #require(files.first { $0.path == "\(descriptor.code).md" }).text
      #expect(page.hasPrefix("# \(descriptor.code) \(descriptor.name)\n"))
      #expect(page.contains(descriptor.accepted))
      #expect(!page.contains("«"))
      #expect(index.contains("(\(descriptor.code).md)"))
    }
  }
}
