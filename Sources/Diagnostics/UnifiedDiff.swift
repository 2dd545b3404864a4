/// What became of a file, in the unified format that `patch` and reviewers read.
package struct UnifiedDiff: Sendable {
  /// Lines around a change that stay as they are.
  private static let context = 3

  private let path: String
  private let old: [ArraySlice<UInt8>]
  private let new: [ArraySlice<UInt8>]

  package init(from before: SourceFile, to after: SourceFile) {
    path = after.path
    old = Self.lines(of: before.bytes)
    new = Self.lines(of: after.bytes)
  }

  /// Empty where both are the same.
  package var text: String {
    let changes = LineChanges(old, new).changes
    if changes.isEmpty { return "" }
    var output = Array("--- a/\(path)\n+++ b/\(path)\n".utf8)
    var first = changes.startIndex
    while first < changes.endIndex {
      var last = first
      while last + 1 < changes.endIndex,
        changes[last + 1].old.lowerBound - changes[last].old.upperBound <= 2 * Self.context
      {
        last += 1
      }
      write(changes[first...last], to: &output)
      first = last + 1
    }
    return String(decoding: output, as: UTF8.self)
  }

  private func write(_ changes: ArraySlice<LineChanges.Change>, to output: inout [UInt8]) {
    guard let first = changes.first, let last = changes.last else { return }
    let lead = min(Self.context, first.old.lowerBound)
    let trail = min(Self.context, old.count - last.old.upperBound)
    let oldRange = first.old.lowerBound - lead..<last.old.upperBound + trail
    let newRange = first.new.lowerBound - lead..<last.new.upperBound + trail
    output.append(contentsOf: "@@ -\(Self.place(oldRange)) +\(Self.place(newRange)) @@\n".utf8)
    var offset = oldRange.lowerBound
    for change in changes {
      write(old[offset..<change.old.lowerBound], sign: " ", to: &output)
      write(old[change.old], sign: "-", to: &output)
      write(new[change.new], sign: "+", to: &output)
      offset = change.old.upperBound
    }
    write(old[offset..<oldRange.upperBound], sign: " ", to: &output)
  }

  private func write(_ lines: ArraySlice<ArraySlice<UInt8>>, sign: String, to output: inout [UInt8]) {
    for line in lines {
      output.append(contentsOf: sign.utf8)
      output.append(contentsOf: line)
      if line.last != UInt8(ascii: "\n") { output.append(contentsOf: "\n\\ No newline at end of file\n".utf8) }
    }
  }

  /// Lines count from one; a range without lines is named by the line before it.
  private static func place(_ range: Range<Int>) -> String {
    switch range.count {
    case 0: "\(range.lowerBound),0"
    case 1: "\(range.lowerBound + 1)"
    default: "\(range.lowerBound + 1),\(range.count)"
    }
  }

  private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    for offset in bytes.indices where bytes[offset] == UInt8(ascii: "\n") {
      lines.append(bytes[start...offset])
      start = offset + 1
    }
    if start < bytes.count { lines.append(bytes[start...]) }
    return lines
  }
}

/// The lines in which two texts differ, by the shortest script that Myers' algorithm finds (An O(ND) Difference
/// Algorithm and Its Variations, 1986).
private struct LineChanges {
  struct Change {
    var old: Range<Int>
    var new: Range<Int>
  }

  /// Texts that differ in more lines than this are shown as one replaced by the other.
  private static let mostSteps = 1_000

  private(set) var changes: [Change] = []

  init(_ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) {
    var numbers: [ArraySlice<UInt8>: Int] = [:]
    let left = old.map { Self.number(of: $0, &numbers) }
    let right = new.map { Self.number(of: $0, &numbers) }
    let head = zip(left, right).prefix { $0 == $1 }.count
    let tail = zip(left[head...].reversed(), right[head...].reversed()).prefix { $0 == $1 }.count
    let oldMiddle = head..<left.count - tail
    let newMiddle = head..<right.count - tail
    if oldMiddle.isEmpty && newMiddle.isEmpty { return }
    guard let trace = Self.trace(left[oldMiddle], right[newMiddle]) else {
      changes = [Change(old: oldMiddle, new: newMiddle)]
      return
    }
    follow(trace, oldMiddle, newMiddle)
  }

  /// Equal lines have equal numbers.
  private static func number(of line: ArraySlice<UInt8>, _ numbers: inout [ArraySlice<UInt8>: Int]) -> Int {
    if let known = numbers[line] { return known }
    numbers[line] = numbers.count
    return numbers.count - 1
  }

  /// For each number of steps, the furthest place in `old` reached on each diagonal before that step; nil where there
  /// are too many steps.
  private static func trace(_ old: ArraySlice<Int>, _ new: ArraySlice<Int>) -> [[Int]]? {
    let most = min(old.count + new.count, mostSteps)
    var trace: [[Int]] = []
    // Diagonal k lies at k + steps + 1, so that each round keeps only the diagonals that it can reach.
    var furthest = [0, 0, 0]
    for steps in 0...most {
      trace.append(furthest)
      var next = [Int](repeating: 0, count: 2 * steps + 5)
      for diagonal in stride(from: -steps, through: steps, by: 2) {
        let place = diagonal + steps + 1
        let isDown = diagonal == -steps || (diagonal != steps && furthest[place - 1] < furthest[place + 1])
        var column = isDown ? furthest[place + 1] : furthest[place - 1] + 1
        var row = column - diagonal
        while column < old.count, row < new.count, old[old.startIndex + column] == new[new.startIndex + row] {
          column += 1
          row += 1
        }
        next[diagonal + steps + 2] = column
        if column >= old.count, row >= new.count { return trace }
      }
      furthest = next
    }
    return nil
  }

  /// Walks back from the ends of both texts, and joins neighbouring steps to changes.
  private mutating func follow(_ trace: [[Int]], _ oldRange: Range<Int>, _ newRange: Range<Int>) {
    var (column, row) = (oldRange.count, newRange.count)
    var found: [Change] = []
    for steps in trace.indices.reversed() {
      let furthest = trace[steps]
      let diagonal = column - row
      let place = diagonal + steps + 1
      let isDown = diagonal == -steps || (diagonal != steps && furthest[place - 1] < furthest[place + 1])
      let previous = isDown ? furthest[place + 1] : furthest[place - 1]
      let previousRow = previous - (isDown ? diagonal + 1 : diagonal - 1)
      if steps == 0 { break }
      let old = oldRange.lowerBound + previous
      let new = newRange.lowerBound + previousRow
      var change = Change(old: old..<old + (isDown ? 0 : 1), new: new..<new + (isDown ? 1 : 0))
      if let last = found.last, last.old.lowerBound == change.old.upperBound,
        last.new.lowerBound == change.new.upperBound
      {
        change.old = change.old.lowerBound..<last.old.upperBound
        change.new = change.new.lowerBound..<last.new.upperBound
        found.removeLast()
      }
      found.append(change)
      (column, row) = (previous, previousRow)
    }
    changes = found.reversed()
  }
}
