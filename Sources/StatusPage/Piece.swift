import Quantities
import StructuredText

/// The pieces that the page is made of. Text from elsewhere shows its hidden code points and obeys none.
enum Piece {
  static func text(_ text: String) -> MarkupNode { .text(VisibleText.of(text)) }

  static func code(_ text: String) -> MarkupNode { .element("code", [:], [Self.text(text)]) }

  static func soft(_ contents: MarkupNode...) -> MarkupNode { .element("span", ["class": "soft"], contents) }

  /// A moment, to the minute, and exact for machines.
  static func time(_ instant: Instant) -> MarkupNode {
    let iso = instant.description
    return .element("time", ["datetime": iso], [.text("\(iso.prefix(10)) \(iso.dropFirst(11).prefix(5)) UTC")])
  }

  /// A section that is named by its heading.
  static func section(_ title: String, id: String, _ contents: [MarkupNode]) -> MarkupNode {
    .element(
      "section",
      ["aria-labelledby": id],
      [.element("h2", ["id": id], [.text(title)])] + contents
    )
  }

  /// Nodes with a comma between them.
  static func listed(_ nodes: [MarkupNode]) -> [MarkupNode] {
    nodes.enumerated().flatMap { $0.offset == 0 ? [$0.element] : [", ", $0.element] }
  }
}

/// A table that turns into a list of cards on a narrow screen, each value after the name of its column.
///
/// The roles are stated because a browser forgets them once rows and cells are laid out as anything else.
struct CardTable {
  struct Cell {
    var contents: [MarkupNode]
    var style: String?
  }

  let label: String
  let style: String
  let columns: [String]
  /// The first cell of a row heads it.
  let rows: [[Cell]]

  var node: MarkupNode {
    .element(
      "table",
      ["class": "cards \(style)", "role": "table", "aria-label": label],
      [
        .element("thead", ["role": "rowgroup"], [.element("tr", ["role": "row"], columns.map(head))]),
        .element("tbody", ["role": "rowgroup"], rows.map(row)),
      ]
    )
  }

  private func head(_ title: String) -> MarkupNode {
    .element("th", ["scope": "col", "role": "columnheader"], [Piece.text(title)])
  }

  private func row(_ cells: [Cell]) -> MarkupNode {
    .element(
      "tr",
      ["role": "row"],
      zip(columns, cells).enumerated().map { index, pair in
        let (column, cell) = pair
        return index == 0
          ? .element("th", ["scope": "row", "role": "rowheader", "class": cell.style], cell.contents)
          : .element(
            "td",
            ["role": "cell", "data-label": VisibleText.of(column), "class": cell.style],
            [.element("div", [:], cell.contents)]
          )
      }
    )
  }
}
