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

  /// Reads and judges several workspaces, and prints what they ask for if none of them has an error. What they counted
  /// when they were compiled before is compared with what they count now. Services are not printed again of which `kept`
  /// has what follows from the same files.
  package func compile(
    _ workspaces: [Workspace],
    after earlier: RecordedCounts = RecordedCounts(),
    keeping kept: KeptArtifacts = KeptArtifacts()
  ) -> Compilation {
    let analyses = workspaces.map(analyze)
    let report = Analysis.report(of: analyses)
    if analyses.contains(where: \.bag.hasErrors) {
      return Compilation(report: report, outputs: nil, hasLedgerChanges: false)
    }
    let outputs = analyses.map { output(of: $0, keeping: kept) }
    let changes = zip(outputs, analyses).flatMap { earlier.changes(in: $0.plan, of: $1) }
    return Compilation(
      report: DiagnosticReport(
        files: report.files,
        diagnostics: report.diagnostics + changes,
        omitted: report.omitted,
        withheld: report.withheld
      ),
      outputs: outputs,
      hasLedgerChanges: !changes.isEmpty
    )
  }

  /// The plan of a workspace without errors, and its artifacts with the manifest last.
  private func output(of analysis: Analysis, keeping kept: KeptArtifacts) -> CompiledWorkspace {
    let workspace = analysis.workspace
    let inputs = ParallelWork.map(workspace.files) { FileDigest(path: $0.path, bytes: $0.bytes) }
    let keys = ServiceKeys(analysis, inputs: inputs, compilerVersion: version)
    let plan = Lowering(
      catalog: analysis.catalog,
      workspaceTitle: workspace.folderName,
      zones: zones
    ).plan { service in kept[keys[service]] == nil }
    let emission = Emission(plan)
    let changed = plan.services.filter { kept[keys[$0.name]] == nil }
    let printed = emission.artifacts(of: changed)
    let digests = ParallelWork.map(printed) { $0.map(\.digest) }
    let services =
      plan.services.compactMap { kept[keys[$0.name]] }
      + zip(changed, digests).map { service, digests in
        ServiceArtifacts(key: keys[service.name], workspace: workspace.name, digests: digests)
      }
    let common = emission.workspaceArtifacts()
    let manifest = Manifest.artifact(
      inputs: inputs,
      outputs: services.flatMap(\.digests) + common.map(\.digest),
      ledgers: plan.services.flatMap(\.objectives).compactMap { objective in
        objective.countHash.map { (objective.name.text, $0) }
      },
      compilerVersion: version
    )
    let made = Emission.sorted(common + printed.joined()) + [manifest]
    return CompiledWorkspace(
      plan: plan,
      artifacts: made.map { Artifact(path: workspace.outputPath(of: $0.path), bytes: $0.bytes) },
      services: services,
      keptCount: plan.services.count - changed.count
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

/// What came of compiling.
package struct Compilation: Sendable {
  package let report: DiagnosticReport
  /// In the order of the workspaces; nil if any of them has an error.
  package let outputs: [CompiledWorkspace]?
  /// Whether objectives count something else than when they were compiled before, which the report says.
  package let hasLedgerChanges: Bool

  /// Every artifact of every workspace that was printed, with their places below the output folder.
  package var artifacts: [Artifact]? { outputs?.flatMap(\.artifacts) }

  /// What each service has, printed or kept.
  package var services: [ServiceArtifacts] { outputs?.flatMap(\.services) ?? [] }

  /// Of all artifacts, printed or kept.
  package var artifactCount: Int {
    outputs?.reduce(0) { $0 + $1.artifacts.count + $1.kept.reduce(0) { $0 + $1.digests.count } } ?? 0
  }
}

/// What a workspace without errors compiles to.
package struct CompiledWorkspace: Sendable {
  /// Of services whose artifacts were kept without the tests that come with rules.
  package let plan: Plan
  /// Without those of services that were kept.
  package let artifacts: [Artifact]
  /// Those that were kept first.
  package let services: [ServiceArtifacts]
  package let keptCount: Int

  /// What the folder has already.
  package var kept: [ServiceArtifacts] { Array(services.prefix(keptCount)) }
}
