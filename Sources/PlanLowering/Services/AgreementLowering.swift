import PlanModel
import Quantities
import SpecCatalog

/// Promises beside the objectives that guard them, and what an agreement says in words as sentences.
struct AgreementLowering {
  let index: CatalogIndex

  func plan(of agreement: Agreement) -> AgreementPlan {
    AgreementPlan(
      name: agreement.name.value,
      title: agreement.title ?? agreement.name.value,
      with: agreement.with,
      starts: agreement.starts,
      promises: agreement.promises.map(promise),
      responses: agreement.responses.map { NamedText(name: $0.name.value, text: sentence(of: $0)) },
      remedies: agreement.remedies.map { sentence(of: $0, in: agreement.service) },
      exclusions: agreement.excluding.map { ExclusionText(index: index).name(of: $0.value) }
    )
  }

  private func promise(_ promise: Promise) -> PromisePlan {
    let guardian = guardian(of: promise)
    let budget = promise.target.value.errorBudget.share.fraction
    return PromisePlan(
      name: promise.name.value,
      expression: promise.expression.value,
      target: promise.target.value,
      guardedBy: guardian.map(index.name(of:)),
      headroom: guardian.flatMap { budget.divided(by: $0.target.value.errorBudget.share.fraction) }
    )
  }

  // MARK: Guards

  /// The strictest of the objectives that fail before the promise does: those on its indicator, at its percentile,
  /// with at least its target and a bound no looser than its own. Windows that say something about the promise's go
  /// before those that do not; of equals the first of the specs is taken.
  func guardian(of promise: Promise) -> Objective? {
    let candidates = index.objectives(on: promise.indicator).filter { guards($0, promise) }
    let comparable = candidates.filter {
      $0.window.value.isComparable(with: promise.window.value)
        && $0.window.value.longestLength <= promise.window.value.longestLength
    }
    let choices = comparable.isEmpty ? candidates : comparable
    return choices.dropFirst().reduce(choices.first) { best, next in
      guard let best else { return next }
      return isStricter(next, than: best) ? next : best
    }
  }

  private func guards(_ objective: Objective, _ promise: Promise) -> Bool {
    guard objective.target.value >= promise.target.value else { return false }
    switch (objective.measure, promise.measure) {
    case (.share, .share), (.attested, .attested): return true
    case (.percentile(let own, let sign, let bound), .percentile(let other, let otherSign, let otherBound)):
      return own == other && isAtLeastAsStrict(bound.value, sign, as: otherBound.value, otherSign)
    case (.value(let sign, let bound), .value(let otherSign, let otherBound)):
      return isAtLeastAsStrict(bound.value, sign, as: otherBound.value, otherSign)
    case (.share, _), (.percentile, _), (.value, _), (.attested, _): return false
    }
  }

  private func isAtLeastAsStrict(
    _ bound: MetricBound,
    _ sign: Comparison,
    as other: MetricBound,
    _ otherSign: Comparison
  ) -> Bool {
    guard sign.isUpperBound == otherSign.isUpperBound else { return false }
    return sign.isUpperBound ? bound.value <= other.value : bound.value >= other.value
  }

  /// By the target, then by the bound.
  private func isStricter(_ objective: Objective, than other: Objective) -> Bool {
    if objective.target.value != other.target.value { return objective.target.value > other.target.value }
    guard let bound = objective.bound?.value.value, let otherBound = other.bound?.value.value else { return false }
    return isUpper(objective.measure) ? bound < otherBound : bound > otherBound
  }

  private func isUpper(_ measure: Objective.Measure) -> Bool {
    switch measure {
    case .percentile(_, let sign, _), .value(let sign, _): sign.isUpperBound
    case .share, .attested: true
    }
  }

  // MARK: Sentences

  private func sentence(of response: ResponsePromise) -> String {
    let severity = response.severity.map { " (severity \(index.catalog[$0].name.value))" } ?? ""
    let measured = response.measuredBy.map { ", measured by \($0)" } ?? ""
    return "\(response.action.rawValue) within \(response.within.value)\(severity)\(measured)"
  }

  private func sentence(of remedy: Remedy, in service: ServiceID) -> String {
    switch remedy {
    case .credit(let below, let credit):
      return "a credit of \(credit.value.percentText) where less than \(below.value.percentText) was kept"
    case .restore(let from):
      let backup = index.practices(of: service).flatMap(\.backups).first { $0.name.value == from.value }
      let what = backup.map { ": \($0.of), every \($0.every)" } ?? ""
      return "restored from \(from.value)\(what)"
    case .action(let text):
      return text
    }
  }
}
