/// The share of good events that an objective promises, above 0% and up to 100%.
package struct Target: Sendable, Hashable, Comparable {
  package let ratio: Ratio

  /// 100%: the first bad event breaks it.
  package static let perfect = Target(unchecked: .all)

  /// The target, or nil for 0%, which asks for nothing.
  package init?(_ ratio: Ratio) {
    guard ratio > .nothing else { return nil }
    self.ratio = ratio
  }

  private init(unchecked ratio: Ratio) {
    self.ratio = ratio
  }

  /// What the target leaves: 0.1% of events at a target of 99.9%.
  package var errorBudget: ErrorBudget { ErrorBudget(ratio.complement) }

  package static func < (left: Target, right: Target) -> Bool { left.ratio < right.ratio }
}

extension Target: CustomStringConvertible {
  package var description: String { ratio.percentText }
}

extension Target: Readable {
  package init(_ text: WrittenText) throws(QuantityError) {
    let ratio = try Ratio(text)
    guard let target = Target(ratio) else {
      throw QuantityError(.outOfRange, "a target of \(text.quoted) asks for nothing", at: text.whole)
    }
    self = target
  }
}
