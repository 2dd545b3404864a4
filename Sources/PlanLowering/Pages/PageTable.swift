import PlanModel

/// A table of a catalogue page in the making.
struct PageTable {
  private let title: String
  private let columns: [String]
  private var rows: [[String]] = []

  init(_ title: String, _ columns: String...) {
    self.title = title
    self.columns = columns
  }

  /// A cell without a text is empty.
  mutating func add(_ cells: String?...) {
    precondition(cells.count == columns.count, "a row has a cell for each column")
    rows.append(cells.map { $0 ?? "" })
  }

  /// The table without the columns of which no row says anything; nil without rows.
  var page: CataloguePage? {
    if rows.isEmpty { return nil }
    let told = columns.indices.filter { column in column == 0 || rows.contains { !$0[column].isEmpty } }
    return CataloguePage(
      title: title,
      columns: told.map { columns[$0] },
      rows: rows.map { row in told.map { row[$0] } }
    )
  }
}

extension [String] {
  /// The items on one line; nil where there are none.
  func listed(by separator: String = ", ") -> String? { isEmpty ? nil : joined(separator: separator) }
}
