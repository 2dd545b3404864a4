import Diagnostics
import Quantities
import SpecCatalog
import SpecSyntax

/// Looks up the time zones that specs name; whether there is such a zone is not known to the stages that read them.
struct UnknownZones {
  let zones: @Sendable (String) -> TimeZoneRules?

  func diagnostics(in spec: SpecFile) -> [Diagnostic] {
    spec.documents.flatMap(zoneNames).compactMap { name in
      guard name.value != "UTC", zones(name.value) == nil else { return nil }
      return Diagnostic(
        .unresolvedReference,
        "there is no time zone '\(name.value)' in the IANA database of this machine",
        at: name.span,
        fix: DiagnosticFix("name a zone by continent and city, such as 'Europe/Berlin'", safety: .unsafe)
      )
    }
  }

  private func zoneNames(of document: SpecDocument) -> [Located<String>] {
    let expressions =
      document.objectives.map(\.value.expression)
      + document.journeys.flatMap { $0.value.objectives.map(\.value.expression) }
      + document.agreements.flatMap { $0.value.promises.map(\.value.expression) }
    let windows = expressions.compactMap { expression -> Located<String>? in
      guard case .bounded(let requirement) = expression.requirement,
        case .calendar(_, let zone) = requirement.window.value
      else { return nil }
      return Located(zone, at: requirement.window.span)
    }
    return windows + document.maintenance.flatMap { $0.value.windows.compactMap(\.value.timeZone) }
      + document.freezes.flatMap { freeze in
        freeze.value.days.compactMap(\.value.timeZone) + freeze.value.windows.compactMap(\.value.timeZone)
      }
  }
}
