import Diagnostics
import Quantities
import SpecSyntax

extension Resolution {
  mutating func resolvePolicies(of document: SpecDocument, in service: ServiceID) {
    for spec in document.policies {
      guard declare(.policy, spec.name, index: catalog.policies.count, in: service) else { continue }
      let levels = spec.levels.map(Level.init)
      checkChanges(spec.changes)
      checkActions(of: levels, declared: spec.actions)
      catalog.policies.append(
        Policy(
          service: service,
          name: spec.name,
          title: spec.title?.value,
          description: spec.description?.value,
          changes: spec.changes,
          actions: spec.actions?.map(\.namedValue),
          levels: levels,
          withoutData: spec.withoutData.flatMap { withoutData($0.value, levels: levels) },
          span: spec.span
        )
      )
    }
  }

  private mutating func checkChanges(_ changes: [Located<String>]) {
    var first: [String: SourceSpan] = [:]
    for change in changes {
      if let earlier = first[change.value] {
        bag.report(
          .duplicateDefinition,
          "change class '\(change.value)' is declared a second time",
          at: change.span,
          notes: [DiagnosticNote("the first time", at: earlier)]
        )
      } else {
        first[change.value] = change.span
      }
    }
  }

  /// Where a policy says what its actions mean, its levels name no others.
  private mutating func checkActions(of levels: [Level], declared: [NamedText]?) {
    guard let declared else { return }
    let known = declared.map(\.name.value)
    for action in levels.flatMap(\.actions) {
      let word = action.value.split(separator: " ").first.map(String.init) ?? action.value
      if known.contains(word) { continue }
      reportUnresolved(
        "the policy has no action '\(word)'",
        Located(word, at: action.span),
        nearest: Spelling.nearest(to: word, in: known)
      )
    }
  }

  private mutating func withoutData(_ spec: WithoutDataSpec, levels: [Level]) -> WithoutData? {
    let answer: WithoutData.Answer
    switch spec.answer.value {
    case .freeze: answer = .freeze
    case .allow: answer = .allow
    case .approve: answer = .approve
    case .level(let name):
      guard levels.contains(where: { $0.name.value == name }) else {
        reportUnresolved(
          "'\(name)' is not 'freeze', 'allow' or 'approve', nor a level of the policy",
          Located(name, at: spec.answer.span),
          nearest: Spelling.nearest(to: name, in: levels.map(\.name.value) + ["freeze", "allow", "approve"])
        )
        return nil
      }
      answer = .level(name)
    }
    return WithoutData(after: spec.after, answer: Located(answer, at: spec.answer.span))
  }

  mutating func resolveExceptions(of document: SpecDocument, in service: ServiceID) {
    for spec in document.overrides {
      guard let scope = overrideScope(spec.value.scope, from: service) else { continue }
      catalog.overrides.append(
        Override(
          service: service,
          change: spec.value.change,
          scope: Located(scope, at: spec.value.scope.span),
          reason: spec.value.reason,
          by: spec.value.by,
          from: spec.value.from,
          until: spec.value.until,
          span: spec.span
        )
      )
    }
    for spec in document.signoffs { resolveSignoff(spec, in: service) }
  }

  /// The full name of the service, journey or objective that an override is for.
  private mutating func overrideScope(_ reference: Located<String>, from service: ServiceID) -> String? {
    let written = reference.value
    if names.service(written) != nil { return written }
    for candidate in ["\(name(of: service))/\(written)", written]
    where names.find(.journey, fullName: candidate) != nil {
      return candidate
    }
    return findObjective(reference, from: service).map { catalog[$0].fullName }
  }

  private mutating func resolveSignoff(_ spec: Located<SignoffSpec>, in service: ServiceID) {
    guard let id = find(.policy, spec.value.policy, from: service, as: PolicyID.self) else { return }
    let levels = catalog[id].levels
    guard let level = levels.first(where: { $0.name.value == spec.value.level.value }) else {
      reportUnresolved(
        "policy '\(catalog[id].name.value)' has no level '\(spec.value.level.value)'",
        spec.value.level,
        nearest: Spelling.nearest(to: spec.value.level.value, in: levels.map(\.name.value))
      )
      return
    }
    guard level.exit.contains(where: { $0.value == spec.value.item.value }) else {
      reportUnresolved(
        "the exit list of level '\(level.name.value)' has no item '\(spec.value.item.value)'",
        spec.value.item,
        nearest: Spelling.nearest(to: spec.value.item.value, in: level.exit.map(\.value))
      )
      return
    }
    catalog.signoffs.append(
      Signoff(
        policy: id,
        level: spec.value.level,
        item: spec.value.item,
        by: spec.value.by.value,
        on: spec.value.on.value,
        span: spec.span
      )
    )
  }
}

extension Level {
  init(_ spec: Named<LevelSpec>) {
    self.init(
      name: spec.name,
      when: spec.when.map { entry in
        switch entry {
        case .always: nil
        case .remaining(let bound): Bound(bound)
        }
      },
      until: spec.until.map { bound in bound.map(Bound.init) },
      allow: Allowance(spec.allow?.value),
      approve: spec.approve,
      rollout: spec.rollout,
      actions: spec.actions.map { action in
        action.map { "\($0.name.value)\($0.cadence.map { " \($0.value)" } ?? "")" }
      },
      exit: spec.exit,
      guidance: spec.guidance.map(\.value),
      span: spec.span
    )
  }
}

extension Level.Bound {
  init(_ spec: RemainingSpec) {
    self.init(comparison: spec.comparison.value, ratio: spec.bound.value)
  }
}

extension Level.Allowance {
  /// A level that says nothing allows nothing.
  init(_ spec: LevelSpec.Allowance?) {
    switch spec {
    case .all: self = .all
    case .only(let changes): self = .changes(changes)
    case .some(.none), nil: self = .changes([])
    }
  }
}
