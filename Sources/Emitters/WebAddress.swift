import PlanModel

/// Which texts of a spec become links.
enum WebAddress {
  /// `http` and `https` only: other schemes, `javascript` above all, could do something when somebody follows them.
  static func isFollowable(_ text: String) -> Bool {
    let scheme = text.prefix(8).lowercased()
    return scheme.hasPrefix("http://") || scheme.hasPrefix("https://")
  }
}

/// Where people open a dashboard.
enum DashboardAddress {
  /// The dashboard's path below the workspace's address of dashboards; nil where either is not stated.
  static func text(of dashboard: DashboardPlan, in workspace: WorkspacePlan) -> String? {
    guard let base = workspace.dashboardsURL, let path = dashboard.path else { return nil }
    let trimmed = base.hasSuffix("/") ? base.dropLast() : base[...]
    return "\(trimmed)\(path.hasPrefix("/") ? "" : "/")\(path)"
  }
}
