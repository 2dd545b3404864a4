import Emitters
import PlanModel
import Quantities
import StructuredText

/// The tables of some services, one after the other.
package struct BurnRateTables: Sendable {
  /// A service that no workspace has.
  package struct UnknownService: Error, Sendable, Hashable, CustomStringConvertible {
    package let name: String
    package let nearest: String?

    package init(name: String, nearest: String?) {
      self.name = name
      self.nearest = nearest
    }

    package var description: String {
      "no service '\(name)'\(nearest.map { "; did you mean '\($0)'?" } ?? "")"
    }
  }

  private let tables: [BurnRateTable]

  /// Of all services with objectives, or of the one with a name.
  package init(_ plans: [Plan], of name: String?) throws(UnknownService) {
    let services = plans.flatMap(\.services)
    let chosen = name.map { name in services.filter { $0.name == name } } ?? services.filter { !$0.objectives.isEmpty }
    if let name, chosen.isEmpty {
      throw UnknownService(name: name, nearest: nearestSpelling(to: name, among: services.map(\.name)))
    }
    tables = chosen.map(BurnRateTable.init)
  }

  package var markdown: String { tables.map(\.markdown).joined(separator: "\n") }

  /// One table: the header stands once.
  package var csv: String {
    var text = tables.first?.csv ?? ""
    for table in tables.dropFirst() {
      text += table.csv.drop { !$0.isNewline }.dropFirst()
    }
    return text
  }

  package var json: JSONValue { .array(tables.map(\.json)) }
}
