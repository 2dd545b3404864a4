import StructuredText

/// The frame around every page: language, colours, links to other pages, and a way past them for keyboards.
///
/// A page loads nothing and runs nothing: its stylesheets are part of it, and its security policy allows no more.
package struct PageFrame: Sendable {
  /// What a page may load and run, for its head and for the header of an answer that carries it.
  package static let securityPolicy = "default-src 'none'; style-src 'unsafe-inline'"

  private let title: String
  private let sheets: [String]
  private let header: [MarkupNode]
  private let footer: [MarkupNode]

  package init(
    title: String,
    sheets: [String],
    navigation: (label: String, links: [MarkupNode]),
    footer: [MarkupNode]
  ) {
    self.title = title
    self.sheets = sheets
    header = [.element("nav", ["aria-label": navigation.label], navigation.links)]
    self.footer = footer
  }

  /// A page that leads nowhere has a header of its own instead of links.
  package init(title: String, sheets: [String], header: [MarkupNode], footer: [MarkupNode]) {
    self.title = title
    self.sheets = sheets
    self.header = header
    self.footer = footer
  }

  package func document(_ contents: [MarkupNode]) -> MarkupNode {
    .element(
      "html",
      ["lang": "en"],
      [
        head,
        .element(
          "body",
          [:],
          [
            .element("a", ["class": "skip", "href": "#contents"], ["Skip to the contents"]),
            .element("header", [:], header),
            .element("main", ["id": "contents"], contents),
            .element("footer", [:], footer),
          ]
        ),
      ]
    )
  }

  private var head: MarkupNode {
    .element(
      "head",
      [:],
      [
        .element("meta", ["charset": "utf-8"]),
        .element("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
        .element("meta", ["http-equiv": "Content-Security-Policy", "content": Self.securityPolicy]),
        .element("meta", ["name": "generator", "content": "nines"]),
        .element("title", [:], [.text(title)]),
        .element("style", [:], sheets.map { .text($0) }),
      ]
    )
  }
}
