import DeployGate
import Quantities
import StructuredText

/// What somebody asks the gate over HTTP.
struct GateQuestion: Sendable, Hashable {
  /// How the decision is told.
  enum Form: String, Sendable, Hashable {
    case json = "application/json"
    case text = "text/plain"
  }

  /// Where the answer stands besides the body.
  enum Telling: String, Sendable, Hashable {
    /// Nowhere: every decision has status 200.
    case body
    /// In the status, for those who look at nothing else.
    case status
  }

  var request: GateRequest
  var form: Form
  var telling = Telling.body
}

extension GateAnswer {
  /// The status that tells the answer. No problem has one of the last three, and no proxy on the way makes them up.
  var status: Int {
    switch self {
    case .allow: 200
    case .deny: 409
    case .unknown: 424
    case .approve: 428
    }
  }
}

extension GateRequest {
  /// What a path asks, and what is left of its query.
  init(service: String, journey: String?, query: QueryText) throws(Problem) {
    var query = query
    guard let change = try query.takeOne("change") else {
      throw Problem(.unreadableRequest, "the query has no 'change'")
    }
    self.init(
      service: service,
      journey: journey,
      objective: try query.takeOne("objective"),
      change: change,
      stage: try query.takeOne("stage").map { (text) throws(Problem) in try Self.stage(text) },
      approvals: query.takeAll("approval")
    )
    try query.finish()
  }

  /// What a JSON body asks: an object as the member `request` of a decision shows it.
  init(body: [UInt8]) throws(Problem) {
    let document: JSONValue
    do {
      document = try JSONParser.parse(body)
    } catch {
      throw Problem(.unreadableRequest, "the body is not JSON: \(error)")
    }
    guard let members = document.object else { throw Problem(.unreadableRequest, "the body is no JSON object") }
    let known = ["service", "journey", "objective", "change", "stage", "approvals"]
    if let unknown = members.first(where: { !known.contains($0.name) }) {
      throw Problem(.unreadableRequest, "the body has an unknown member '\(unknown.name)'")
    }
    if Set(members.map(\.name)).count < members.count {
      throw Problem(.unreadableRequest, "the body has a member twice")
    }
    guard let service = try document.text("service"), let change = try document.text("change") else {
      throw Problem(.unreadableRequest, "the body has no 'service' or no 'change'")
    }
    self.init(
      service: service,
      journey: try document.text("journey"),
      objective: try document.text("objective"),
      change: change,
      stage: try document.text("stage").map { (text) throws(Problem) in try Self.stage(text) },
      approvals: try document.texts("approvals")
    )
  }

  /// `25%` as people write it, or `0.25` as decisions do.
  private static func stage(_ text: String) throws(Problem) -> Ratio {
    let refusal = Problem(.unreadableRequest, "the stage '\(text)' is no share such as '25%' or '0.25'")
    do {
      if text.utf8.last == UInt8(ascii: "%") { return try Ratio(reading: text) }
      guard let share = Ratio(try Ratio(reading: "\(text)%").fraction * 100) else { throw refusal }
      return share
    } catch {
      throw refusal
    }
  }
}

extension JSONValue {
  fileprivate func text(_ name: String) throws(Problem) -> String? {
    guard let value = self[name] else { return nil }
    guard let text = value.string else { throw Problem(.unreadableRequest, "the member '\(name)' is no string") }
    return text
  }

  fileprivate func texts(_ name: String) throws(Problem) -> [String] {
    guard let value = self[name] else { return [] }
    let texts = value.array?.compactMap(\.string)
    guard let texts, texts.count == value.array?.count else {
      throw Problem(.unreadableRequest, "the member '\(name)' is no list of strings")
    }
    return texts
  }
}
