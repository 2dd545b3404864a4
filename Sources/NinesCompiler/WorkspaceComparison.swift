import Emitters
import Parallelism
import PlanComparison
import PlanLowering
import SpecCatalog

extension Compiler {
  /// What is different in what workspaces without errors ask for. Only services are looked at that can differ.
  package func difference(from before: Judgement, to now: Judgement) -> PlanDifference {
    let old = Dictionary(before.sound.map { ($0.workspace.name, $0) }, uniquingKeysWith: { first, _ in first })
    let new = Dictionary(now.sound.map { ($0.workspace.name, $0) }, uniquingKeysWith: { first, _ in first })
    var items: (before: [PlanItem], now: [PlanItem]) = ([], [])
    for name in Set(old.keys).union(new.keys).sorted() {
      let (earlier, later) = (old[name].map(keyed), new[name].map(keyed))
      items.before += earlier.map { self.items(of: $0, without: later?.keys ?? []) } ?? []
      items.now += later.map { self.items(of: $0, without: earlier?.keys ?? []) } ?? []
    }
    return PlanDifference(from: items.before, to: items.now)
  }

  /// A workspace with the keys of its services in the order of the catalog.
  private struct KeyedAnalysis {
    let analysis: Analysis
    let services: [(id: ServiceID, key: String)]

    var keys: Set<String> { Set(services.map(\.key)) }
  }

  private func keyed(_ analysis: Analysis) -> KeyedAnalysis {
    let keys = serviceKeys(of: analysis, inputs(of: analysis.workspace))
    return KeyedAnalysis(
      analysis: analysis,
      services: analysis.catalog.services.enumerated().map { (ServiceID($0), keys[$1.name.value]) }
    )
  }

  private func items(of keyed: KeyedAnalysis, without known: Set<String>) -> [PlanItem] {
    let lowering = lowering(of: keyed.analysis)
    let services = keyed.services.filter { !known.contains($0.key) }.map(\.id)
    return PlanItem.items(of: lowering.workspace, named: keyed.analysis.workspace.name)
      + ParallelWork.map(services) { PlanItem.items(of: lowering.plan(of: $0, isTested: false)) }.joined()
  }
}
