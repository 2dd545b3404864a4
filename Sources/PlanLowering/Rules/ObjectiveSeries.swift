import PlanModel
import PromQL
import Quantities
import SpecCatalog

/// The series that one objective records: how they are labelled, and how rules read them back.
///
/// A rule's expression keeps no labels but those that split the objective; its rule puts the others on. So two series of
/// one objective pair up `on` the splitting labels, whatever else they carry.
struct ObjectiveSeries: Sendable {
  let name: ObjectiveName
  /// `slo`, `service`, `journey`, `objective`: what every series and every alert of the objective says.
  let naming: [LabelPair]
  /// What the naming is called in this workspace.
  let labelNames: LabelNames
  /// The first 8 hexadecimal digits of a hash of what is counted. Counting something else starts a new ledger.
  let countHash: String
  let splitBy: [String]
  let timing: RuleTiming
  let budget: ErrorBudget
  let window: TimeWindow

  /// The label that tells ledgers of different counts apart.
  static let countLabel = RecordName.countLabel
  static let windowLabel = "window"
  /// Stands in for a denominator of zero, and is far below anything that is counted.
  static let tiny: PromQLExpression = 1e-9

  /// The window in which all is counted, for one that starts afresh the nominal length.
  var length: TimeSpan { window.nominalLength }

  /// The budget as a factor.
  var budgetShare: PromQLExpression { .constant(budget.share.fraction) }

  /// Pairs series of this objective.
  var matching: VectorMatching { .on(splitBy) }

  /// Pairs series of this objective with one that is not split.
  var matchingWhole: VectorMatching {
    splitBy.isEmpty ? .on([]) : VectorMatching(.on([]), .groupLeft(including: []))
  }

  // MARK: Reading

  func selector(_ record: RecordName, _ more: LabelMatcher...) -> VectorSelector {
    selector(record, with: more)
  }

  func selector(_ record: RecordName, with more: [LabelMatcher]) -> VectorSelector {
    VectorSelector(
      record.rawValue,
      [.equal(labelNames.slo, name.text), .equal(Self.countLabel, countHash)] + more
    )
  }

  /// The newest value.
  func latest(_ record: RecordName, _ more: LabelMatcher...) -> PromQLExpression {
    .selector(selector(record, with: more))
  }

  /// `window="30d"`: tells a window's series from those of the window that the objective had before.
  var windowMatcher: LabelMatcher { .equal(Self.windowLabel, window.label) }

  // MARK: Recording

  /// Facts about the objective as labels of a constant series; a fact without text is left out.
  func describe(_ facts: [LabelPair]) -> Rule {
    record(.info, .vector(1), with: facts.filter { !$0.value.isEmpty })
  }

  func record(_ record: RecordName, _ expression: PromQLExpression, _ more: LabelPair...) -> Rule {
    self.record(record, expression, with: more)
  }

  private func record(_ record: RecordName, _ expression: PromQLExpression, with more: [LabelPair]) -> Rule {
    .recording(
      RecordingRule(
        record: record.rawValue,
        expression: expression,
        labels: naming + more + [LabelPair(Self.countLabel, countHash)]
      )
    )
  }
}

extension LabelNames {
  /// The workspace's names, and the usual ones for those that it does not change.
  init(_ settings: WorkspaceSettings) {
    self.init()
    let given = settings.labelNames
    slo = given[.slo] ?? slo
    service = given[.service] ?? service
    journey = given[.journey] ?? journey
    objective = given[.objective] ?? objective
    owner = given[.owner] ?? owner
    severity = given[.severity] ?? severity
  }

  /// What names an objective, on series and on alerts.
  func naming(_ name: ObjectiveName) -> [LabelPair] {
    [LabelPair(slo, name.text), LabelPair(service, name.service)]
      + (name.journey.map { [LabelPair(journey, $0)] } ?? [])
      + [LabelPair(objective, name.objective)]
  }
}
