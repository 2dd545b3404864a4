import Diagnostics

extension TreeBuilder {
  /// Writes the entries of a mapping: its own in source order, then those that `<<` brings in, each key once.
  mutating func addEntries(ofPending places: Range<Int>, into bag: inout DiagnosticBag) {
    keys.removeAll()
    var firsts: [Occurrence] = []
    var merge: (key: Occurrence, value: Occurrence)?
    for place in stride(from: places.lowerBound, to: places.upperBound, by: 2) {
      let (key, value) = (pending[place], pending[place + 1])
      guard isUsable(key, into: &bag) else { continue }
      if store.isMergeKey(key.index) {
        if let merge { reportDuplicate(key, first: merge.key, into: &bag) }
        merge = merge ?? (key, value)
      } else if let first = keys.insert(key.index, in: store) {
        reportDuplicate(key, first: firsts[first], into: &bag)
      } else {
        firsts.append(key)
        store.children.append(key.index)
        store.children.append(value.index)
      }
    }
    if let merge { addMerged(merge.value, into: &bag) }
  }

  private func isUsable(_ key: Occurrence, into bag: inout DiagnosticBag) -> Bool {
    switch store[key.index].shape {
    case .plain, .singleQuoted, .doubleQuoted, .literal, .folded:
      if store[key.index].content.count <= YAMLLimits.keyLength { return true }
      bag.report(
        .limitExceeded,
        "a key is longer than the limit of \(YAMLLimits.keyLength) bytes",
        at: span(key),
        fix: DiagnosticFix("give the entry a short name, and keep the text in its value")
      )
    case .unresolved: return false
    case .sequence: bag.report(.notYAML, "a key of this mapping is a list; keys are plain text", at: span(key))
    case .mapping: bag.report(.notYAML, "a key of this mapping is a mapping; keys are plain text", at: span(key))
    }
    return false
  }

  private func reportDuplicate(_ key: Occurrence, first: Occurrence, into bag: inout DiagnosticBag) {
    bag.report(
      .duplicateKey,
      "key '\(Excerpt.of(store.text(of: key.index)))' is in this mapping twice",
      at: span(key),
      notes: [DiagnosticNote("it is first set here", at: span(first))]
    )
  }

  private mutating func addMerged(_ value: Occurrence, into bag: inout DiagnosticBag) {
    let record = store[value.index]
    switch record.shape {
    case .mapping: addEntries(of: record)
    case .sequence:
      for place in record.content {
        let element = store[store.children[place]]
        switch element.shape {
        case .mapping: addEntries(of: element)
        case .unresolved: break
        case .plain, .singleQuoted, .doubleQuoted, .literal, .folded, .sequence:
          let end = max(element.start, element.end)
          reportUnmergeable("the list under '<<' holds something else than a mapping", element.start, end, into: &bag)
        }
      }
    case .unresolved: break
    case .plain, .singleQuoted, .doubleQuoted, .literal, .folded:
      reportUnmergeable(
        "'<<' merges a mapping or a list of mappings, and this is text",
        value.start,
        value.end,
        into: &bag
      )
    }
  }

  private func reportUnmergeable(_ message: String, _ start: UInt32, _ end: UInt32, into bag: inout DiagnosticBag) {
    bag.report(.notYAML, message, at: span(Int(start), Int(end)))
  }

  private mutating func addEntries(of record: YAMLRecord) {
    for place in stride(from: record.content.lowerBound, to: record.content.upperBound, by: 2) {
      let key = store.children[place]
      if keys.insert(key, in: store) == nil {
        store.children.append(key)
        store.children.append(store.children[place + 1])
      }
    }
  }
}
