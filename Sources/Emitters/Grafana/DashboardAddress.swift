import PlanModel

/// Where people open a dashboard.
enum DashboardAddress {
  /// The dashboard's path below the workspace's address of dashboards; nil where either is not stated.
  static func text(of dashboard: DashboardPlan, in workspace: WorkspacePlan) -> String? {
    guard let base = workspace.dashboardsURL, let path = dashboard.path else { return nil }
    let trimmed = base.hasSuffix("/") ? base.dropLast() : base[...]
    return "\(trimmed)\(path.hasPrefix("/") ? "" : "/")\(path)"
  }
}
