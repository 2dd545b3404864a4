import StructuredText

/// The pieces that pages are made of.
package enum Block {
  package static func heading(_ level: Int, _ text: String) -> MarkupNode { .element("h\(level)", [:], [.text(text)]) }

  package static func paragraph(_ text: String) -> MarkupNode { .element("p", [:], [.text(text)]) }

  package static func code(_ text: String) -> MarkupNode { .element("code", [:], [.text(text)]) }

  /// A link where the text is an address of the web, and the text itself where it is anything else.
  package static func link(_ text: String, to address: String) -> MarkupNode {
    guard WebAddress.isFollowable(address) else { return text == address ? .text(text) : .text("\(text): \(address)") }
    return .element("a", ["href": address, "rel": "noreferrer"], [.text(text)])
  }

  /// A link to another page or file of the output.
  package static func local(_ text: String, to path: String) -> MarkupNode {
    .element("a", ["href": path], [.text(text)])
  }

  package static func list(_ items: [[MarkupNode]], isOrdered: Bool = false) -> MarkupNode {
    .element(isOrdered ? "ol" : "ul", [:], items.map { .element("li", [:], $0) })
  }

  package static func section(_ level: Int, _ title: String, id: String? = nil, _ contents: [MarkupNode]) -> MarkupNode
  {
    .element("section", ["id": id], [heading(level, title)] + contents)
  }

  /// Terms and what is said of them, without those of which nothing is said.
  package static func facts(_ facts: [(term: String, contents: [MarkupNode]?)]) -> MarkupNode {
    .element(
      "dl",
      [:],
      facts.flatMap { term, contents in
        contents.map { [.element("dt", [:], [.text(term)]), .element("dd", [:], $0)] } ?? []
      }
    )
  }

  /// A table that scrolls sideways, by keyboard too, where the screen is narrow. The first cell of a row heads it.
  package static func table(_ caption: String, _ columns: [String], _ rows: [[[MarkupNode]]]) -> MarkupNode {
    let head = columns.map { MarkupNode.element("th", ["scope": "col"], [.text($0)]) }
    let body = rows.map { row in
      MarkupNode.element(
        "tr",
        [:],
        row.enumerated().map { index, cell in
          index == 0 ? .element("th", ["scope": "row"], cell) : .element("td", [:], cell)
        }
      )
    }
    return .element(
      "div",
      ["class": "wide", "role": "region", "aria-label": caption, "tabindex": "0"],
      [
        .element(
          "table",
          [:],
          [
            .element("caption", [:], [.text(caption)]),
            .element("thead", [:], [.element("tr", [:], head)]),
            .element("tbody", [:], body),
          ]
        )
      ]
    )
  }

  package static func textTable(_ caption: String, _ columns: [String], _ rows: [[String]]) -> MarkupNode {
    table(caption, columns, rows.map { row in row.map { [.text($0)] } })
  }
}
