import SpecSyntax

/// Which services name something of which other services.
///
/// What a service compiles to follows from its own specs, and from no others than these lead to. A name that stands for
/// nothing leads nowhere, and what makes it stand for something makes a reference of it.
package struct ServiceReferences: Sendable {
  package struct Reference: Hashable, Sendable {
    /// Whose it is.
    package let owner: ServiceID
    /// Whether it is about something that can be measured, which may be bounded and watched from elsewhere: then the
    /// owner's artifacts may tell of who refers to it.
    package let isMeasured: Bool
  }

  private var references: [ServiceID: Set<Reference>] = [:]

  /// `kind` is nil for a service as such.
  mutating func note(_ kind: DeclarationKind?, of owner: ServiceID, from service: ServiceID) {
    let isMeasured =
      switch kind {
      case .indicator, .objective, .journey, .metric: true
      case .agreement, .policy, .severity, .channel, .alert, .maintenance, .exclusion, .dashboard, .level, .action,
        .killSwitch, .backup, nil:
        false
      }
    references[service, default: []].insert(Reference(owner: owner, isMeasured: isMeasured))
  }

  package func from(_ service: ServiceID) -> Set<Reference> { references[service] ?? [] }
}
