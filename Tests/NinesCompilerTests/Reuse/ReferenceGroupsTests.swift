import Testing

@testable import NinesCompiler

@Suite("Groups of services that refer to each other")
struct ReferenceGroupsTests {
  /// What a node leads to, itself included, found the slow way.
  private static func reached(from start: Int, _ edges: [[Int]]) -> Set<Int> {
    var reached: Set<Int> = [start]
    var next = [start]
    while let node = next.popLast() { next += edges[node].filter { reached.insert($0).inserted } }
    return reached
  }

  @Test("a group is what reaches each other, and comes after what it leads to", arguments: 1...40)
  func random(seed: Int) {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15
    func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(count))
    }
    let count = 1 + next(12)
    let edges = (0..<count).map { _ in (0..<next(4)).map { _ in next(count) } }
    let groups = ReferenceGroups(edges).groups
    #expect(groups.flatMap(\.self).sorted() == Array(0..<count))
    let reached = (0..<count).map { Self.reached(from: $0, edges) }
    var seen: Set<Int> = []
    for group in groups {
      for member in group {
        #expect(Set(group) == Set((0..<count).filter { reached[member].contains($0) && reached[$0].contains(member) }))
      }
      seen.formUnion(group)
      #expect(group.allSatisfy { reached[$0].isSubset(of: seen) })
    }
  }

  @Test("a long chain is no deep recursion")
  func chain() {
    let count = 100_000
    let groups = ReferenceGroups((0..<count).map { $0 + 1 < count ? [$0 + 1] : [] }).groups
    #expect(groups.map(\.count) == Array(repeating: 1, count: count))
    #expect(groups.first == [count - 1])
  }
}
