import PlanModel

/// A ledger's text with every sum less by the last one of its series.
///
/// A live ledger begins at zero. A past that ends there is joined without a step, so that what a window holds is the
/// difference of any two readings, also of one of each.
struct EndingAtZero: Sendable {
  private static let sums = [RecordName.totalLedger, .badLedger].map { Array("\($0.rawValue){".utf8) }

  private var last: [ArraySlice<UInt8>: Double] = [:]

  static func text(_ bytes: [UInt8]) -> [UInt8] {
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    var ending = EndingAtZero()
    for line in lines {
      if let sample = Sample(line) { ending.last[sample.series] = sample.value }
    }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    for line in lines {
      if let sample = Sample(line), let last = ending.last[sample.series] {
        text += sample.series
        text += Array(" \(sample.value - last) ".utf8)
        text += sample.time
      } else {
        text += line
      }
      text.append(UInt8(ascii: "\n"))
    }
    return text
  }

  /// A line of a sum; label values may have spaces, numbers and times have none.
  private struct Sample {
    let series: ArraySlice<UInt8>
    let value: Double
    let time: ArraySlice<UInt8>

    init?(_ line: ArraySlice<UInt8>) {
      let space = UInt8(ascii: " ")
      guard EndingAtZero.sums.contains(where: line.starts), let second = line.lastIndex(of: space),
        let first = line[..<second].lastIndex(of: space),
        let value = Double(String(decoding: line[(first + 1)..<second], as: UTF8.self))
      else { return nil }
      series = line[..<first]
      self.value = value
      time = line[(second + 1)...]
    }
  }
}
