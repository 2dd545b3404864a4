import Diagnostics
import SpecCatalog

/// Every judgement, in the order of the catalogue of codes.
package enum RuleRegistry {
  /// A new rule is one line here.
  package static let rules: [any LintRule] = [
    TargetLeavesNoBudget(),
    PercentilesOutOfOrder(),
    MixedWindows(),
    AgreementNotLooser(),
    AgreementUnguarded(),
    InvertedHysteresis(),
    BurnLevelContradictsBudget(),
    StatedFigureContradictsArithmetic(),
  ]

  /// The judgements' pages and those of what the linter says about suppressions.
  package static let descriptors: [DiagnosticDescriptor] = rules.map(\.descriptor) + SuppressionDescriptors.all
}
