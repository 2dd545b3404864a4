import Diagnostics
import NinesCompiler
import Testing

@Suite("Time zones that do not exist")
struct UnknownZonesTests {
  @Test(
    "wherever a spec names one, it is said and nothing is compiled",
    arguments: [
      "maintenance: { weekly: { windows: [{ weekly: sunday 02:00, duration: 2h, in: Europe/Berln }], notice: 48h } }",
      "freezes: [{ reason: holidays, days: [{ from: 2026-12-24, through: 2027-01-02, in: Europe/Berln }] }]",
      "freezes: [{ reason: weekend, windows: [{ weekly: friday 16:00, duration: 2d, in: Europe/Berln }] }]",
    ]
  )
  func unknown(_ line: String) {
    let workspace = Workspace(["shop.yaml": "\(Specs.shop)\n\(line)\n"])
    let compilation = Compiler.forTests.compile([workspace])
    let found = compilation.report.diagnostics.filter { $0.descriptor.code == "SLO110" }.map { finding in
      "\(finding.message): \(compilation.report.file(finding.span.file).text(in: finding.span.range))"
    }
    let said = "there is no time zone 'Europe/Berln' in the IANA database of this machine"
    #expect(found == ["\(said): Europe/Berln"])
    #expect(compilation.artifacts == nil)
  }
}
