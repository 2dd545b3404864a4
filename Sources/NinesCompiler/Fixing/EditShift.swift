import Diagnostics

/// Where the bytes of a file are after edits.
struct EditShift {
  private struct Step {
    let start: Int
    let end: Int
    /// How far what follows the edit is moved, this edit and those before it taken together.
    let shift: Int
    let length: Int
  }

  private var steps: [Step] = []

  init(_ edits: [TextEdit]) {
    var shift = 0
    for edit in edits.sorted(by: { $0.span.start < $1.span.start }) {
      let length = edit.replacement.utf8.count
      shift += length - edit.span.range.count
      steps.append(Step(start: Int(edit.span.start), end: Int(edit.span.end), shift: shift, length: length))
    }
  }

  /// The new place of an old offset; what an edit replaced is where the replacement begins.
  func moved(_ offset: Int) -> Int {
    guard let step = lastStep(before: offset) else { return offset }
    if offset >= step.end { return offset + step.shift }
    return step.end + step.shift - step.length
  }

  /// Where the text ends that the last edit before a new offset wrote; nil before all edits and inside such text.
  func endOfEdit(before offset: Int) -> Int? {
    let behind = steps.last { $0.end + $0.shift - $0.length <= offset }
    return behind.flatMap { $0.end + $0.shift <= offset ? $0.end + $0.shift : nil }
  }

  /// The last edit that begins before an offset, or at it and puts something in front of it.
  private func lastStep(before offset: Int) -> Step? {
    var (low, high) = (0, steps.count)
    while low < high {
      let middle = (low + high) / 2
      if steps[middle].start <= offset { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? steps[low - 1] : nil
  }
}
