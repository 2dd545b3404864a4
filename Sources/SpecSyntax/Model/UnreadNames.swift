import Diagnostics

/// A kind of thing that has a name which other parts of a spec refer to.
package enum DeclarationKind: String, Sendable, Hashable, CaseIterable {
  case metric
  case indicator
  case objective
  case journey
  case agreement
  case policy
  case level
  case action
  case severity
  case channel
  case alert
  case maintenance
  case exclusion
  case dashboard
  case killSwitch
  case backup
}

/// The names that a document declares in a form that could not be read.
///
/// Their problems have been reported; calling what refers to them unresolved would only repeat that.
package struct UnreadNames: Sendable, Hashable {
  private struct Declaration: Hashable {
    let kind: DeclarationKind
    let name: String
  }

  private var declarations: Set<Declaration> = []
  private var wholeKinds: Set<DeclarationKind> = []
  /// Where something is written that has come to nothing.
  package private(set) var places: [SourceSpan] = []

  package init() {}

  package var isEmpty: Bool { declarations.isEmpty && wholeKinds.isEmpty && places.isEmpty }

  /// Whether a declaration of the name may be among what could not be read.
  ///
  /// An objective of a journey goes by its own name, without the journey's.
  package func contains(_ kind: DeclarationKind, _ name: String) -> Bool {
    wholeKinds.contains(kind) || declarations.contains(Declaration(kind: kind, name: name))
  }

  package func hasAny(_ kind: DeclarationKind) -> Bool {
    wholeKinds.contains(kind) || declarations.contains { $0.kind == kind }
  }

  mutating func insert(_ kind: DeclarationKind, _ name: String) {
    declarations.insert(Declaration(kind: kind, name: name))
  }

  mutating func insert(_ place: SourceSpan) {
    places.append(place)
  }

  /// A section that could not be read at all may have declared any name of its kind.
  mutating func insertAll(of kind: DeclarationKind) {
    wholeKinds.insert(kind)
  }
}
