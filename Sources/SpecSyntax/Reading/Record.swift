import Diagnostics
import YAMLSource

/// A key that a record cannot do without.
struct Key<Value: Sendable>: Sendable {
  let shape: KeyShape
  let reader: ValueReader<Value>

  init(_ name: String, _ reader: ValueReader<Value>, _ doc: String, insteadOf synonyms: [String] = []) {
    shape = KeyShape(
      name: name,
      doc: doc,
      isRequired: true,
      shape: reader.shape,
      synonyms: synonyms,
      isDiscouraged: false
    )
    self.reader = reader
  }
}

/// A key whose value goes into what the record has become, and which the record can do without.
struct OptionalKey<Root: Sendable>: Sendable {
  /// Whether the absence of the key is a mistake, though the rest of the record is of use without it.
  enum Presence {
    case optional
    case required
    /// A mistake that is looked for before the record is read.
    case requiredBefore
  }

  let shape: KeyShape
  let presence: Presence
  let read: @Sendable (YAMLNode, inout Root?, inout ReadContext) -> Void

  static func key<Value: Sendable>(
    _ name: String,
    _ reader: ValueReader<Value>,
    _ doc: String,
    insteadOf synonyms: [String] = [],
    presence: Presence = .optional,
    isDiscouraged: Bool = false,
    set: @escaping @Sendable (inout Root, Value) -> Void
  ) -> OptionalKey {
    OptionalKey(
      shape: KeyShape(
        name: name,
        doc: doc,
        isRequired: presence != .optional,
        shape: reader.shape,
        synonyms: synonyms,
        isDiscouraged: isDiscouraged
      ),
      presence: presence
    ) { node, root, context in
      let reported = context.reportedCount
      guard let value = reader.read(node, &context) else {
        // The version is looked at elsewhere, and has no value here.
        if context.reportedCount > reported {
          context.unread.insert(context.currentKey.map { entrySpan($0, node) } ?? node.span)
        }
        return
      }
      guard var changed = root else { return }
      root = nil
      set(&changed, value)
      root = changed
    }
  }
}

/// The entries of a mapping by the keys of its record.
struct RecordFields {
  struct Entry {
    let key: YAMLNode
    let value: YAMLNode
  }

  let node: YAMLNode
  fileprivate let shape: RecordShape
  fileprivate var entries: [Entry?]
  fileprivate(set) var others: [Entry] = []

  /// The entry of a key of the record, read or not.
  subscript(name: String) -> Entry? {
    shape.keys.firstIndex { $0.name == name }.flatMap { entries[$0] }
  }
}

extension ValueReader {
  /// A mapping with fixed keys.
  ///
  /// Every key is declared once, with its reader: `required` in the order of `make`, `optional` with its setter. `finish`
  /// judges what keys say together. Without a required value the record is nil, after all the rest has been read for
  /// what is wrong with it.
  static func record<Root: Sendable, each Required: Sendable>(
    _ noun: Noun,
    _ required: repeat Key<each Required>,
    optional: [OptionalKey<Root>] = [],
    others: MapShape? = nil,
    rules: [KeyRule] = [],
    lastKeys: [String] = [],
    make: @escaping @Sendable (repeat each Required) -> Root,
    finish: @escaping @Sendable (Root, RecordFields, inout ReadContext) -> Value?
  ) -> ValueReader {
    var keys: [KeyShape] = []
    repeat keys.append((each required).shape)
    keys.append(contentsOf: optional.map(\.shape))
    let shape = RecordShape(noun: noun, keys: keys, others: others, rules: rules, lastKeys: lastKeys)
    let requiredKeys = (repeat each required)
    let table = KeyTable(keys.map(\.name))
    return ValueReader(.record(shape)) { node, context in
      guard let fields = RecordFields.match(node, shape, table, &context) else { return nil }
      var index = 0
      let values = (repeat fields.required(each requiredKeys, &index, &context))
      var root: Root?
      do throws(MissingValue) {
        root = make(repeat try present(each values))
      } catch {
        root = nil
      }
      for key in optional {
        if let entry = fields.entries[index] {
          context.reading(.value(of: entry.key)) { key.read(entry.value, &root, &$0) }
        } else if key.presence == .required {
          context.reportMissingKey(key.shape, in: fields)
        }
        index += 1
      }
      return root.flatMap { finish($0, fields, &context) }
    }
  }

  /// A mapping with fixed keys of which each speaks for itself.
  static func record<each Required: Sendable>(
    _ noun: Noun,
    _ required: repeat Key<each Required>,
    optional: [OptionalKey<Value>] = [],
    rules: [KeyRule] = [],
    lastKeys: [String] = [],
    make: @escaping @Sendable (repeat each Required) -> Value
  ) -> ValueReader {
    record(noun, repeat each required, optional: optional, rules: rules, lastKeys: lastKeys, make: make) { root, _, _ in
      root
    }
  }
}

private struct MissingValue: Error {}

private func present<Value>(_ value: Value?) throws(MissingValue) -> Value {
  guard let value else { throw MissingValue() }
  return value
}

extension RecordFields {
  /// Sorts the entries of a mapping by key, and reports the keys that the record does not know.
  fileprivate static func match(
    _ node: YAMLNode,
    _ shape: RecordShape,
    _ table: KeyTable,
    _ context: inout ReadContext
  ) -> RecordFields? {
    guard node.kind == .mapping else {
      if !node.isUnresolved { context.reportWrongShape(node, meant: .record(shape)) }
      return nil
    }
    var fields = RecordFields(node: node, shape: shape, entries: Array(repeating: nil, count: shape.keys.count))
    var unknown: [Entry] = []
    for (key, value) in node.entries {
      let entry = Entry(key: key, value: value)
      if let index = table.index(of: key) {
        fields.entries[index] = entry
      } else if shape.others != nil {
        fields.others.append(entry)
      } else if !key.textBytes.starts(with: "x-".utf8) {
        unknown.append(entry)
      }
    }
    let missing = shape.keys.filter { key in key.isRequired && fields[key.name] == nil }.map(\.name)
    // One key too many and one too few are the same, if their names have something in common.
    let lacking = unknown.count == 1 && missing.count == 1 ? missing.first : nil
    for entry in unknown {
      let index = context.reportUnknownKey(entry.key, in: shape, lacking: lacking) { fields.entries[$0] == nil }
      if let index {
        // Read on as what was most likely meant, so that one slip has one diagnostic.
        fields.entries[index] = entry
      } else {
        context.unread.insert(entrySpan(entry.key, entry.value))
      }
    }
    return fields
  }

  fileprivate func required<Value>(
    _ key: Key<Value>,
    _ index: inout Int,
    _ context: inout ReadContext
  ) -> Value? {
    defer { index += 1 }
    guard let entry = entries[index] else {
      context.reportMissingKey(key.shape, in: self)
      return nil
    }
    return context.reading(.value(of: entry.key)) { key.reader.read(entry.value, &$0) }
  }

  var noun: Noun { shape.noun }
}
