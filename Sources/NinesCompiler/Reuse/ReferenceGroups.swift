/// The nodes of a directed graph, gathered into groups that reach each other.
///
/// Each group comes after all groups that it leads to (Tarjan, 1972). Without recursion, since references may be chained
/// by the ten thousand.
struct ReferenceGroups {
  private(set) var groups: [[Int]] = []

  private let edges: [[Int]]
  private var order: [Int?]
  /// The earliest node that is known to be reachable and is in no group yet.
  private var earliest: [Int]
  private var isOpen: [Bool]
  private var open: [Int] = []
  private var path: [(node: Int, next: Int)] = []
  private var count = 0

  /// `edges` has the nodes that each node leads to.
  init(_ edges: [[Int]]) {
    self.edges = edges
    order = Array(repeating: nil, count: edges.count)
    earliest = Array(repeating: 0, count: edges.count)
    isOpen = Array(repeating: false, count: edges.count)
    for node in edges.indices where order[node] == nil { walk(from: node) }
  }

  private mutating func walk(from start: Int) {
    enter(start)
    while let (node, next) = path.last {
      guard next < edges[node].count else {
        leave(node)
        continue
      }
      path[path.count - 1].next += 1
      let target = edges[node][next]
      if let seen = order[target] {
        if isOpen[target] { earliest[node] = min(earliest[node], seen) }
      } else {
        enter(target)
      }
    }
  }

  private mutating func enter(_ node: Int) {
    order[node] = count
    earliest[node] = count
    count += 1
    isOpen[node] = true
    open.append(node)
    path.append((node, 0))
  }

  private mutating func leave(_ node: Int) {
    path.removeLast()
    if let parent = path.last?.node { earliest[parent] = min(earliest[parent], earliest[node]) }
    guard earliest[node] == order[node], let first = open.lastIndex(of: node) else { return }
    let group = Array(open[first...])
    for member in group { isOpen[member] = false }
    open.removeSubrange(first...)
    groups.append(group)
  }
}
