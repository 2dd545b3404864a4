/// Where the lines of a text begin.
struct LineStarts {
  private var starts = [0]
  /// Of each line, whether nothing stands on it.
  private var areBlank: [Bool] = []

  init(_ bytes: [UInt8]) {
    var isBlank = true
    for offset in bytes.indices {
      if bytes[offset] == .newline {
        starts.append(offset + 1)
        areBlank.append(isBlank)
        isBlank = true
      } else if !bytes[offset].isBlank {
        isBlank = false
      }
    }
    areBlank.append(isBlank)
  }

  /// Whether there is a blank line between two others.
  func haveBlank(between first: Int, and second: Int) -> Bool {
    first + 1 < second && areBlank[(first + 1)..<second].contains(true)
  }

  /// The line of an offset, counted from zero.
  func line(of offset: Int) -> Int {
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The bytes between the start of its line and an offset.
  func column(of offset: Int) -> Int { offset - starts[line(of: offset)] }
}
