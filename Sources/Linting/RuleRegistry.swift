import Diagnostics
import SpecCatalog

/// Every judgement, in the order of the catalogue of codes.
package enum RuleRegistry {
  /// A new rule is one line here.
  package static let rules: [any LintRule] = [
    TargetLeavesNoBudget(),
    ImprobableTarget(),
    PercentilesOutOfOrder(),
    ObjectiveRepeated(),
    BrokenWeekInWindow(),
    MixedWindows(),
    BudgetBelowOneEvent(),
    TrafficTooLowForAlerts(),
    BoundBetweenBuckets(),
    BoundBeyondBuckets(),
    FailuresCountedAsFast(),
    JourneyWithoutObjective(),
    WindowBeyondRetention(),
    PercentileDuplicatedByTarget(),
    CrowdedJourney(),
    AgreementNotLooser(),
    AgreementUnguarded(),
    AgreementWindowMismatch(),
    ThinHeadroom(),
    RemediesNotMonotone(),
    ResponseStricterThanSeverity(),
    AgreementWithoutRemedy(),
    ExclusionNotMeasured(),
    PromiseWithoutMeasure(),
    GapBetweenLevels(),
    ContradictingLevels(),
    InvertedHysteresis(),
    WorseLevelAllowsMore(),
    UndeclaredChange(),
    ObjectiveWithoutPolicy(),
    UnreachableLevel(),
    SilentWithoutData(),
    OverrideWithoutEnd(),
    OverrideExpired(),
    StageNotInRollout(),
    FreezeWithoutWayOut(),
    NeverFires(),
    AlwaysFires(),
    FiresAfterTheBudget(),
    PagesNobody(),
    SeveritiesOutOfOrder(),
    StricterThanObjective(),
    SustainShorterThanEvaluation(),
    RepeatsBurnAlert(),
    PageWithoutRunbook(),
    BurnLevelContradictsBudget(),
    StatedFigureContradictsArithmetic(),
    UnsilencedMaintenance(),
  ]

  /// The judgements' pages and those of what the linter says about suppressions.
  package static let descriptors: [DiagnosticDescriptor] = rules.map(\.descriptor) + SuppressionDescriptors.all
}
