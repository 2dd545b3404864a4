import Foundation
import TestSupport
import Testing

/// A repository with a workspace of two services in `slo/`, of which one uses what the other declares.
final class SampleRepository {
  let folder: TemporaryFolder

  static func spec(_ service: String, window: String = "28d", more: String = "") -> String {
    """
    nines: v1
    service: \(service)
    owner: web
    policy: none
    indicators:
      requests:
        good: http_requests_total{job="\(service)", code!~"5.."}
        valid: http_requests_total{job="\(service)"}
    objectives:
      availability: requests >= 99.9% over \(window)
    \(more)
    """
  }

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(Self.spec("shop"), to: "slo/specs/shop.yaml")
    try folder.write(Self.spec("cart", more: "depends-on: [shop/availability]"), to: "slo/specs/cart.yaml")
    try folder.write(Self.spec("old", window: "30d"), to: "slo/specs/legacy/old.yaml")
  }

  @discardableResult
  func git(_ arguments: String...) throws -> String {
    let author = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
    let finished = try FinishedProgram.run("git", author + arguments, in: folder.path)
    return finished.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  func commitAll() throws {
    if !FileManager.default.fileExists(atPath: folder.absolute(".git")) { try git("init", "-q", "-b", "main") }
    try git("add", "-A")
    try git("commit", "-q", "-m", "specs")
  }

  func nines(_ arguments: [String], input: String? = nil) throws -> CommandLineTool.Outcome {
    try CommandLineTool.nines(arguments, in: folder.path, input: input)
  }

  /// The codes and paths of findings.
  func findings(_ arguments: String..., input: String? = nil) throws -> [String] {
    struct Report: Decodable {
      struct Finding: Decodable { let code, path: String }
      let findings: [Finding]
    }
    let outcome = try nines(["lint", "-C", "slo", "--format", "json"] + arguments, input: input)
    let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
    return report.findings.map { "\($0.code) \($0.path)" }
  }
}

@Suite("Which findings are told")
struct LintSelectionTests {
  let sample: SampleRepository

  init() throws { sample = try SampleRepository() }

  private let oldFinding = "SLO306 specs/legacy/old.yaml"

  @Test("files and folders choose findings, names resolve across all, and what is left out is counted")
  func paths() throws {
    #expect(try sample.findings() == [oldFinding])
    #expect(try sample.findings("slo/specs/legacy") == [oldFinding])
    #expect(try sample.findings("slo/specs/cart.yaml", "slo/specs/shop.yaml") == [])
    let text = try sample.nines(["lint", "-C", "slo", "slo/specs/cart.yaml"]).output
    #expect(text == "no findings in 1 file\n1 finding in other files is not shown\n")
  }

