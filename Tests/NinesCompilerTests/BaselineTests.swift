import Diagnostics
import NinesCompiler
import Testing

@Suite("A baseline")
struct BaselineTests {
  private static let old = Specs.shop.replacing("28d", with: "30d")

  private func workspace(_ text: String, _ baseline: Baseline? = nil) -> Workspace {
    Workspace(["shop.yaml": text]).judged(by: baseline)
  }

  /// As it is read back from its file.
  private func baseline(
    of text: String,
    after earlier: Baseline? = nil,
    growingFor reason: String? = nil
  ) throws -> Baseline {
    let update = try BaselineUpdate([workspace(text, earlier)], by: .forTests, growingFor: reason)
    return try reread(update.baseline)
  }

  private func reread(_ baseline: Baseline) throws -> Baseline {
    try Baseline(reading: SourceFile(id: FileID(90), path: Baseline.fileName, text: baseline.text))
  }

  private func codes(_ text: String, _ baseline: Baseline) -> [String] {
    Compiler.forTests.analyze(workspace(text, baseline)).report.diagnostics.map(\.descriptor.code)
  }

  @Test("what it has is not told, wherever its line has moved, and is counted")
  func known() throws {
    let baseline = try baseline(of: Self.old)
    #expect(baseline.entries.map(\.code) == ["SLO306"])
    #expect(codes(Self.old, baseline) == [])
    #expect(codes("# a line more\n\(Self.old)", baseline) == [])
    let report = Compiler.forTests.analyze(workspace(Self.old, baseline)).report
    #expect(report.withheld.inBaseline == 1)
    #expect(report.text(as: .text) == "no findings in 1 file\n1 finding is in the baseline\n")
  }

  @Test("a second finding of the same kind is new")
  func second() throws {
    let more = "\(Self.old)\n  second: requests >= 99.5% over 30d\n"
    #expect(codes(more, try baseline(of: Self.old)).filter { $0 == "SLO306" } == ["SLO306"])
  }

  @Test("an error of a rule that it has does not keep a workspace from compiling, and a new one does")
  func compiling() throws {
    let broken = Specs.shop.replacing("owner: web\n", with: "")
    let baseline = try baseline(of: broken)
    #expect(Compiler.forTests.compile([workspace(broken, baseline)]).outputs != nil)
    #expect(Compiler.forTests.compile([workspace(broken)]).outputs == nil)
  }

  @Test("errors of reading are in no baseline")
  func errors() throws {
    let update = { try baseline(of: Specs.shop.replacing("99.9%", with: "99.9")) }
    let refusal = #expect(throws: BaselineUpdate.Refusal.self) { _ = try update() }
    #expect(refusal?.report.diagnostics.map(\.descriptor.code) == ["SLO107"])
  }

  @Test("an entry that nothing raises any more is told where it stands")
  func stale() throws {
    let baseline = try baseline(of: Self.old)
    let report = Compiler.forTests.analyze(workspace(Specs.shop, baseline)).report
    let finding = try #require(report.diagnostics.first)
    #expect(finding.descriptor.code == "SLO907")
    #expect(finding.message.hasPrefix("nothing in 'specs/shop.yaml' raises this SLO306 any more: 30d is no whole"))
    #expect(report.file(finding.span.file).text(in: finding.span.range) == baseline.entries[0].fingerprint)
    // What cannot be read as a whole may still raise it.
    #expect(!codes(Specs.shop.replacing("99.9%", with: "99.9"), baseline).contains("SLO907"))
  }

  @Test("written anew it loses what is gone, and takes in what is new only for a reason, which it keeps")
  func shrinking() throws {
    let first = try baseline(of: Self.old)
    #expect(try baseline(of: Specs.shop, after: first).entries == [])
    let worse = Self.old.replacing("owner: web\n", with: "")
    let refusal = #expect(throws: BaselineUpdate.Refusal.self) { _ = try baseline(of: worse, after: first) }
    #expect(refusal?.report.diagnostics.map(\.descriptor.code) == ["SLO701"])
    let grown = try baseline(of: worse, after: first, growingFor: "the team was dissolved")
    #expect(grown.entries.map(\.reason) == ["the team was dissolved", nil])
    #expect(try baseline(of: worse, after: grown).entries == grown.entries)
  }

  @Test(
    "a file that is no baseline says why",
    arguments: [
      ("{", "line 1, column 2: "), ("{}", "it does not begin with"), (#"{"nines": "baseline/v1"}"#, "it has no list"),
      (#"{"nines": "baseline/v1", "findings": [{"code": "SLO306"}]}"#, "finding 1 lacks one of"),
    ]
  )
  func malformed(_ text: String, _ reason: String) {
    let fault = #expect(throws: Baseline.Fault.self) {
      try Baseline(reading: SourceFile(id: FileID(0), path: Baseline.fileName, text: text))
    }
    #expect(fault?.reason.hasPrefix(reason) == true)
  }
}
