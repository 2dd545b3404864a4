import Diagnostics
import Emitters
import Linting
import Parallelism
import PlanLowering
import PlanModel
import PromQL
import Quantities
import SpecCatalog
import SpecSyntax
import YAMLSource

/// The whole pipeline; the only place that knows the order of its stages.
package struct Compiler: Sendable {
  private let today: CalendarDate
  private let version: String
  private let zones: @Sendable (String) -> TimeZoneRules?

  /// `today` decides what is overdue; `zones` gives the rules of a time zone, and nil for one that nobody knows.
  package init(
    today: CalendarDate,
    version: String = CompilerVersion.current,
    zones: @escaping @Sendable (String) -> TimeZoneRules?
  ) {
    self.today = today
    self.version = version
    self.zones = zones
  }

  /// Reads and judges a workspace.
  package func analyze(_ workspace: Workspace) -> Analysis {
    var bag = DiagnosticBag()
    let settings = readSettings(of: workspace, into: &bag)
    let dialect = (settings.lazy.compactMap(\.dialect).first?.value ?? .prometheus2).features.promQL
    var specs: [(file: SourceFile, spec: SpecFile)] = []
    let read = ParallelWork.map(workspace.specs) { file in
      var bag = DiagnosticBag()
      let documents = YAMLParser.parse(file, into: &bag)
      let spec = SpecReader.read(documents, of: file, dialect: dialect, into: &bag)
      for diagnostic in UnknownZones(zones: zones).diagnostics(in: spec) { bag.report(diagnostic) }
      return (spec: spec, bag: bag)
    }
    for (file, part) in zip(workspace.specs, read) {
      specs.append((file, part.spec))
      bag.add(part.bag)
    }
    let catalog = Resolver.resolve(files: specs, settings: settings, into: &bag)
    let linter = Linter(knownCodes: DiagnosticCatalogue.codes, today: today)
    let files = Dictionary(workspace.files.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for diagnostic in linter.lint(catalog, paths: workspace.globPaths, after: bag.diagnostics) {
      bag.report(diagnostic.settled { files[$0] })
    }
    let outcome = Baseline.Outcome(of: bag, in: workspace)
    return Analysis(
      workspace: workspace,
      settings: settings,
      specs: specs.map(\.spec),
      catalog: catalog,
      bag: outcome.bag,
      baselined: outcome.met
    )
  }

  /// The settings of the workspace and of what they extend, the nearest first.
  private func readSettings(of workspace: Workspace, into bag: inout DiagnosticBag) -> [WorkspaceSettingsSpec] {
    let layers = workspace.settingsFiles.map { file in
      SpecReader.readSettings(
        YAMLParser.parse(file, into: &bag),
        of: file,
        rules: DiagnosticCatalogue.all,
        into: &bag
      )
    }
    if let problem = workspace.brokenExtension, let link = layers.last?.extends {
      bag.report(problem.descriptor, problem.message(for: link.value), at: link.span)
    }
    return layers
  }

  /// Reads and judges several workspaces.
  package func judge(_ workspaces: [Workspace]) -> Judgement { Judgement(workspaces.map(analyze)) }

  /// Everything that workspaces without errors ask for.
  package func plans(of judgement: Judgement) -> [Plan] { judgement.sound.map(plan(of:)) }

  func plan(of analysis: Analysis) -> Plan { lowering(of: analysis).plan() }

  /// Prints what workspaces without errors ask for, and hands it over as it is made: artifacts of a service together, from
  /// any thread, and each manifest after all else of its workspace. Only the services in work are held in memory.
  ///
  /// What the workspaces counted when they were compiled before is compared with what they count now. Services are not
  /// printed again of which `kept` has what follows from the same files.
  package func compile<Failure: Error>(
    _ judgement: Judgement,
    after earlier: RecordedCounts = RecordedCounts(),
    keeping kept: KeptArtifacts = KeptArtifacts(),
    into take: @escaping @Sendable ([Artifact]) throws(Failure) -> Void
  ) throws(Failure) -> Compilation {
    var outputs: [CompiledWorkspace] = []
    for analysis in judgement.sound { outputs.append(try compile(analysis, keeping: kept, into: take)) }
    let changes = zip(outputs, judgement.analyses).flatMap { earlier.changes(to: $0.countHashes, of: $1) }
    return Compilation(
      report: judgement.report.adding(changes),
      outputs: outputs,
      hasLedgerChanges: !changes.isEmpty
    )
  }

  func lowering(of analysis: Analysis) -> Lowering {
    Lowering(catalog: analysis.catalog, workspaceTitle: analysis.workspace.folderName, zones: zones)
  }

  func inputs(of workspace: Workspace) -> [FileDigest] {
    ParallelWork.map(workspace.files) { FileDigest(path: $0.path, bytes: $0.bytes) }
  }

  func serviceKeys(of analysis: Analysis, _ inputs: [FileDigest]) -> ServiceKeys {
    ServiceKeys(analysis, inputs: inputs, compilerVersion: version)
  }

  private func compile<Failure: Error>(
    _ analysis: Analysis,
    keeping kept: KeptArtifacts,
    into take: @escaping @Sendable ([Artifact]) throws(Failure) -> Void
  ) throws(Failure) -> CompiledWorkspace {
    let workspace = analysis.workspace
    let inputs = inputs(of: workspace)
    let keys = serviceKeys(of: analysis, inputs)
    let lowering = lowering(of: analysis)
    let emission = Emission(
      lowering.workspace,
      services: analysis.catalog.services.map(\.name.value),
      objectives: lowering.objectiveNames
    )
    let printer = ServicePrinter(lowering: lowering, emission: emission, workspace: workspace, take: take)
    let services = try ParallelWork.map(
      lowering.services,
      throwing: { (service) throws(Failure) in
        let key = keys[analysis.catalog[service].name.value]
        if let kept = kept[key] { return printer.kept(kept, of: service) }
        return try printer.printed(service, key: key)
      }
    )
    let common = try printer.passed(emission.artifacts(of: services.map(\.outline)))
    let countHashes = services.flatMap { $0.outline.facts.countHashes }
    let manifest = Manifest.artifact(
      inputs: inputs,
      outputs: services.flatMap(\.artifacts.digests) + common,
      ledgers: countHashes.map { ($0.key, $0.value) },
      compilerVersion: version
    )
    _ = try printer.passed([manifest])
    return CompiledWorkspace(
      services: services.map(\.artifacts),
      printed: services.filter { !$0.isKept }.map(\.outline.name),
      commonCount: common.count + 1,
      countHashes: Dictionary(countHashes.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    )
  }
}

/// What is known of a workspace once it has been read and judged.
package struct Analysis: Sendable {
  package let workspace: Workspace
  /// The workspace's own settings and those that they extend, the nearest first.
  package let settings: [WorkspaceSettingsSpec]
  /// As their authors wrote them, in the order of the workspace's files.
  package let specs: [SpecFile]
  package let catalog: Catalog
  package let bag: DiagnosticBag
  /// The fingerprints of the findings that the baseline has, which are in no bag.
  package let baselined: Set<String>

  package var report: DiagnosticReport { Self.report(of: [self]) }

  /// One report on all files of several workspaces.
  package static func report(of analyses: [Analysis]) -> DiagnosticReport {
    // Several workspaces may extend one file.
    var seen: Set<FileID> = []
    let files = analyses.flatMap(\.workspace.files).filter { seen.insert($0.id).inserted }
    let stale = Baseline.staleEntries(after: analyses)
    return DiagnosticReport(
      files: files + stale.compactMap(\.file).prefix(1),
      diagnostics: analyses.flatMap(\.bag.diagnostics) + stale.map(\.diagnostic),
      omitted: analyses.reduce(0) { $0 + $1.bag.omitted },
      withheld: DiagnosticReport.Withheld(inBaseline: analyses.reduce(0) { $0 + $1.baselined.count })
    )
  }
}