  @Test(
    "what is none of the specs, and what goes together with nothing, is a wrong call",
    arguments: [
      ["slo/specs/gone.yaml"], [".git"], ["--since", "main", "slo/specs/cart.yaml"], ["-"], ["--stdin-path", "a.yaml"],
      ["--grow", "why"], ["--write-baseline", "slo/specs/cart.yaml"], ["--write-baseline", "--grow", " "],
      ["--fail-on", "all"], ["-", "--stdin-path", "elsewhere/a.yaml"],
    ]
  )
  func wrongCalls(_ arguments: [String]) throws {
    try sample.commitAll()
    let outcome = try sample.nines(["lint", "-C", "slo"] + arguments, input: "nines: v1\n")
    #expect(outcome.status == 2, "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }

  @Test("standard input stands for a file, there or not yet, in the workspace around it")
  func standardInput() throws {
    let broken = SampleRepository.spec("cart", more: "depends-on: [shop/uptime]")
    #expect(
      try sample.findings("-", "--stdin-path", "slo/specs/cart.yaml", input: broken) == ["SLO110 specs/cart.yaml"]
    )
    let new = SampleRepository.spec("new", window: "30d")
    #expect(
      try sample.findings("-", "--stdin-path", "slo/specs/eu/new.yaml", input: new) == ["SLO306 specs/eu/new.yaml"]
    )
    #expect(!FileManager.default.fileExists(atPath: sample.folder.absolute("slo/specs/eu")))
  }

  @Test("since a commit: findings in changed, new and renamed files, committed or not")
  func changed() throws {
    try sample.commitAll()
    #expect(try sample.findings("--since", "main") == [])
    try sample.git("checkout", "-q", "-b", "work")
    try sample.folder.write(SampleRepository.spec("shop", window: "30d"), to: "slo/specs/shop.yaml")
    try sample.commitAll()
    try sample.folder.write(SampleRepository.spec("new", window: "30d"), to: "slo/specs/new.yaml")
    #expect(try sample.findings("--since", "main") == ["SLO306 specs/new.yaml", "SLO306 specs/shop.yaml"])
    try sample.git("mv", "slo/specs/legacy/old.yaml", "slo/specs/renamed.yaml")
    #expect(try sample.findings("--since=main").contains("SLO306 specs/renamed.yaml"))
    // What others have changed meanwhile is none of this branch's.
    try sample.git("stash", "-q", "-u")
    try sample.git("checkout", "-q", "main")
    try sample.folder.write(SampleRepository.spec("cart", window: "14d"), to: "slo/specs/cart.yaml")
    try sample.commitAll()
    try sample.git("checkout", "-q", "work")
    #expect(try sample.findings("--since", "main") == ["SLO306 specs/shop.yaml"])
  }

  @Test("what a change causes in files that did not change is told, with a note")
  func causedElsewhere() throws {
    try sample.commitAll()
    let renamed = SampleRepository.spec("shop").replacingOccurrences(of: "availability:", with: "uptime:")
    try sample.folder.write(renamed, to: "slo/specs/shop.yaml")
    #expect(try sample.findings("--since", "HEAD") == ["SLO110 specs/cart.yaml"])
    let text = try sample.nines(["lint", "-C", "slo", "--since", "HEAD"]).output
    #expect(text.contains("note: this file is as it was at 'HEAD': the finding follows from a change elsewhere"))
    try sample.folder.write(SampleRepository.spec("shop"), to: "slo/specs/shop.yaml")
    try sample.folder.write("nines: v1\nstandards: { w: { windows: 28d, message: m } }\n", to: "slo/nines.yaml")
    #expect(try sample.findings("--since", "HEAD") == ["w specs/legacy/old.yaml"])
  }

  @Test(
    "a commit that is none is refused before git reads it as anything else",
    arguments: ["gone", "--output=/tmp/x", "-h", "", "main\n", "main:slo"]
  )
  func strangeCommits(_ name: String) throws {
    try sample.commitAll()
    let outcome = try sample.nines(["lint", "-C", "slo", "--since=\(name)"])
    #expect(outcome.status == 2, "\(outcome.output)")
    #expect(outcome.errors.contains("commit"), "\(outcome.errors)")
  }

  @Test("without a repository '--since' says so")
  func withoutRepository() throws {
    let outcome = try sample.nines(["lint", "-C", "slo", "--since", "main"])
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("is in no git repository"))
  }

  @Test(
    "the least severity that fails a run is for the caller to say",
    arguments: [([], 0), (["--fail-on", "info"], 1), (["--fail-on", "warning"], 0), (["--fail-on", "never"], 0)]
      as [([String], Int32)]
  )
  func thresholds(_ arguments: [String], _ status: Int32) throws {
    #expect(try sample.nines(["lint", "-C", "slo"] + arguments).status == status)
    try sample.folder.write("nines: v1\nrules: { SLO306: error }\n", to: "slo/nines.yaml")
    #expect(try sample.nines(["lint", "-C", "slo"] + arguments).status == (arguments.last == "never" ? 0 : 1))
  }

  @Test("a quiet run says nothing of nothing")
  func quiet() throws {
    #expect(try sample.nines(["lint", "-C", "slo", "--quiet", "slo/specs/cart.yaml"]).output == "")
    #expect(try sample.nines(["lint", "-C", "slo", "--quiet"]).output.contains("info[SLO306]"))
  }

  @Test("what code hosts read has paths from the root of the repository, and any path can be put before")
  func prefixes() throws {
    try sample.commitAll()
    #expect(
      try sample.nines(["lint", "-C", "slo", "--format", "github"]).output.contains("file=slo/specs/legacy/old.yaml")
    )
    #expect(
      try sample.nines(["lint", "-C", "slo", "--format", "gitlab"]).output.contains(#""slo/specs/legacy/old.yaml""#)
    )
    #expect(
      try sample.nines(["lint", "-C", "slo", "--format", "sarif"]).output.contains(#""slo/specs/legacy/old.yaml""#)
    )
    #expect(try sample.findings("--path-prefix", "a/b") == ["SLO306 a/b/specs/legacy/old.yaml"])
    #expect(try sample.nines(["compile", "-C", "slo"]).status == 0)
    try sample.folder.write("", to: "slo/generated/gate/policy.json")
    let stale = try sample.nines(["compile", "-C", "slo", "--check", "--format", "github"]).output
    #expect(stale.contains("file=slo/generated/gate/policy.json"))
  }
}
