import PlanModel
import StructuredText
import WebPages

extension Emitter {
  static let catalogue = Emitter(.catalogue) { plan in
    [Artifact(path: "catalogue/index.html", html: CatalogueIndex(plan).document)]
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

/// What every page of the catalogue has around its contents.
enum CatalogueFrame {
  static func document(title: String, workspace: String, _ contents: [MarkupNode]) -> MarkupNode {
    PageFrame(
      title: title,
      sheets: [PageStyle.sheet],
      navigation: (label: "Catalogue", links: [Block.local(workspace, to: CatalogueAddress.index)]),
      footer: [Block.paragraph("Written by nines from the specs; edit those, changes made here are lost.")]
    ).document(contents)
  }
}

extension Block {
  /// A link to an objective's section, on whichever page it is.
  static func objective(_ name: ObjectiveName) -> MarkupNode {
    local(name.text, to: CatalogueAddress.objective(name))
  }
}
