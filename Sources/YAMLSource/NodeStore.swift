import Diagnostics

/// The arrays of a tree while they grow.
struct NodeStore {
  let source: UnsafeBufferPointer<UInt8>
  var records: [YAMLRecord] = []
  var children: [Int32] = []
  var decoded: [UInt8] = []

  init(_ source: UnsafeBufferPointer<UInt8>) {
    self.source = source
  }

  mutating func add(_ record: YAMLRecord) -> Int32 {
    records.append(record)
    return Int32(records.count - 1)
  }

  subscript(index: Int32) -> YAMLRecord { records[Int(index)] }

  func withText<Result>(of index: Int32, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    let record = self[index]
    if !record.isDecoded { return body(UnsafeBufferPointer(rebasing: source[record.content])) }
    return decoded.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[record.content])) }
  }

  func text(of index: Int32) -> String {
    withText(of: index) { String(decoding: $0, as: UTF8.self) }
  }

  /// Whether two scalars read the same.
  func haveSameText(_ left: Int32, _ right: Int32) -> Bool {
    self[left].content.count == self[right].content.count
      && withText(of: left) { left in withText(of: right) { right in left.elementsEqual(right) } }
  }

  func hash(of index: Int32) -> Int {
    var hasher = Hasher()
    withText(of: index) { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    return hasher.finalize()
  }

  func isMergeKey(_ index: Int32) -> Bool {
    self[index].shape == .plain && withText(of: index) { $0.elementsEqual("<<".utf8) }
  }
}

/// The keys that a mapping has so far: compared one by one in a small mapping, found by hash in a large one.
struct KeyIndex {
  private static let smallCount = 12
  private var keys: [Int32] = []
  /// Places in `keys` by hash, with linear probing; negative where free. Empty while the mapping is small.
  private var slots: [Int32] = []

  mutating func removeAll() {
    keys.removeAll(keepingCapacity: true)
    slots.removeAll(keepingCapacity: true)
  }

  /// Adds a key; the place among the keys of one that reads the same, where there is one already.
  mutating func insert(_ key: Int32, in store: NodeStore) -> Int? {
    if slots.isEmpty {
      if let place = keys.firstIndex(where: { store.haveSameText($0, key) }) { return place }
      keys.append(key)
      if keys.count > Self.smallCount { grow(in: store) }
      return nil
    }
    let slot = slot(of: key, in: store)
    if slots[slot] >= 0 { return Int(slots[slot]) }
    slots[slot] = Int32(keys.count)
    keys.append(key)
    if keys.count * 2 > slots.count { grow(in: store) }
    return nil
  }

  private func slot(of key: Int32, in store: NodeStore) -> Int {
    let mask = slots.count - 1
    var slot = store.hash(of: key) & mask
    while slots[slot] >= 0, !store.haveSameText(keys[Int(slots[slot])], key) {
      slot = (slot + 1) & mask
    }
    return slot
  }

  private mutating func grow(in store: NodeStore) {
    let capacity = max(64, slots.count * 4)
    slots.removeAll(keepingCapacity: true)
    slots.append(contentsOf: repeatElement(-1, count: capacity))
    for (place, key) in keys.enumerated() {
      slots[slot(of: key, in: store)] = Int32(place)
    }
  }
}
