import PlanModel
import Testing

@Suite("Runs of samples")
struct SampleRunsTests {
  private static let lists: [[Double?]] = [
    [], [nil], [0], [1, 1], [1, 2, 3, 5], [nil, nil, 3, 3, 3, nil], [10, 8, 6, 6, nil, 0.5, 1, 1.5],
    // Tenths do not add up evenly as floats.
    [0.1, 0.2, 0.3, 0.4, 0.5], [0, 60, 120, nil, 120, 180],
  ]

  @Test("what goes in comes out, sample by sample", arguments: lists)
  func roundTrip(_ samples: [Double?]) {
    let runs = SampleRuns(samples)
    #expect(runs.samples == samples)
    #expect(runs.count == samples.count)
    #expect(runs.hasSamples == samples.contains { $0 != nil })
  }

  @Test("the last sample is held", arguments: lists)
  func held(_ samples: [Double?]) {
    let held = SampleRuns(samples).held(until: 12)
    #expect(held.samples == samples + Array(repeating: samples.last ?? nil, count: 12 - samples.count))
    #expect(held.count == 12)
    #expect(SampleRuns(samples).held(until: 0).samples == samples)
  }

  @Test("a week at rest is one run")
  func short() {
    #expect(SampleRuns(Array(repeating: 7, count: 4_032)).runs == [.even(first: 7, step: 0, count: 4_032)])
  }
}
