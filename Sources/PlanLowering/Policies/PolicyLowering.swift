import PlanModel
import Quantities
import SpecCatalog

/// Error-budget policies with the exceptions made to them.
struct PolicyLowering {
  let index: CatalogIndex

  var policies: [PolicyPlan] {
    index.catalog.policies.indices.map { plan(of: PolicyID($0)) }
  }

  /// An exception without a reason, a name or an end is none: nothing goes out on the strength of it.
  var overrides: [OverridePlan] {
    index.catalog.overrides.compactMap { override in
      guard let reason = override.reason, let by = override.by, let until = override.until else { return nil }
      return OverridePlan(
        change: override.change.value,
        scope: override.scope.value,
        reason: reason.value,
        by: by.value,
        from: override.from?.value,
        until: until.value
      )
    }
  }

  var freezes: [FreezePlan] {
    index.catalog.freezes.map { freeze in
      FreezePlan(
        scope: freeze.scope,
        reason: freeze.reason.value,
        allowed: freeze.allow.map(\.value),
        windows: freeze.days.map { .days(from: $0.from.value, through: $0.through.value, zone: $0.zone) }
          + freeze.windows.map { FreezePlan.Window($0.value) }
      )
    }
  }

  /// The zones by which the gate has to tell the time, besides UTC.
  var zoneNames: Set<String> {
    let windows = index.catalog.objectives.compactMap { objective -> String? in
      if case .calendar(_, let zone) = objective.window.value { zone } else { nil }
    }
    return Set(windows + freezes.flatMap(\.windows).compactMap(\.zone)).subtracting(["UTC"])
  }

  var signoffs: [SignoffPlan] {
    index.catalog.signoffs.map { signoff in
      SignoffPlan(
        policy: index.name(of: signoff.policy),
        level: signoff.level.value,
        item: signoff.item.value,
        by: signoff.by,
        on: signoff.on
      )
    }
  }

  private func plan(of id: PolicyID) -> PolicyPlan {
    let policy = index.catalog[id]
    let changes = policy.changes.map(\.value)
    return PolicyPlan(
      name: index.name(of: id),
      title: policy.title ?? policy.name.value,
      changes: changes,
      levels: policy.coveringLevels.map { level($0, changes: changes) },
      withoutData: policy.withoutData.map {
        WithoutDataPlan(after: $0.after.value, answer: $0.answer.value.lowered)
      }
    )
  }

  private func level(_ level: Level, changes: [String]) -> LevelPlan {
    LevelPlan(
      name: level.name.value,
      enter: level.when.value.map(\.lowered),
      leave: level.until?.value.lowered,
      allowed: allowed(level.allow, changes: changes),
      approved: level.approve.map(\.value),
      rolloutCap: level.rollout?.value,
      actions: level.actions.map(\.value),
      exit: level.exit.map(\.value),
      guidance: level.guidance
    )
  }

  private func allowed(_ allowance: Level.Allowance, changes: [String]) -> [String] {
    switch allowance {
    case .all: changes
    case .changes(let some): some.map(\.value)
    }
  }
}

extension Level.Bound {
  fileprivate var lowered: RemainingBound { RemainingBound(comparison: comparison, bound: ratio) }
}

extension WithoutData.Answer {
  fileprivate var lowered: WithoutDataPlan.Answer {
    switch self {
    case .freeze: .freeze
    case .allow: .allow
    case .approve: .approve
    case .level(let name): .level(name)
    }
  }
}

extension FreezePlan.Window {
  fileprivate init(_ window: RecurringWindow) {
    switch window {
    case .once(let start, let duration): self = .once(start: start, duration: duration)
    case .weekly(let day, let time, let duration, let zone):
      self = .weekly(weekday: day.isoNumber, second: time.secondOfDay, duration: duration, zone: zone)
    case .daily(let time, let duration, let zone):
      self = .daily(second: time.secondOfDay, duration: duration, zone: zone)
    }
  }
}
