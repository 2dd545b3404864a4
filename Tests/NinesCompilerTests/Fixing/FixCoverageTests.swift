import Diagnostics
import NinesCompiler
import Testing

@Suite("Codes that promise a fix have one")
struct FixCoverageTests {
  @Test("a fix is promised wherever one edit is the way out")
  func promised() {
    let codes = [
      "SLO103", "SLO106", "SLO110", "SLO115", "SLO203", "SLO204", "SLO205", "SLO206", "SLO207", "SLO210", "SLO211",
      "SLO306", "SLO310", "SLO505", "SLO510", "SLO514", "SLO902",
    ]
    #expect(DiagnosticCatalogue.all.filter { $0.fix != nil }.map(\.code) == codes)
  }

  @Test("the fix of the flagged example silences it, and brings in no error", arguments: DiagnosticCatalogue.fixable)
  func silences(_ descriptor: DiagnosticDescriptor) throws {
    let text = descriptor.flagged.filter { $0 != "«" && $0 != "»" }
    let workspace = Workspace(
      ["example.yaml": text.hasPrefix("nines:") ? text : "nines: v1\nservice: example\nowner: team\n\(text)\n"],
      settings: "nines: v1\nretention: 100d\n"
    )
    let found = Compiler.forTests.analyze(workspace).bag.diagnostics.filter { $0.descriptor == descriptor }
    #expect(!found.isEmpty)
    for finding in found {
      #expect(finding.fix?.edits.isEmpty == false)
      #expect(finding.fix?.safety == descriptor.fix)
    }
    let fixed = Fixer(.forTests, allowsUnsafe: descriptor.fix == .unsafe).fix(workspace)
    let remaining = fixed.analysis.bag.diagnostics
    #expect(remaining.filter { $0.descriptor == descriptor }.map(\.message) == [])
    #expect(remaining.filter { $0.severity == .error }.map(\.message) == [])
    #expect(fixed.refusals.map(\.description) == [])
  }

  @Test(
    "names are mended where they stand, inside quotes and queries",
    arguments: [
      ("good: 'jobs_total{outcome=\"sucess\"}'", "good: 'jobs_total{outcome=\"success\"}'"),
      ("good: \"jobs_total{outcome=\\\"sucess\\\"}\"", "good: \"jobs_total{outcome=\\\"success\\\"}\""),
      ("good: job_total{outcome=\"success\"}", "good: jobs_total{outcome=\"success\"}"),
      ("good: jobs_total{outcom=\"success\"}", "good: jobs_total{outcome=\"success\"}"),
      (
        "good: { promql: 'sum(increase(jobs_total{outcome=\"sucess\"}[5m]))' }",
        "good: { promql: 'sum(increase(jobs_total{outcome=\"success\"}[$window]))' }"
      ),
    ]
  )
  func selectors(_ written: String, _ mended: String) {
    let spec = { (good: String) in
      """
      nines: v1
      service: jobs
      owner: team
      policy: none
      metrics:
        jobs_total: { type: counter, labels: { outcome: [success, error] } }
      indicators:
        jobs:
          \(good)
          valid: jobs_total
      objectives:
        success: jobs >= 99% over 28d
      """
    }
    let fixed = Fixer(.forTests, allowsUnsafe: true).fix(Workspace(["jobs.yaml": spec(written)]))
    #expect(String(decoding: fixed.analysis.workspace.specs[0].bytes, as: UTF8.self) == spec(mended))
    #expect(fixed.refusals.map(\.description) == [])
  }
}

extension DiagnosticCatalogue {
  static var fixable: [DiagnosticDescriptor] { all.filter { $0.fix != nil } }
}

extension DiagnosticDescriptor: CustomTestStringConvertible {
  package var testDescription: String { "\(code) \(name)" }
}
