/// A figure of a rule that a workspace may choose, declared by the rule itself.
package struct RuleOption: Sendable {
  /// How its value is written.
  package enum Kind: Sendable {
    /// A whole number.
    case count(ClosedRange<Int>)
    /// A number above zero, such as `2` or `1.5`.
    case factor
    /// A percentage.
    case share
    case duration
  }

  /// In kebab case: the key under the rule's code.
  package let name: String
  package let kind: Kind
  /// What holds where no workspace says otherwise, as it would be written.
  package let standard: String
  /// What the figure is counted in; nil where the value says it.
  package let unit: String?
  /// What the figure decides.
  package let doc: String

  package init(_ name: String, _ kind: Kind, standard: String, unit: String? = nil, _ doc: String) {
    self.name = name
    self.kind = kind
    self.standard = standard
    self.unit = unit
    self.doc = doc
  }
}

extension RuleOption.Kind {
  /// `a whole number from 1 to 100`.
  package var meaning: String {
    switch self {
    case .count(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .factor: "a number above zero"
    case .share: "a percentage"
    case .duration: "a duration"
    }
  }
}
