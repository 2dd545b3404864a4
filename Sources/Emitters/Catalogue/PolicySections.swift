import PlanModel
import StructuredText
import WebPages

/// The policies that a service declares or that rule its objectives, with the exceptions made to them and the times in
/// which changes wait whatever they say.
struct PolicySections {
  private let policies: [PolicyPlan]
  private let overrides: [OverridePlan]
  private let freezes: [FreezePlan]
  private let index: PlanIndex

  init(_ service: ServicePlan, in index: PlanIndex) {
    policies = index.policies(of: service)
    overrides = index.overrides(of: service)
    freezes = index.freezes(of: service)
    self.index = index
  }

  /// nil for a service without policies, exceptions and freezes.
  var section: MarkupNode? {
    let contents = policies.map(section(of:)) + [overrideTable, freezeTable].compactMap(\.self)
    return contents.isEmpty ? nil : Block.section(2, "Policies", contents)
  }

  private func section(of policy: PolicyPlan) -> MarkupNode {
    let contents: [MarkupNode?] = [
      Block.facts([
        ("Name", [Block.code(policy.name)]),
        ("Change classes", [.text(policy.changes.joined(separator: ", "))]),
        ("Without data", policy.withoutData.map { [.text($0.readableText)] }),
      ]),
      levels(of: policy),
      signoffTable(of: policy),
    ]
    return Block.section(
      3,
      policy.title,
      id: CatalogueAddress.anchor(ofPolicy: policy.name),
      contents.compactMap(\.self)
    )
  }

  private func levels(of policy: PolicyPlan) -> MarkupNode {
    Block.textTable(
      "Levels of \(policy.title)",
      [
        "Level", "Budget remaining", "Until", "May go out", "After approval", "Rollout up to", "Actions", "To leave",
        "Guidance",
      ],
      policy.levels.map { level in
        [
          level.name,
          level.enter?.readableText ?? "always",
          level.leave?.readableText ?? "",
          level.allowed == policy.changes
            ? "all" : level.allowed.isEmpty ? "none" : level.allowed.joined(separator: ", "),
          level.approved.joined(separator: ", "),
          level.rolloutCap.map { $0.percentText } ?? "",
          level.actions.joined(separator: ", "),
          level.exit.joined(separator: ", "),
          level.guidance.joined(separator: "; "),
        ]
      }
    )
  }

  private func signoffTable(of policy: PolicyPlan) -> MarkupNode? {
    let rows = index.signoffs(of: policy).map { [$0.item, $0.level, $0.by, $0.on.description] }
    return rows.isEmpty ? nil : Block.textTable("Sign-offs", ["Item", "Level", "By", "On"], rows)
  }

  private var overrideTable: MarkupNode? {
    if overrides.isEmpty { return nil }
    return Block.textTable(
      "Overrides",
      ["Change", "For", "Reason", "By", "From", "Until"],
      overrides.map { [$0.change, $0.scope, $0.reason, $0.by, $0.from?.description ?? "", $0.until.description] }
    )
  }

  private var freezeTable: MarkupNode? {
    if freezes.isEmpty { return nil }
    return Block.textTable(
      "Freezes",
      ["For", "When", "Reason", "May go out"],
      freezes.map { freeze in
        [
          freeze.scope, freeze.windows.map(\.readableText).joined(separator: "; "), freeze.reason,
          freeze.allowed.isEmpty ? "none" : freeze.allowed.joined(separator: ", "),
        ]
      }
    )
  }
}
