import Diagnostics
import YAMLSource

/// What may stand in a place of a spec, and how it becomes a value.
///
/// `read` returns nil where it has reported why; what it could not read it leaves out.
struct ValueReader<Value: Sendable>: Sendable {
  let shape: Shape
  let read: @Sendable (YAMLNode, inout ReadContext) -> Value?

  init(_ shape: Shape, read: @escaping @Sendable (YAMLNode, inout ReadContext) -> Value?) {
    self.shape = shape
    self.read = read
  }

  func map<Other>(_ transform: @escaping @Sendable (Value) -> Other) -> ValueReader<Other> {
    ValueReader<Other>(shape) { node, context in read(node, &context).map(transform) }
  }

  /// The value with the place of its node.
  var located: ValueReader<Located<Value>> {
    ValueReader<Located<Value>>(shape) { node, context in
      read(node, &context).map { Located($0, at: node.span) }
    }
  }

  /// The same value in another shape for messages and schema.
  func described(as shape: Shape) -> ValueReader {
    ValueReader(shape, read: read)
  }
}

extension ValueReader {
  /// A list; an item that cannot be read is left out.
  static func list<Element>(of element: ValueReader<Element>) -> ValueReader where Value == [Element] {
    let shape = Shape.list(of: element.shape)
    return ValueReader(shape) { node, context in
      guard !node.isUnresolved else { return nil }
      guard node.kind == .sequence else {
        context.reportWrongShape(node, meant: shape)
        return nil
      }
      var values: [Element] = []
      values.reserveCapacity(node.elements.count)
      let key = context.currentKey
      for (index, item) in node.elements.enumerated() {
        let value = context.reading(.item(index + 1, item, of: key)) { element.read(item, &$0) }
        if let value { values.append(value) } else { context.unread.insert(item.span) }
      }
      return values
    }
  }

  /// A list, or one of its items without the brackets.
  static func listOrSingle<Element>(of element: ValueReader<Element>) -> ValueReader where Value == [Element] {
    let list = ValueReader.list(of: element)
    let shape = Shape.alternatives([element.shape, list.shape])
    return ValueReader(shape) { node, context in
      if node.kind == .sequence { return list.read(node, &context) }
      if case .scalar = element.shape, node.isNull || node.kind == .mapping {
        context.reportWrongShape(node, meant: shape)
        return nil
      }
      return element.read(node, &context).map { [$0] }
    }
  }

  /// A mapping from names to declarations. What cannot be read is remembered as unread.
  static func named<Element: Sendable>(
    _ element: ValueReader<Element>,
    as kind: DeclarationKind? = nil,
    by name: NameForm = .name
  ) -> ValueReader where Value == [Named<Element>] {
    let shape = Shape.map(MapShape(keys: name.shape, values: element.shape))
    return ValueReader(shape) { node, context in
      guard node.kind == .mapping else {
        if !node.isUnresolved { context.reportWrongShape(node, meant: shape) }
        if let kind { context.unread.insertAll(of: kind) }
        context.unread.insert(node.span)
        return nil
      }
      var values: [Named<Element>] = []
      values.reserveCapacity(node.entries.count)
      for (key, node) in node.entries {
        let name = name.read(key, &context)
        let value = context.reading(.value(of: key)) { element.read(node, &$0) }
        if let value {
          values.append(Named(Located(name, at: key.span), value, span: entrySpan(key, node)))
        } else {
          if let kind { context.unread.insert(kind, name) }
          context.unread.insert(entrySpan(key, node))
        }
      }
      return values
    }
  }

  /// A scalar read one way, or a collection read another.
  static func either(
    scalar: ValueReader,
    collection: ValueReader,
    alternatives: [Shape]? = nil
  ) -> ValueReader {
    let shape = Shape.alternatives(alternatives ?? [scalar.shape, collection.shape])
    return ValueReader(shape) { node, context in
      if node.isNull {
        context.reportWrongShape(node, meant: shape)
        return nil
      }
      return node.isScalar ? scalar.read(node, &context) : collection.read(node, &context)
    }
  }
}

/// From a key to the end of its value, or the key alone where the value is an alias of something elsewhere.
func entrySpan(_ key: YAMLNode, _ value: YAMLNode) -> SourceSpan {
  value.span.start >= key.span.end ? key.span.through(value.span) : key.span
}
