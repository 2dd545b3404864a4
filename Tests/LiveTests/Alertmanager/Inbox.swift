import Foundation
import Synchronization
import TestSupport

/// Webhooks of several channels, and the notes that came in.
final class Inbox: Sendable {
  struct Note: Sendable, Hashable {
    /// The last part of the address.
    let channel: String
    let alert: String
    let service: String
    let urgency: String?
    /// `firing` or `resolved`.
    let status: String
  }

  private let received = Mutex<[Note]>([])

  var notes: [Note] { received.withLock { $0 } }

  func receive(_ request: HTTPRequest) -> String {
    let channel = request.path.split(separator: "/").last.map(String.init) ?? ""
    // What is no message shows as one without a name.
    let message = try? JSONDecoder().decode(Message.self, from: Data(request.body.utf8))
    let notes = (message?.alerts ?? [Message.Alert(status: "unreadable", labels: [:])]).map { alert in
      Note(
        channel: channel,
        alert: alert.labels["alertname"] ?? "",
        service: alert.labels["service"] ?? "",
        urgency: alert.labels["urgency"],
        status: alert.status
      )
    }
    received.withLock { $0 += notes }
    return ""
  }

  private struct Message: Decodable {
    struct Alert: Decodable {
      let status: String
      let labels: [String: String]
    }
    let alerts: [Alert]
  }
}
