import Quantities
import Testing
import WorkspaceFiles

@Test("zones come from the database of the operating system, by names that stay inside it")
func zones() throws {
  let database = ZoneDatabase()
  let berlin = try #require(database.rules(of: "Europe/Berlin"))
  let summer = try Instant(reading: "2026-07-01T00:00:00Z")
  #expect(berlin.offset(at: summer) == 7_200)
  #expect(database.rules(of: "UTC") == .utc)
  #expect(database.rules(of: "Europe/Nowhere") == nil)
  #expect(database.rules(of: "../../../etc/localtime") == nil)
  #expect(database.rules(of: "Europe") == nil)
}
