import Diagnostics

/// Whether fixes did what they were to do, and nothing worse.
struct FixReview {
  let before: Analysis
  let after: Analysis
  let fixes: [PendingFix]

  /// A place in the files as they are after the fixes.
  private struct Place: Hashable {
    let code: String
    let file: FileID
    var offset: Int

    init(_ diagnostic: Diagnostic) {
      code = diagnostic.descriptor.code
      file = diagnostic.span.file
      offset = Int(diagnostic.span.start)
    }
  }

  var objection: FixedWorkspace.Refusal.Reason? {
    // What could not be kept cannot be compared one by one.
    if before.bag.omitted > 0 { return total(of: after) < total(of: before) ? nil : .silencesNothing }
    let shifts = shifts
    let expected = counts(before.bag.diagnostics) { place(of: $0, shifts) }
    let found = counts(after.bag.diagnostics) { Place($0) }
    if let error = newError(expected, shifts) { return .addsError(error.message) }
    let silenced = counts(fixes.map(\.finding)) { place(of: $0, shifts) }
    let remains = silenced.contains { place, count in found[place, default: 0] > expected[place, default: 0] - count }
    return remains ? .silencesNothing : nil
  }

  /// The first error that was not there before and that no fix has merely uncovered.
  private func newError(_ expected: [Place: Int], _ shifts: [FileID: EditShift]) -> Diagnostic? {
    var known = expected
    return after.bag.diagnostics.first { diagnostic in
      guard diagnostic.severity == .error else { return false }
      let place = Place(diagnostic)
      if let count = known[place], count > 0 {
        known[place] = count - 1
        return false
      }
      return !isUncovered(diagnostic, shifts[place.file])
    }
  }

  /// Whether an error was there to be found: of a later stage than the fixes, or behind an edit, where reading had
  /// stopped: in YAML anywhere behind it, in an expression on the same line.
  private func isUncovered(_ error: Diagnostic, _ shift: EditShift?) -> Bool {
    let stage = fixes.map(\.stage).min() ?? .yaml
    let own = CompilerStage(of: error.descriptor)
    if own > stage { return true }
    guard own != .judgement, let start = shift?.endOfEdit(before: Int(error.span.start)) else { return false }
    if own == stage { return true }
    let file = after.workspace.files.first { $0.id == error.span.file }
    return own != .yaml && file?.bytes[start..<Int(error.span.start)].contains(UInt8(ascii: "\n")) == false
  }

  private func total(of analysis: Analysis) -> Int { analysis.bag.diagnostics.count + analysis.bag.omitted }

  private func counts(_ diagnostics: [Diagnostic], by place: (Diagnostic) -> Place) -> [Place: Int] {
    diagnostics.reduce(into: [:]) { $0[place($1), default: 0] += 1 }
  }

  private func place(of diagnostic: Diagnostic, _ shifts: [FileID: EditShift]) -> Place {
    var place = Place(diagnostic)
    if let shift = shifts[place.file] { place.offset = shift.moved(place.offset) }
    return place
  }

  private var shifts: [FileID: EditShift] {
    Dictionary(grouping: Set(fixes.flatMap(\.edits)), by: \.span.file).mapValues { EditShift($0) }
  }
}
