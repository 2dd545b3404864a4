/// Labels of alerts that artifacts rely on and that keep their names in every workspace.
package enum AlertLabel {
  /// The full names of the channels that an alert goes to, joined by commas without spaces.
  package static let notify = "notify"
  /// The raw value of an `AlertUrgency`, on burn-rate alerts.
  package static let urgency = "urgency"
}

/// Annotations of alerts that messages are made of; each may be missing.
package enum AlertAnnotation {
  /// What is the matter, on one line.
  package static let summary = "summary"
  /// What it means and what to do.
  package static let description = "description"
  /// The address of the runbook.
  package static let runbook = "runbook_url"
  /// The address of the dashboard.
  package static let dashboard = "dashboard_url"
}
