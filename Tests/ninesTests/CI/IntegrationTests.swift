import Diagnostics
import Foundation
import TestSupport
import Testing
import YAMLSource

/// A file of the repository that other programs read, as nodes.
struct IntegrationFile {
  let root: YAMLNode

  init(_ name: String) throws { root = try #require(Self.documents(name).first) }

  static func documents(_ name: String) throws -> [YAMLNode] {
    let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    var bag = DiagnosticBag()
    let text = try String(contentsOf: repository.appending(path: name), encoding: .utf8)
    let documents = YAMLParser.parse(SourceFile(id: FileID(0), path: name, text: text), into: &bag)
    #expect(bag.diagnostics.isEmpty)
    return documents
  }
}

@Suite("The GitHub action and the hooks for pre-commit")
struct IntegrationTests {
  let sample: SampleRepository

  init() throws { sample = try SampleRepository() }

  /// Runs a script as a runner would, with the built program on the path in place of the one that it builds.
  private func run(_ script: String, _ variables: [String: String]) throws -> CommandLineTool.Outcome {
    let environment = ProcessInfo.processInfo.environment
    let path = "\(sample.folder.absolute("stubs")):\(CommandLineTool.folder):\(environment["PATH"] ?? "")"
    return try FinishedProgram.run(
      "bash",
      ["--noprofile", "--norc", "-eo", "pipefail", "-c", script],
      in: sample.folder.path,
      variables: environment.merging(["PATH": path, "GITHUB_STEP_SUMMARY": sample.folder.absolute("summary")]) { $1 }
        .merging(variables) { $1 }
    )
  }

  /// The steps of the action with their variables as the inputs make them; steps whose condition fails are left out.
  private func steps(_ inputs: [String: String]) throws -> [(name: String, script: String, variables: [String: String])]
  {
    let action = try IntegrationFile("action.yml").root
    let declared = try #require(action[key: "inputs"])
    let unknown = inputs.keys.filter { declared[key: $0] == nil }
    #expect(unknown == [])
    func value(_ expression: String) -> String {
      guard expression.hasPrefix("${{ ") else { return expression }
      let name = expression.dropFirst(4).dropLast(3)
      if name == "github.action_path" { return sample.folder.absolute("source") }
      let input = String(name.dropFirst("inputs.".count))
      return inputs[input] ?? declared[key: input]?[key: "default"]?.text ?? ""
    }
    let steps = try #require(action[key: "runs"]?[key: "steps"])
    return try steps.elements.compactMap { step in
      if let condition = step[key: "if"] {
        switch condition.text {
        case "inputs.check-generated == 'true'": if value("${{ inputs.check-generated }}") != "true" { return nil }
        case "inputs.since != ''": if value("${{ inputs.since }}").isEmpty { return nil }
        default: Issue.record("unknown condition '\(condition.text)'")
        }
      }
      let script = try #require(step[key: "run"]).text
      #expect(!script.contains("${{"), "an input would become a part of the script")
      let variables = step[key: "env"]?.entries.map { ($0.key.text, value($0.value.text)) } ?? []
      return (step[key: "name"]?.text ?? "", script, Dictionary(uniqueKeysWithValues: variables))
    }
  }

  private func act(_ inputs: [String: String]) throws -> [CommandLineTool.Outcome] {
    var outcomes: [CommandLineTool.Outcome] = []
    for step in try steps(inputs) where step.name != "Build nines" {
      outcomes.append(try run(step.script, step.variables))
      if outcomes.last?.status != 0 { break }
    }
    return outcomes
  }

