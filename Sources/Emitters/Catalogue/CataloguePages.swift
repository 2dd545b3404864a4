import PlanModel
import StructuredText

extension Emitter {
  static let catalogue = Emitter(.catalogue) { index in
    [Artifact(path: "catalogue/index.html", html: CatalogueIndex(index.plan).document)]
  } service: { service, index in
    let file = CatalogueAddress.fileName(of: service.name)
    return [Artifact(path: "catalogue/\(file)", html: ServicePage(service, in: index).document)]
  }
}

/// Where pages of the catalogue stand to each other: every address is relative, so the folder works from disk.
enum CatalogueAddress {
  static let index = "./index.html"

  static func fileName(of service: String) -> String {
    "\(ServiceFile.name(of: service, reserved: "index")).html"
  }

  static func service(_ name: String) -> String { "./\(fileName(of: name))" }

  static func objective(_ name: ObjectiveName) -> String { "\(service(name.service))#\(anchor(of: name))" }

  /// The identifier of an objective's section on its service's page.
  static func anchor(of objective: ObjectiveName) -> String { "objective/\(objective.text)" }

  /// The identifier of a policy's section on every page that shows it.
  static func anchor(ofPolicy name: String) -> String { "policy/\(name)" }
}

/// The frame around every page: language, colours, a way back, and a way past it for keyboards.
enum CatalogueFrame {
  static func document(title: String, workspace: String, _ contents: [MarkupNode]) -> MarkupNode {
    .element(
      "html",
      ["lang": "en"],
      [
        .element(
          "head",
          [:],
          [
            .element("meta", ["charset": "utf-8"]),
            .element("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
            .element(
              "meta",
              [
                "http-equiv": "Content-Security-Policy",
                "content": "default-src 'none'; style-src 'unsafe-inline'",
              ]
            ),
            .element("meta", ["name": "generator", "content": "nines"]),
            .element("title", [:], [.text(title)]),
            .element("style", [:], [.text(CatalogueStyle.sheet)]),
          ]
        ),
        .element(
          "body",
          [:],
          [
            .element("a", ["class": "skip", "href": "#contents"], ["Skip to the contents"]),
            .element(
              "header",
              [:],
              [
                .element(
                  "nav",
                  ["aria-label": "Catalogue"],
                  [.element("a", ["href": CatalogueAddress.index], [.text(workspace)])]
                )
              ]
            ),
            .element("main", ["id": "contents"], contents),
            .element(
              "footer",
              [:],
              [.element("p", [:], ["Written by nines from the specs; edit those, changes made here are lost."])]
            ),
          ]
        ),
      ]
    )
  }
}

/// The pieces that pages are made of.
enum Block {
  static func heading(_ level: Int, _ text: String) -> MarkupNode { .element("h\(level)", [:], [.text(text)]) }

  static func paragraph(_ text: String) -> MarkupNode { .element("p", [:], [.text(text)]) }

  static func code(_ text: String) -> MarkupNode { .element("code", [:], [.text(text)]) }

  /// A link where the text is an address of the web, and the text itself where it is anything else.
  static func link(_ text: String, to address: String) -> MarkupNode {
    guard WebAddress.isFollowable(address) else { return text == address ? .text(text) : .text("\(text): \(address)") }
    return .element("a", ["href": address, "rel": "noreferrer"], [.text(text)])
  }

  /// A link to another page or file of the output.
  static func local(_ text: String, to path: String) -> MarkupNode {
    .element("a", ["href": path], [.text(text)])
  }

  /// A link to an objective's section, on whichever page it is.
  static func objective(_ name: ObjectiveName) -> MarkupNode {
    local(name.text, to: CatalogueAddress.objective(name))
  }

  static func list(_ items: [[MarkupNode]], isOrdered: Bool = false) -> MarkupNode {
    .element(isOrdered ? "ol" : "ul", [:], items.map { .element("li", [:], $0) })
  }

  static func section(_ level: Int, _ title: String, id: String? = nil, _ contents: [MarkupNode]) -> MarkupNode {
    .element("section", ["id": id], [heading(level, title)] + contents)
  }

  /// Terms and what is said of them, without those of which nothing is said.
  static func facts(_ facts: [(term: String, contents: [MarkupNode]?)]) -> MarkupNode {
    .element(
      "dl",
      [:],
      facts.flatMap { term, contents in
        contents.map { [.element("dt", [:], [.text(term)]), .element("dd", [:], $0)] } ?? []
      }
    )
  }

  /// A table that scrolls sideways, by keyboard too, where the screen is narrow. The first cell of a row heads it.
  static func table(_ caption: String, _ columns: [String], _ rows: [[[MarkupNode]]]) -> MarkupNode {
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

  static func textTable(_ caption: String, _ columns: [String], _ rows: [[String]]) -> MarkupNode {
    table(caption, columns, rows.map { row in row.map { [.text($0)] } })
  }
}
