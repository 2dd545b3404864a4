import Diagnostics

/// The language as data: every key that a file may hold, with what may stand behind it.
package enum SpecLanguage {
  /// What `nines:` says.
  package static let version = "v1"

  /// A document of a spec.
  package static var documentShape: Shape { ValueReader<SpecDocument>.document.shape }

  /// `nines.yaml`, which may speak of these rules.
  package static func settingsShape(rules: [DiagnosticDescriptor]) -> Shape {
    ValueReader<WorkspaceSettingsSpec>.settings(rules: rules).shape
  }

  /// `nines.yaml` without the rules that it may speak of.
  package static let plainSettingsShape = settingsShape(rules: [])

  /// What the records are called that know a key, in the order of the language.
  static func records(withKey name: String) -> [Noun] {
    var found: [Noun] = []
    for shape in [documentShape, plainSettingsShape] {
      shape.forEachRecord { record in
        guard record.keys.contains(where: { $0.name == name && !$0.isDiscouraged }),
          !found.contains(where: { $0.one == record.noun.one })
        else { return }
        found.append(record.noun)
      }
    }
    return found
  }
}

extension Shape {
  /// Visits every record of the shape, outer ones first.
  package func forEachRecord(_ visit: (RecordShape) -> Void) {
    switch self {
    case .scalar: return
    case .list(let element): element.forEachRecord(visit)
    case .map(let map): map.values.forEachRecord(visit)
    case .alternatives(let shapes): shapes.forEach { $0.forEachRecord(visit) }
    case .record(let record):
      visit(record)
      record.keys.forEach { $0.shape.forEachRecord(visit) }
    }
  }
}