  @Test("the action builds from its own checkout and puts the program on the path")
  func build() throws {
    try sample.folder.write("#!/bin/sh\necho packages $1 >> log\n", to: "source/scripts/install-packages")
    try sample.folder.write(
      "#!/bin/sh\ncase \"$*\" in *--show-bin-path) echo /built;; *) echo \"swift $*\" >> log;; esac\n",
      to: "stubs/swift"
    )
    for name in ["source/scripts/install-packages", "stubs/swift"] {
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: sample.folder.absolute(name))
    }
    let step = try #require(try steps([:]).first)
    let paths = sample.folder.absolute("paths")
    let outcome = try run(step.script, step.variables.merging(["GITHUB_PATH": paths]) { $1 })
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try String(contentsOfFile: paths, encoding: .utf8) == "/built\n")
    let log = try String(contentsOfFile: sample.folder.absolute("source/log"), encoding: .utf8)
    #expect(log.hasPrefix("packages compile\nswift build -c release --product nines"))
  }

  @Test("the action lints, shows findings beside the lines, and fails as it is told")
  func lint() throws {
    try sample.commitAll()
    #expect(try sample.nines(["compile", "-C", "slo"]).status == 0)
    let clean = try act(["directory": "slo"])
    #expect(clean.map(\.status) == [0, 0])
    #expect(clean[0].output.hasPrefix("::notice file=slo/specs/legacy/old.yaml,line=10,"))
    #expect(try act(["directory": "slo", "fail-on": "info"]).map(\.status) == [1])
    let since = try act(["directory": "slo", "since": "main", "fail-on": "info"])
    #expect(since.map(\.status) == [0, 0, 0])
    #expect(since[0].output == "")
    #expect(try sample.folder.text(of: "summary").contains("Nothing that the specs say has changed since `main`."))
    #expect(try act(["directory": "slo", "since": "main; touch owned"]).map(\.status) == [2])
    #expect(!FileManager.default.fileExists(atPath: sample.folder.absolute("owned")))
  }

  @Test("the action fails on stale artifacts unless it is told not to look, and writes SARIF on request")
  func generated() throws {
    let stale = try act(["directory": "slo", "today": "2026-11-20"])
    #expect(stale.map(\.status) == [0, 1])
    #expect(stale[1].output.contains("SLO904"))
    let inputs = ["directory": "slo", "check-generated": "false", "sarif-file": "out.sarif"]
    #expect(try act(inputs).map(\.status) == [0])
    let sarif = try String(contentsOfFile: sample.folder.absolute("out.sarif"), encoding: .utf8)
    #expect(sarif.contains(#""ruleId": "SLO306""#))
  }

  @Test("every hook's entry runs, and runs for the files that matter")
  func hooks() throws {
    let hooks = try IntegrationFile(".pre-commit-hooks.yaml").root.elements
    #expect(
      hooks.map { $0[key: "id"]?.text } == [
        "nines-lint", "nines-generated", "nines-lint-system", "nines-generated-system",
      ]
    )
    for name in try FileManager.default.contentsOfDirectory(atPath: sample.folder.absolute("slo")) {
      try FileManager.default.moveItem(
        atPath: sample.folder.absolute("slo/\(name)"),
        toPath: sample.folder.absolute(name)
      )
    }
    for hook in hooks {
      let entry = try #require(hook[key: "entry"]).text
      let files = try Regex(try #require(hook[key: "files"]).text)
      #expect("specs/legacy/old.yaml".firstMatch(of: files) != nil)
      #expect("slo/nines.yaml".firstMatch(of: files) != nil)
      #expect("README.md".firstMatch(of: files) == nil)
      #expect(hook[key: "pass_filenames"]?.text == "false")
      let isLint = entry.hasPrefix("nines lint")
      try sample.folder.write(SampleRepository.spec("shop"), to: "specs/shop.yaml")
      if !isLint { #expect(try sample.nines(["compile"]).status == 0) }
      #expect(try run(entry, [:]).status == 0)
      try sample.folder.write(SampleRepository.spec("shop", window: isLint ? "28" : "14d"), to: "specs/shop.yaml")
      let outcome = try run(entry, [:])
      #expect(outcome.status == 1)
      #expect(outcome.output.contains(isLint ? "error[SLO107]" : "error[SLO904]"))
    }
  }
}
