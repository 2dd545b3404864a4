/// Why a text is not the quantity that was expected there.
package struct QuantityError: Error, Sendable, Hashable {
  package enum Reason: Sendable, Hashable, CaseIterable {
    /// Nothing was written.
    case empty
    /// No number where one must stand, or one written unlike any number here: `1,000`, `.5`.
    case notANumber
    /// A number without the percent sign or unit that gives it a meaning.
    case missingUnit
    case unknownUnit
    /// A known unit of another kind: a data rate where a count is meant.
    case wrongUnit
    /// Well written, and above or below what makes sense.
    case outOfRange
    /// More digits, or a finer fraction, than are kept exactly.
    case tooPrecise
    /// Words or signs in an order or spelling that nothing here has.
    case malformed
  }

  package let reason: Reason
  /// What is wrong with what was found: lower case, no full stop, user text in single quotes.
  package let message: String
  /// The part at fault, in UTF-8 bytes of the text; it may be empty, at the place where something is missing.
  package let range: Range<Int>
  /// What to write instead of the whole text, where that is certain enough to offer.
  package let suggestion: String?

  package init(_ reason: Reason, _ message: String, at range: Range<Int>, suggestion: String? = nil) {
    self.reason = reason
    self.message = message
    self.range = range
    self.suggestion = suggestion
  }
}

extension QuantityError: CustomStringConvertible {
  package var description: String { message }
}
