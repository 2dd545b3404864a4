import PlanModel
import Quantities

/// The ledgers that some names mean, and those that cannot be computed.
package struct LedgerChoice: Sendable {
  package private(set) var sources: [LedgerSource] = []
  /// Why ledgers are left out that nobody asked for by their name.
  package private(set) var obstacles: [BackfillError] = []

  /// Names are those of services or full names of objectives; no name means all.
  package init(_ names: [String], in plans: [Plan]) throws(BackfillError) {
    let objectives = plans.flatMap(\.services).flatMap(\.objectives).map(\.name)
    for name in names where !objectives.contains(where: { $0.text == name || $0.service == name }) {
      let known = objectives.flatMap { [$0.text, $0.service] }
      throw .unknownName(name, nearest: nearestSpelling(to: name, among: known))
    }
    for plan in plans {
      for objective in plan.services.flatMap(\.objectives) {
        let isNamed = names.contains(objective.name.text)
        guard names.isEmpty || isNamed || names.contains(objective.name.service) else { continue }
        do {
          if let source = try LedgerSource(objective, in: plan) { sources.append(source) }
        } catch {
          if isNamed { throw error }
          obstacles.append(error)
        }
      }
    }
    if sources.isEmpty { throw obstacles.first ?? .nothingCounts }
  }
}
