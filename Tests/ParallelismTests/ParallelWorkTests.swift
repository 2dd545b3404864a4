import Parallelism
import Synchronization
import Testing

@Suite("Work on all cores")
struct ParallelWorkTests {
  private struct Odd: Error, Equatable {
    let number: Int
  }

  @Test("what comes of the pieces is in their order", arguments: [0, 1, 3, 4, 5, 1_000, 20_000])
  func order(count: Int) {
    #expect(ParallelWork.map(Array(0..<count)) { $0 * 3 } == (0..<count).map { $0 * 3 })
  }

  @Test("pieces of unequal size are all done, whoever takes them")
  func unequal() {
    let lengths = (0..<64).map { $0 % 7 == 0 ? 20_000 : 10 }
    #expect(ParallelWork.map(lengths) { (0..<$0).reduce(0, &+) } == lengths.map { $0 * ($0 - 1) / 2 })
  }

  @Test("the failure of the first piece that fails is thrown")
  func failure() throws {
    let half = { @Sendable (number: Int) throws(Odd) -> Int in
      if number % 2 == 1 { throw Odd(number: number) }
      return number / 2
    }
    #expect(try ParallelWork.map([2, 4, 6, 8, 10], throwing: half) == [1, 2, 3, 4, 5])
    #expect(throws: Odd(number: 7)) { try ParallelWork.map([2, 4, 6, 7, 8, 9, 10], throwing: half) }
  }

  @Test("once a piece has failed no other is begun")
  func failureEnds() {
    let begun = Mutex(0)
    #expect(throws: Odd(number: 0)) {
      try ParallelWork.map(
        Array(0..<10_000),
        throwing: { (number) throws(Odd) -> Int in
          begun.withLock { $0 += 1 }
          throw Odd(number: number)
        }
      )
    }
    // Those that were under way go on to their ends.
    #expect(begun.withLock(\.self) <= ParallelWork.width)
  }

  @Test("a piece may itself be split")
  func nested() {
    let sums = ParallelWork.map(Array(1...16)) { size in
      ParallelWork.map(Array(0..<size)) { $0 }.reduce(0, +)
    }
    #expect(sums == (1...16).map { $0 * ($0 - 1) / 2 })
  }
}
