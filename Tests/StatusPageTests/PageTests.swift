import DeployGate
import Foundation
import FoundationXML
import PlanModel
import Quantities
import Testing

@testable import StatusPage

@Suite("Status page")
struct PageTests {
  @Test(
    "every service and journey is asked about, for each change class that a policy of it declares"
  )
  func questions() throws {
    let studio = try policy("flashfusion-studio")
    let questions = studio.statusQuestions
    #expect(questions.count == 7 * 8)
    #expect(Set(questions.map { $0.journey ?? $0.service }).count == 7)
    for question in questions {
      _ = try Gate.decide(policy: studio, observations: snapshot([]), request: question, now: noon)
    }
    var unruled = studio
    for index in unruled.objectives.indices { unruled.objectives[index].policy = nil }
    #expect(unruled.statusQuestions.isEmpty)
    let status = try GateStatus.answering(unruled, snapshot([]))
    #expect(try Page(status).says("No policy rules anything here"))
  }

  @Test("a budget that holds changes back is told with what, since when, until when and for whom")
  func hold() throws {
    let status = try troubledStudio()
    let card = try #require(
      try Page(status).cards.first { $0.contains("studio/song-generation/success-rate") }
    )
    #expect(card.contains("frozen feature, critical-feature, experiment"))
    #expect(card.contains("8% of the budget remains"))
    #expect(card.contains("level 'exhausted' of studio/studio-budget"))
    #expect(card.contains("Since2026-09-28 12:00 UTC, 3d"))
    #expect(
      card.contains(
        "To sign off" + "root-causes-addressed, monitoring-gaps-closed, runbooks-updated"
      )
    )
    #expect(card.contains("when more than 50% remains and the items are signed off"))
    #expect(card.contains("not at the present rate"))
    #expect(card.contains("war-room daily"))
    #expect(card.contains("For" + "studio, studio/song-generation"))
    #expect(!card.contains("audio-export"))
  }

  @Test("the release that is expected is that of the decision")
  func release() throws {
    let status = try troubledStudio()
    let expected = status.decisions.flatMap(\.budgets).first {
      $0.budget.name == "studio/audio-export/p95" && $0.release != nil
    }
    guard case .about(let moment)? = expected?.release?.expected else {
      Issue.record("no release is expected")
      return
    }
    let card = try #require(try Page(status).cards.first { $0.contains("studio/audio-export/p95") })
    #expect(card.contains("approval needed"))
    #expect(card.contains("expected about \(moment.description.prefix(10))"))
  }

  @Test(
    "data that are missing are told at the top and beside the budget, and never as a share that remains",
    arguments: [
      ("Sync Latency P95", "no series"), ("p99", "stale for 3h"), ("API P50", "no traffic"),
      ("Visual stability", "partial data"),
    ]
  )
  func missingData(_ budget: String, _ problem: String) throws {
    let page = try Page(try troubledStudio())
    #expect(page.says("Data are missing"))
    #expect(page.says("No series: 1 budget of 33, studio/real-time-collaboration/sync-p95"))
    let row = try #require(
      page.rows.first { $0.localizedCaseInsensitiveContains(budget) && $0.contains(problem) }
    )
    #expect(row.contains("not known"))
    #expect(!row.contains("healthy"))
  }

  @Test("without a snapshot everything is unknown, and the page says so")
  func blind() throws {
    var status = try calmStudio()
    status.parts[0].snapshot = nil
    status.decisions = []
    status.problems = ["the source does not answer"]
    let page = try Page(status)
    #expect(page.says("No data have been read yet"))
    #expect(page.says("the source does not answer"))
    #expect(page.says("Not to be relied on"))
    #expect(page.says("Nothing is known yet."))
    #expect(!page.says("Nothing is held back"))
    #expect(!page.badges.contains("yes"))
    #expect(page.badges.filter { $0 == "unknown" }.count == 7 * 8)
  }

  @Test("several policies share the page, each with its own data")
  func parts() throws {
    var status = try calmStudio()
    let other = try GateStatus.answering(try policy("smart-pip"), snapshot([]))
    status.parts += other.parts
    status.decisions += other.decisions
    let page = try Page(status)
    #expect(page.says("FlashFusion Studio, Smart PiP"))
    #expect(page.rows.contains { $0.contains("studio/song-generation") && $0.contains("yes") })
    #expect(page.says("Policy \(status.parts[0].policy.identity.prefix(12))"))
    #expect(page.says("Policy \(status.parts[1].policy.identity.prefix(12))"))
    status.parts[1].snapshot = nil
    #expect(try Page(status).says("No data of Smart PiP have been read yet"))
  }

  @Test("a calm page warns of nothing")
  func calm() throws {
    let page = try Page(try calmStudio())
    #expect(!page.says("Not to be relied on") && !page.says("Data are missing"))
    #expect(page.says("Nothing is held back."))
    #expect(Set(page.badges) == ["yes", "healthy"])
  }

  @Test("partial data and warnings of the source, and overrides in force, are told")
  func warnings() throws {
    var status = try troubledStudio()
    status.parts[0].snapshot?.isPartial = true
    status.parts[0].snapshot?.warnings = ["store 2 timed out"]
    let page = try Page(status)
    #expect(page.says("The source said that data were missing."))
    #expect(page.says("store 2 timed out"))
    #expect(
      page.rows.contains {
        $0.contains("a regulator's deadline") && $0.contains("2026-10-02 20:00 UTC")
      }
    )
  }

  @Test("something that holds changes back without being a budget has a card of its own")
  func generalHold() throws {
    var status = try calmStudio()
    for index in status.decisions.indices where status.decisions[index].request.change == "feature" {
      status.decisions[index].answer = .deny
      status.decisions[index].reasons.insert(
        GateReason(.noPolicy, effect: .deny, text: "the sales are on until Monday"),
        at: 0
      )
    }
    let cards = try Page(status).cards
    #expect(cards.count == 1)
    #expect(cards.first?.contains("the sales are on until Monday") == true)
    #expect(cards.first?.contains("frozen feature") == true)
    #expect(cards.first?.contains("and 1 more") == true)
  }

  @Test(
    "a budget of its own for each label value is told apart, and an overspent one stays on the page"
  )
  func split() throws {
    let page = try Page(try troubledStudio())
    let row = try #require(page.rows.first { $0.contains("platform ios") && $0.contains("-60%") })
    #expect(row.contains("exhausted"))
    #expect(page.rows.contains { $0.contains("platform web") && $0.contains("95%") })
  }

  @Test("whatever names and sentences hold, the page stays well-formed, and obeys nothing of it")
  func hostile() throws {
    let text = "a<script>alert(1)</script>\"'&\u{202E}\u{1B}[31m</style>"
    var status = try troubledStudio()
    status.parts[0].policy.workspace = text
    for index in status.parts[0].policy.services.indices {
      status.parts[0].policy.services[index].title = text
      status.parts[0].policy.services[index].owner = text
    }
    for index in status.parts[0].policy.journeys.indices {
      status.parts[0].policy.journeys[index].title = text
    }
    for index in status.parts[0].policy.objectives.indices {
      status.parts[0].policy.objectives[index].title = text
    }
    for index in status.parts[0].policy.overrides.indices {
      status.parts[0].policy.overrides[index].reason = text
    }
    for index in status.decisions.indices {
      status.decisions[index].reasons = status.decisions[index].reasons.map { reason in
        var reason = reason
        reason.text = text
        return reason
      }
      for budget in status.decisions[index].budgets.indices {
        status.decisions[index].budgets[budget].owner = text
        status.decisions[index].budgets[budget].level?.actions = [text]
        status.decisions[index].budgets[budget].level?.name = text
      }
    }
    status.recent = status.recent.map { recent in
      RecentDecision(
        id: text,
        at: recent.at,
        subject: text,
        change: text,
        stage: recent.stage,
        answer: recent.answer,
        reason: text
      )
    }
    status.parts[0].snapshot?.source = text
    status.parts[0].snapshot?.warnings = [text]
    status.problems = [text]
    let page = try Page(status)
    #expect(page.names.isDisjoint(with: ["script", "img", "iframe", "link"]))
    #expect(page.says("a<script>alert(1)</script>\"'&\\u{202e}␛[31m</style>"))
    let isHidden = page.text.unicodeScalars.contains { $0 == "\u{202E}" || $0 == "\u{1B}" }
    #expect(!isHidden)
    #expect(page.attributes.isDisjoint(with: ["onclick", "onload", "style"]))
  }

  @Test("the same status gives the same bytes, whatever the order of the answers")
  func order() throws {
    let status = try troubledStudio()
    var turned = status
    turned.decisions.reverse()
    #expect(turned.page == status.page)
  }
}

