import Diagnostics
import NinesCompiler
import PromQL
import Quantities
import SpecFormatting
import StructuredText
import YAMLSource

/// What can be fed with made-up bytes, and what has to hold besides that nothing crashes, hangs or leaks.
enum FuzzTarget: String, CaseIterable {
  /// The reader of YAML: every node lies within its file.
  case yaml
  /// The short forms of objectives, conditions and counts, each in its place in a spec.
  case expressions
  /// PromQL: what is printed reads as the same expression, in every dialect.
  case promql
  /// A whole spec file: findings can be told in every format, and layout is stable.
  case compile
  /// A snapshot: what reads prints and reads again as the same, and the gate's decision can be told.
  case snapshot
  /// A policy, a state of levels or a file of tokens, as JSON.
  case documents
  /// A request to the server: method, path and query in the first line, the body after it.
  case http
  /// What a Prometheus answers.
  case answer

  func run(_ bytes: [UInt8]) {
    switch self {
    case .yaml: Self.readYAML(bytes)
    case .expressions: Self.readExpressions(bytes)
    case .promql: Self.readPromQL(bytes)
    case .compile: Self.compileSpec(bytes)
    case .snapshot: GateInput.readSnapshot(bytes)
    case .documents: GateInput.readDocuments(bytes)
    case .http: GateInput.readRequest(bytes)
    case .answer: GateInput.readAnswer(bytes)
    }
  }

  private static func readYAML(_ bytes: [UInt8]) {
    var bag = DiagnosticBag()
    let documents = YAMLParser.parse(SourceFile(id: FileID(0), path: "specs/fuzzed.yaml", bytes: bytes), into: &bag)
    // An alias is the node that it stands for: more than there are bytes were seen already.
    var open = documents
    var seen = 0
    while let node = open.popLast(), seen <= bytes.count {
      seen += 1
      precondition(node.span.range.upperBound <= bytes.count, "a node ends outside its file")
      open += node.elements
      open += node.entries.flatMap { [$0.key, $0.value] }
    }
  }

  /// The first line goes into an objective, the second into a condition, the third into a count of the journey.
  private static func readExpressions(_ bytes: [UInt8]) {
    let lines = bytes.split(separator: 0x0A, maxSplits: 2, omittingEmptySubsequences: false)
      .map { JSONValue.string(String(decoding: $0, as: UTF8.self)).text(.compact) }
    func line(_ index: Int) -> String { index < lines.count ? lines[index] : "\"\"" }
    let spec = """
      nines: v1
      service: fuzzed
      owner: nobody
      indicators: { it: { good: good_total, valid: all_total }, took: { distribution: took_seconds } }
      journeys:
        trip: { title: Trip, traffic: \(line(2)), objectives: { named: \(line(0)) } }
      alerts: { Fired: { title: fired, when: \(line(1)) } }
      """
    compile(SourceFile(id: FileID(0), path: "specs/fuzzed.yaml", bytes: Array(spec.utf8)))
  }

  private static func readPromQL(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    for dialect in PromQLDialect.allCases {
      guard let expression = try? PromQLParser.parse(text, dialect: dialect) else { continue }
      let printed = expression.description
      guard let again = try? PromQLParser.parse(printed, dialect: dialect) else {
        preconditionFailure("printed as '\(printed)', which does not read")
      }
      precondition(again.description == printed, "printed as '\(printed)', which prints as '\(again)'")
    }
  }

  private static func compileSpec(_ bytes: [UInt8]) {
    let file = SourceFile(id: FileID(0), path: "specs/fuzzed.yaml", bytes: bytes)
    compile(file)
    guard case .laidOut(let once) = SpecFormatter.format(file, isSettings: false) else { return }
    guard case .laidOut(let twice) = SpecFormatter.format(once, isSettings: false) else {
      preconditionFailure("a file that was laid out cannot be laid out again")
    }
    precondition(once.bytes == twice.bytes, "laying out twice gives something else than once")
  }

  @discardableResult
  static func compile(_ file: SourceFile) -> InMemoryCompilation {
    let workspace = Workspace(name: "", folderName: "fuzzed", settings: nil, specs: [file])
    let compiler = Compiler(today: CalendarDate(dayNumber: 20_000), version: "0", zones: { $0 == "UTC" ? .utc : nil })
    let compilation = compiler.compile([workspace])
    for format in ReportFormat.allCases { _ = compilation.report.text(as: format) }
    precondition(
      (compilation.outputs == nil) == (compilation.report.count(of: .error) > 0),
      "artifacts beside an error, or neither"
    )
    return compilation
  }
}
