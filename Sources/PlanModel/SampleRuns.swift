/// Samples one after the other, held as runs: a week of them is thousands, and few runs.
package struct SampleRuns: Sendable, Hashable {
  package enum Run: Sendable, Hashable {
    case missing(count: Int)
    /// Each sample is the one before and `step`, added as floats are.
    case even(first: Double, step: Double, count: Int)
  }

  package private(set) var runs: [Run] = []
  package private(set) var count: Int

  /// nil where nothing is scraped.
  package init(_ samples: [Double?]) {
    count = samples.count
    var start = 0
    while start < samples.count {
      let end = Self.endOfRun(in: samples, from: start)
      runs.append(Self.run(samples, start..<end))
      start = end
    }
  }

  package var hasSamples: Bool {
    runs.contains { run in
      if case .even = run { true } else { false }
    }
  }

  /// The same, with the last sample over and over until there are so many.
  package func held(until count: Int) -> SampleRuns {
    var held = self
    held.count = max(count, self.count)
    let more = held.count - self.count
    switch runs.last {
    case .even(let first, 0, let count): held.runs[runs.count - 1] = .even(first: first, step: 0, count: count + more)
    case .missing(let count): held.runs[runs.count - 1] = .missing(count: count + more)
    case .even(let first, let step, let count):
      let last = (1..<count).reduce(first) { sample, _ in sample + step }
      if more > 0 { held.runs.append(.even(first: last, step: 0, count: more)) }
    case nil: held.runs = more > 0 ? [.missing(count: more)] : []
    }
    return held
  }

  /// The samples one by one.
  package var samples: [Double?] {
    var samples: [Double?] = []
    samples.reserveCapacity(count)
    for run in runs {
      switch run {
      case .missing(let count): samples += Array(repeating: nil, count: count)
      case .even(var value, let step, let count):
        for _ in 0..<count {
          samples.append(value)
          value += step
        }
      }
    }
    return samples
  }

  /// Where samples stop being missing, or stop growing evenly.
  private static func endOfRun(in samples: [Double?], from start: Int) -> Int {
    var end = start + 1
    guard let first = samples[start] else {
      while end < samples.count, samples[end] == nil { end += 1 }
      return end
    }
    guard end < samples.count, let second = samples[end] else { return end }
    let step = second - first
    var last = second
    end += 1
    while end < samples.count, let next = samples[end], next - last == step, last + step == next {
      last = next
      end += 1
    }
    return end
  }

  private static func run(_ samples: [Double?], _ range: Range<Int>) -> Run {
    guard let first = samples[range.lowerBound] else { return .missing(count: range.count) }
    guard range.count > 1, let second = samples[range.lowerBound + 1] else {
      return .even(first: first, step: 0, count: 1)
    }
    return .even(first: first, step: second - first, count: range.count)
  }
}
