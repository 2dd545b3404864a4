import Foundation
import TestSupport
import Testing

@Suite("How the command line ends")
struct ExitStatusTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let spec = """
    nines: v1
    service: shop
    owner: web
    policy: none
    indicators:
      requests:
        good: http_requests_total{job="shop", code!~"5.."}
        valid: http_requests_total{job="shop"}
    objectives:
      availability: requests >= 99.9% over 28d
    """

  private func nines(_ arguments: String...) throws -> CommandLineTool.Outcome {
    try CommandLineTool.nines(arguments, in: folder.path)
  }

  @Test("the version is a result, and so is help")
  func version() throws {
    let version = try nines("version")
    #expect(version.status == 0)
    #expect(version.output.hasPrefix("nines "))
    let help = try nines("--help")
    #expect(help.status == 0)
    #expect(help.output.contains("SUBCOMMANDS"))
    #expect(help.errors.isEmpty)
  }

  @Test(
    "a call that makes no sense ends with 2 and says why on standard error",
    arguments: [
      ["frobnicate"], ["lint", "--format", "xml"], ["lint", "-C", "missing"], ["lint"], ["explain", "SLO000"],
      ["explain"], ["gate", "--service", "shop"], ["lint", "--today", "tomorrow"],
      ["gate", "--service", "shop", "--change", "feature", "--snapshot", "missing.json"],
    ]
  )
  func usage(_ arguments: [String]) throws {
    let outcome = try CommandLineTool.nines(arguments, in: folder.path)
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.lowercased().contains("error: "))
  }

  @Test("a code is explained beside a workspace that cannot be read, with a word about that")
  func explanationAlone() throws {
    try folder.write(Self.spec, to: "specs/shop.yaml")
    try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/specs/gone.yaml", withDestinationPath: "/gone")
    let outcome = try nines("explain", "SLO309")
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("# SLO309"))
    #expect(outcome.errors.contains("shown as they are without settings"))
  }

  @Test("'fmt' lays out what it is asked to, and '--check' only says what it would")
  func formatting() throws {
    let text = Self.spec.replacingOccurrences(of: "owner: web", with: "owner:   web") + "\n"
    try folder.write(text, to: "specs/a/shop.yaml")
    try folder.write("nines: [v1\n", to: "specs/broken.yaml")
    let check = try nines("fmt", "--check", "specs/a/")
    #expect(check.status == 1)
    #expect(check.output == "specs/a/shop.yaml\n")
    #expect(try nines("fmt", "--diff", "specs/a").output.contains("-owner:   web\n+owner: web\n"))
    #expect(try String(contentsOfFile: "\(folder.path)/specs/a/shop.yaml", encoding: .utf8) == text)
    let outcome = try nines("fmt")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("specs/broken.yaml:1:8"))
    #expect(try String(contentsOfFile: "\(folder.path)/specs/a/shop.yaml", encoding: .utf8) == Self.spec + "\n")
    #expect(try String(contentsOfFile: "\(folder.path)/specs/broken.yaml", encoding: .utf8) == "nines: [v1\n")
    #expect(try nines("fmt", "--check", "specs/a").status == 0)
    #expect(try nines("fmt", "specs/b").status == 2)
  }

  @Test("fixes are shown, made and counted, and the status says what remains")
  func fixes() throws {
    let text = Self.spec.replacingOccurrences(of: "owner", with: "ownr")
    try folder.write(text, to: "specs/shop.yaml")
    let diff = try nines("lint", "--diff")
    #expect(diff.output.contains("-ownr: web\n+owner: web\n"))
    #expect(try String(contentsOfFile: "\(folder.path)/specs/shop.yaml", encoding: .utf8) == text)
    let fixed = try nines("lint", "--fix")
    #expect(fixed.errors == "fixed 1 of 1 finding in 1 file\n")
    #expect(fixed.status == 0)
    #expect(try String(contentsOfFile: "\(folder.path)/specs/shop.yaml", encoding: .utf8) == Self.spec)
    try folder.write(Self.spec.replacingOccurrences(of: "99.9%", with: "sometimes"), to: "specs/shop.yaml")
    #expect(try nines("lint", "--fix").status == 1)
  }

  @Test("clean specs end with 0, findings that are errors with 1, and findings are a result")
  func lint() throws {
    try folder.write(Self.spec, to: "specs/shop.yaml")
    #expect(try nines("lint").status == 0)
    try folder.write(Self.spec.replacingOccurrences(of: "99.9%", with: "99.9"), to: "specs/shop.yaml")
    let outcome = try nines("lint")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("error[SLO107]"))
    #expect(outcome.errors.isEmpty)
  }

  @Test("a failed compilation leaves every file as it was, to the byte and the second")
  func failedCompile() throws {
    try folder.write(Self.spec, to: "specs/shop.yaml")
    #expect(try nines("compile").status == 0)
    try folder.write(Self.spec.replacingOccurrences(of: "requests >=", with: "request >="), to: "specs/shop.yaml")
    let before = try folder.files()
    #expect(before.count > 5)
    #expect(try nines("compile").status == 1)
    #expect(try folder.files() == before)
  }

  @Test("a second compilation touches nothing, and '--check' tells what is stale without touching it")
  func check() throws {
    try folder.write(Self.spec, to: "specs/shop.yaml")
    let unmade = try nines("compile", "--check")
    #expect(unmade.status == 1)
    #expect(unmade.output.contains("error[SLO904]: 'manifest.json' has not been compiled"))
    #expect(try folder.files().keys.sorted() == ["specs/shop.yaml"])

    #expect(try nines("compile").status == 0)
    let made = try folder.files()
    #expect(try nines("compile").status == 0)
    #expect(try nines("compile", "--check").status == 0)
    #expect(try folder.files() == made)

    try folder.write(Self.spec.replacingOccurrences(of: "99.9%", with: "99.5%"), to: "specs/shop.yaml")
    let stale = try nines("compile", "--check", "--format", "json")
    #expect(stale.status == 1)
    #expect(stale.output.contains(#""path": "generated/gate/policy.json""#))
  }

  @Test("a service that is gone takes its files along, and nobody else's")
  func removedService() throws {
    try folder.write(Self.spec, to: "specs/shop.yaml")
    try folder.write(Self.spec.replacingOccurrences(of: "shop", with: "cart"), to: "specs/cart.yaml")
    #expect(try nines("compile").status == 0)
    try folder.write("mine", to: "generated/tables/notes.md")
    try FileManager.default.removeItem(atPath: folder.absolute("specs/cart.yaml"))
    #expect(try nines("compile").status == 0)
    let tables = try folder.files().keys.filter { $0.hasPrefix("generated/tables/") }.sorted()
    #expect(tables == ["notes.md", "shop.csv", "shop.json", "shop.md"].map { "generated/tables/\($0)" })
  }

  @Test("a first spec compiles as it is, and is never written over")
  func initialize() throws {
    let written = try nines("init", "checkout")
    #expect(written.status == 0)
    #expect(written.output == "checkout/specs/checkout.yaml\n")
    #expect(try nines("compile", "-C", "checkout").status == 0)
    let before = try folder.files()
    #expect(try nines("init", "checkout").status == 2)
    #expect(try folder.files() == before)
  }

  @Test("results are plain text where nobody watches")
  func colour() throws {
    try folder.write(Self.spec.replacingOccurrences(of: "99.9%", with: "99.9"), to: "specs/shop.yaml")
    #expect(try !nines("lint").output.utf8.contains(0x1B))
  }
}
