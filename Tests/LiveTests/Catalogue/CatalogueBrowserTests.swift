import Foundation
import TestSupport
import Testing

/// What a real browser makes of the catalogue's pages.
@Suite("The catalogue in a browser")
struct CatalogueBrowserTests {
  /// The pages of a workspace, and the browser that shows them.
  private struct Site {
    let folder: TemporaryFolder
    let browser: HeadlessBrowser
    let pages: [String]

    init(_ name: String) throws {
      folder = try TemporaryFolder()
      browser = try HeadlessBrowser()
      let files = try ExampleWorkspace(name).artifacts.filter { $0.path.contains("/catalogue/") }
      pages = files.map { String($0.path.split(separator: "/").last ?? "") }.sorted()
      for (file, page) in zip(files, files.map { String($0.path.split(separator: "/").last ?? "") }) {
        try Data(file.bytes).write(to: folder.url.appendingPathComponent(page))
      }
    }

    func document(_ page: String) throws -> String {
      try browser.document(at: folder.url.appendingPathComponent(page))
    }

    /// What a script finds in each page as wide as a phone.
    func seen(_ script: String, _ scheme: HeadlessBrowser.Scheme = .light) throws -> [String] {
      try browser.seen(pages, in: folder.url, width: 375, scheme, script)
    }
  }

  @Test("the index leads to every service, and every service's page shows its objectives", arguments: ["smart-pip"])
  func contents(_ name: String) throws {
    let site = try Site(name)
    let index = try site.document("index.html")
    #expect(index.contains("<title>Smart PiP"))
    #expect(index.contains(#"href="./smart-pip.html""#))
    let page = try site.document("smart-pip.html")
    for objective in try ExampleWorkspace(name).catalog.objectives { #expect(page.contains(objective.fullName)) }
  }

  @Test(
    "no page is wider than a phone, asks for anything else, or has a link that leads nowhere in it",
    arguments: ["examples", "flashfusion-studio", "smart-pip"]
  )
  func phone(_ name: String) throws {
    let site = try Site(name)
    let seen = try site.seen(
      #"""
      [page.documentElement.scrollWidth <= page.documentElement.clientWidth,
       [...page.querySelectorAll("a[href^='#']")].every(a => page.getElementById(decodeURIComponent(a.hash.slice(1)))),
       page.querySelectorAll("script, link, img, iframe").length].join(" ")
      """#
    )
    #expect(seen == site.pages.map { _ in "true true 0" }, "\(site.pages)")
  }

  @Test("the ground follows what the reader prefers, light or dark")
  func colors() throws {
    let site = try Site("smart-pip")
    let ground = "getComputedStyle(page.body).backgroundColor"
    let light = try site.seen(ground)
    let dark = try site.seen(ground, .dark)
    #expect(light == site.pages.map { _ in "rgb(255, 255, 255)" })
    #expect(dark == site.pages.map { _ in "rgb(17, 21, 26)" })
  }
}
