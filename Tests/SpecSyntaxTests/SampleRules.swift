import Diagnostics

/// A few rules that settings may speak of, with an option of each kind.
enum SampleRules {
  static let all = [
    rule("SLO101", isConfigurable: false),
    rule("SLO306"),
    rule(
      "SLO404",
      options: [
        RuleOption("times", .count(1...9), standard: "2", unit: "times", "how often"),
        RuleOption("figure", .factor, standard: "1.5", "how much"),
        RuleOption("part", .share, standard: "40%", "how much of it"),
        RuleOption("length", .duration, standard: "31d", "how long"),
      ]
    ),
  ]

  private static func rule(
    _ code: String,
    isConfigurable: Bool = true,
    options: [RuleOption] = []
  ) -> DiagnosticDescriptor {
    DiagnosticDescriptor(
      code: code,
      name: "rule-\(code.suffix(3))",
      severity: .error,
      isConfigurable: isConfigurable,
      summary: "A rule of a test.",
      rationale: "It is needed.",
      flagged: "nines: v0",
      accepted: "nines: v1",
      source: "The test.",
      options: options
    )
  }
}