/// What a page says, taken apart by an XML parser.
final class Page: NSObject, XMLParserDelegate {
  struct NotWellFormed: Error {
    let line: Int
  }

  private(set) var names: Set<String> = []
  private(set) var attributes: Set<String> = []
  private(set) var text = ""
  /// The texts of `article`, of `tr`, and of badges.
  private(set) var cards: [String] = []
  private(set) var rows: [String] = []
  private(set) var badges: [String] = []
  private var open: [(name: String, start: Int, isBadge: Bool)] = []

  init(_ status: GateStatus) throws {
    super.init()
    var xml = status.page.replacingOccurrences(of: "<!DOCTYPE html>\n", with: "")
    xml = xml.replacing(/<(meta|br|hr|link)([^>]*)>/) { "<\($0.1)\($0.2)/>" }
    let parser = XMLParser(data: Data(xml.utf8))
    parser.delegate = self
    if !parser.parse() { throw NotWellFormed(line: parser.lineNumber) }
  }

  func parser(
    _ parser: XMLParser,
    didStartElement name: String,
    namespaceURI: String?,
    qualifiedName: String?,
    attributes: [String: String]
  ) {
    names.insert(name)
    self.attributes.formUnion(attributes.keys)
    open.append((name, text.utf8.count, attributes["class"]?.hasPrefix("badge") ?? false))
  }

  func says(_ words: String) -> Bool { text.contains(words) }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

  func parser(
    _ parser: XMLParser,
    didEndElement name: String,
    namespaceURI: String?,
    qualifiedName: String?
  ) {
    guard let element = open.popLast() else { return }
    let inside = String(decoding: text.utf8.dropFirst(element.start), as: UTF8.self)
    if name == "article" { cards.append(inside.joined) }
    if name == "tr" { rows.append(inside.joined) }
    if element.isBadge { badges.append(inside.joined) }
  }
}

extension String {
  /// Without the line breaks and indents between blocks.
  fileprivate var joined: String {
    split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }.joined()
  }
}
