import Diagnostics
import SpecSyntax
import YAMLSource

/// A node of a document beside the shape that the language gives it.
struct WalkedValue {
  let node: YAMLNode
  let shape: Shape
  /// The keys that lead to it.
  let path: String
}

/// Walks a document along the shape of the language.
struct ShapeWalk {
  private(set) var values: [WalkedValue] = []
  /// Keys of records that the document uses, as `a journey: steps`.
  private(set) var usedKeys: Set<String> = []

  init(_ node: YAMLNode, _ shape: Shape) {
    walk(node, shape, "")
  }

  private mutating func walk(_ node: YAMLNode, _ shape: Shape, _ path: String) {
    switch shape {
    case .scalar: return
    case .list(let element):
      for (index, item) in node.elements.enumerated() { visit(item, element, "\(path)[\(index)]") }
    case .map(let map):
      for (key, value) in node.entries { visit(value, map.values, "\(path).\(key.text)") }
    case .record(let record):
      for (key, value) in node.entries {
        if let known = record.keys.first(where: { key.hasText($0.name) }) {
          usedKeys.insert("\(record.noun.one): \(known.name)")
          visit(value, known.shape, "\(path).\(known.name)")
        } else if let others = record.others {
          visit(value, others.values, "\(path).\(key.text)")
        }
      }
    case .alternatives(let shapes):
      for shape in shapes where shape.fits(node) { walk(node, shape, path) }
    }
  }

  private mutating func visit(_ node: YAMLNode, _ shape: Shape, _ path: String) {
    values.append(WalkedValue(node: node, shape: shape, path: path))
    walk(node, shape, path)
  }

  /// Every key of every record within a shape, in the form of `usedKeys`, but those that are only there to be warned of.
  static func keys(of shape: Shape) -> Set<String> {
    var keys: Set<String> = []
    shape.forEachRecord { record in
      for key in record.keys where !key.isDiscouraged { keys.insert("\(record.noun.one): \(key.name)") }
    }
    return keys
  }
}

extension Shape {
  /// Whether a node is of the kind that the shape is written as.
  func fits(_ node: YAMLNode) -> Bool {
    switch self {
    case .scalar: node.isScalar
    case .list: node.kind == .sequence
    case .map, .record: node.kind == .mapping
    case .alternatives(let shapes): shapes.contains { $0.fits(node) }
    }
  }

  /// Whether some text may stand here.
  var allowsScalar: Bool {
    switch self {
    case .scalar: true
    case .list, .map, .record: false
    case .alternatives(let shapes): shapes.contains(where: \.allowsScalar)
    }
  }
}
