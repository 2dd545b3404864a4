import Diagnostics
import Quantities
import SpecSyntax

extension Resolution {
  /// Takes over the facts that a document states; a second document that states facts is reported.
  mutating func mergeFacts(of document: SpecDocument, into service: ServiceID) {
    let facts = document.facts
    guard let firstKey = facts.statedKeys.first else { return }
    if let earlier = serviceDefaults[service.index].factsSpan {
      bag.report(
        .duplicateDefinition,
        "the facts of '\(name(of: service))' are stated a second time, by '\(firstKey.value)'",
        at: firstKey.span,
        notes: [DiagnosticNote("they are stated here", at: earlier)]
      )
      return
    }
    serviceDefaults[service.index] = ServiceDefaults(
      policy: facts.policy,
      burnAlerts: facts.burnAlerts?.value,
      factsSpan: firstKey.span
    )
    let name = document.service ?? catalog[service].name
    catalog.services[service.index] = Service(
      name: name,
      title: facts.title?.value,
      description: facts.description?.value,
      owner: facts.owner,
      stakeholders: facts.stakeholders.map(\.value),
      tier: facts.tier,
      labels: facts.labels.map(\.namedValue),
      links: facts.links.map(\.namedValue),
      runbook: facts.runbook?.value,
      traffic: facts.traffic
    )
  }

  mutating func resolveDependencies(of document: SpecDocument, in service: ServiceID) {
    for spec in document.facts.dependencies {
      guard let target = dependencyTarget(spec.value.target, from: service) else { continue }
      catalog.services[service.index].dependencies.append(
        Dependency(target: target, isBlocking: spec.value.isBlocking?.value ?? false, span: spec.span)
      )
    }
  }

  private mutating func dependencyTarget(
    _ target: DependencySpec.Target,
    from service: ServiceID
  ) -> Dependency.Target? {
    switch target {
    case .external(let name, let promised): return .external(name.value, promised: promised?.value)
    case .reference(let reference):
      if let found = names.service(reference.value) { return .service(found) }
      guard reference.value.contains("/") else {
        let nearest = Spelling.nearest(to: reference.value, in: names.allServices)
        bag.report(
          .unresolvedReference,
          "there is no service '\(reference.value)'",
          at: reference.span,
          fix: nearest.map {
            DiagnosticFix("write '\($0)'", edits: [TextEdit(replacing: reference.span, with: $0)])
          } ?? DiagnosticFix("write '{ external: \(reference.value) }' for somebody else's", safety: .unsafe)
        )
        return nil
      }
      return findObjective(reference, from: service).map { .objective($0) }
    }
  }

  /// Reports each circle of dependencies between services once, at the first dependency that closes it.
  mutating func reportCycles() {
    var state = [Visit](repeating: .unseen, count: catalog.services.count)
    for start in catalog.services.indices where state[start] == .unseen {
      walkDependencies(from: start, &state)
    }
  }

  private enum Visit {
    case unseen, open, done
  }

  /// Depth first with a stack of its own: a chain of ten thousand services is no deeper than one.
  private mutating func walkDependencies(from start: Int, _ state: inout [Visit]) {
    var stack: [(service: Int, next: Int)] = [(start, 0)]
    state[start] = .open
    while let top = stack.last {
      let dependencies = catalog.services[top.service].dependencies
      guard top.next < dependencies.count else {
        state[top.service] = .done
        stack.removeLast()
        continue
      }
      stack[stack.count - 1].next += 1
      guard let target = self.service(of: dependencies[top.next].target) else { continue }
      switch state[target] {
      case .done: continue
      case .unseen:
        state[target] = .open
        stack.append((target, 0))
      case .open: reportCycle(stack, closedBy: target)
      }
    }
  }

  private func service(of target: Dependency.Target) -> Int? {
    switch target {
    case .service(let id): id.index
    case .objective(let id): catalog[id].service.index
    case .external: nil
    }
  }

  private mutating func reportCycle(_ stack: [(service: Int, next: Int)], closedBy target: Int) {
    guard let first = stack.firstIndex(where: { $0.service == target }) else { return }
    let circle = stack[first...].map { (catalog.services[$0.service], $0.next - 1) }
    let places = circle.map { service, dependency in
      DiagnosticNote(
        "'\(service.name.value)' depends on the next",
        at: service.dependencies[dependency].span
      )
    }
    guard let place = places.first?.span else { return }
    let names = circle.map { "'\($0.0.name.value)'" } + ["'\(catalog.services[target].name.value)'"]
    bag.report(
      .referenceCycle,
      "services depend on each other in a circle: \(names.joined(separator: " on "))",
      at: place,
      notes: Array(places.dropFirst())
    )
  }
}

extension Named where Value == Located<String> {
  var namedValue: NamedValue { NamedValue(name: name, value: value) }
}
