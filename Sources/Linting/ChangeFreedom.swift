import Diagnostics
import SpecCatalog

/// How freely a change may go out at a level of a policy.
enum ChangeFreedom: Int, Comparable {
  case denied
  case approved
  case allowed

  static func < (left: ChangeFreedom, right: ChangeFreedom) -> Bool { left.rawValue < right.rawValue }
}

extension Policy {
  /// Each change class of the policy, in its order, with what a level makes of it.
  func freedoms(at level: Level) -> [ChangeFreedom] {
    let approved = Set(level.approve.map(\.value))
    let allowed = Set(level.allowedChanges?.map(\.value) ?? [])
    return changes.map { change in
      if level.allowedChanges == nil || allowed.contains(change.value) { return .allowed }
      return approved.contains(change.value) ? .approved : .denied
    }
  }
}

extension Level {
  /// The change classes that are named as allowed; nil where all are.
  var allowedChanges: [Located<String>]? {
    switch allow {
    case .all: nil
    case .changes(let changes): changes
    }
  }
}
