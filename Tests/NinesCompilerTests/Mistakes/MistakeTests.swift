import Foundation
import TestSupport
import Testing

@Suite("Mistakes that people make")
struct MistakeTests {
  @Test("are found, at exactly this place, for this reason, with this way out", arguments: try MistakeList.all())
  func list(_ list: MistakeList) throws {
    let found = try list.mistakes.map { try $0.found(in: list.base) }
    if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] == "1" { try list.rewrite(found) }
    for (mistake, found) in zip(list.mistakes, found) {
      #expect(found.lines == mistake.expected, "\(mistake.heading)")
      #expect(!found.diagnostics.isEmpty, "nothing is said about: \(mistake.heading)")
      let showsWay = mistake.saysHow || found.diagnostics.contains { $0.fix != nil || !$0.notes.isEmpty }
      #expect(showsWay, "no way out is shown of: \(mistake.heading)")
      try expectEditsHelp(mistake, found, in: list.base)
    }
  }

  /// An edit that is offered takes away what it is offered for.
  private func expectEditsHelp(_ mistake: Mistake, _ found: FoundMistake, in base: String) throws {
    for diagnostic in found.diagnostics {
      guard let edits = diagnostic.fix?.edits, !edits.isEmpty else { continue }
      var bytes = Array(try mistake.text(in: base).utf8)
      for edit in edits.sorted(by: { $0.span.start > $1.span.start }) {
        bytes.replaceSubrange(edit.span.range, with: Array(edit.replacement.utf8))
      }
      let left = MistakeList.report(on: String(decoding: bytes, as: UTF8.self)).diagnostics.map(\.message)
      #expect(!left.contains(diagnostic.message), "\(mistake.heading)")
    }
  }

  @Test("the spec that they are made in has none")
  func base() throws {
    let list = try #require(try MistakeList.all().first)
    #expect(MistakeList.report(on: list.base).diagnostics.map(\.message) == [])
  }

  @Test("there are two hundred of them, no two alike")
  func count() throws {
    let headings = try MistakeList.all().flatMap(\.mistakes).map(\.heading)
    #expect(headings.count >= 200)
    #expect(Set(headings).count == headings.count)
  }
}
