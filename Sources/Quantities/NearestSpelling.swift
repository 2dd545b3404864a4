/// The one candidate that a misspelt word is nearest to, by insertions, deletions, exchanges and swaps of neighbours.
///
/// Nil where none is near enough to be meant, or where several are equally near.
package func nearestSpelling(to word: String, among candidates: some Sequence<String>) -> String? {
  let letters = Array(word.utf8)
  // A megabyte of one word is not a slip of the finger.
  guard letters.count <= 40 else { return nil }
  let limit = letters.count <= 4 ? 1 : 2
  var nearest: (distance: Int, candidates: [String]) = (limit + 1, [])
  for candidate in candidates where abs(candidate.utf8.count - letters.count) <= limit {
    let distance = editDistance(letters, Array(candidate.utf8))
    if distance < nearest.distance {
      nearest = (distance, [candidate])
    } else if distance == nearest.distance, distance <= limit {
      nearest.candidates.append(candidate)
    }
  }
  return nearest.candidates.count == 1 ? nearest.candidates[0] : nil
}

private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var beforePrevious = Array(0...right.count)
  var previous = beforePrevious
  var current = beforePrevious
  for (row, letter) in left.enumerated() {
    current[0] = row + 1
    for (column, other) in right.enumerated() {
      var distance = min(previous[column + 1] + 1, current[column] + 1, previous[column] + (letter == other ? 0 : 1))
      if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
        distance = min(distance, beforePrevious[column - 1] + 1)
      }
      current[column + 1] = distance
    }
    (beforePrevious, previous, current) = (previous, current, beforePrevious)
  }
  return previous[right.count]
}
