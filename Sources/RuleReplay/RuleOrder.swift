/// In which order rules can be played: those that are read before those that read them, and what reads its own past
/// together.
struct RuleOrder {
  /// Rules that have to be evaluated moment by moment, one after the other; or one that depends on no past of its own.
  struct Cluster: Sendable {
    /// In the order of evaluation.
    var rules: [Int]
    var isRecurrent: Bool
  }

  private let reads: [[Int]]
  private var clusters: [Cluster] = []
  private var stack: [Int] = []
  private var number: [Int?]
  private var lowest: [Int]
  private var isOnStack: [Bool]
  private var counter = 0

  /// `reads[rule]` are the rules whose series the rule reads.
  static func clusters(_ reads: [[Int]]) -> [Cluster] {
    var order = RuleOrder(reads)
    for rule in reads.indices where order.number[rule] == nil { order.visit(rule) }
    return order.clusters
  }

  private init(_ reads: [[Int]]) {
    self.reads = reads
    number = Array(repeating: nil, count: reads.count)
    lowest = Array(repeating: 0, count: reads.count)
    isOnStack = Array(repeating: false, count: reads.count)
  }

  /// Tarjan, *Depth-first search and linear graph algorithms*: a cluster is complete after all that it reads.
  private mutating func visit(_ rule: Int) {
    number[rule] = counter
    lowest[rule] = counter
    counter += 1
    stack.append(rule)
    isOnStack[rule] = true
    for other in reads[rule] {
      if let seen = number[other] {
        if isOnStack[other] { lowest[rule] = min(lowest[rule], seen) }
      } else {
        visit(other)
        lowest[rule] = min(lowest[rule], lowest[other])
      }
    }
    if lowest[rule] == number[rule] { close(from: rule) }
  }

  private mutating func close(from rule: Int) {
    var members: [Int] = []
    while let member = stack.popLast() {
      isOnStack[member] = false
      members.append(member)
      if member == rule { break }
    }
    clusters.append(Cluster(rules: members.sorted(), isRecurrent: members.count > 1 || reads[rule].contains(rule)))
  }
}
