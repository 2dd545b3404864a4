import Foundation
import TestSupport
import Testing

/// What a real browser makes of the catalogue's pages.
@Suite("The catalogue in a browser")
struct CatalogueBrowserTests {
  /// The pages of a workspace, beside one that shows them in a frame as wide as a phone and writes down what it sees.
  private struct Site {
    let folder: TemporaryFolder
    let pages: [String]

    init(_ name: String) throws {
      folder = try TemporaryFolder()
      let files = try ExampleWorkspace(name).artifacts.filter { $0.path.contains("/catalogue/") }
      pages = files.map { String($0.path.split(separator: "/").last ?? "") }.sorted()
      for (file, page) in zip(files, files.map { String($0.path.split(separator: "/").last ?? "") }) {
        try Data(file.bytes).write(to: folder.url.appendingPathComponent(page))
      }
    }

    /// The document after the browser has built it.
    func document(_ page: String, _ flags: String...) throws -> String {
      let browser = Process()
      let output = Pipe()
      browser.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      browser.arguments =
        [
          "timeout", "100", "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
          "--user-data-dir=\(folder.url.appendingPathComponent("profile").path)", "--allow-file-access-from-files",
        ] + flags + ["--dump-dom", folder.url.appendingPathComponent(page).absoluteString]
      browser.standardOutput = output
      browser.standardError = FileHandle.nullDevice
      try browser.run()
      let document = output.fileHandleForReading.readDataToEndOfFile()
      browser.waitUntilExit()
      return String(decoding: document, as: UTF8.self)
    }

    /// What a script finds in each page, in a frame 375 pixels wide: a line for each.
    func seen(_ script: String, _ flags: String...) throws -> [String] {
      let frames = pages.map { #"<iframe src="\#($0)" style="width:375px;height:700px;border:0"></iframe>"# }
      let probe = """
        <!doctype html><body>\(frames.joined())<pre id="seen"></pre><script>
        onload = () => { seen.textContent = [...document.querySelectorAll("iframe")].map(frame => {
          const page = frame.contentDocument; return \(script); }).join("\\n") + "\\n"; };
        </script></body>
        """
      try Data(probe.utf8).write(to: folder.url.appendingPathComponent("probe.html"))
      let document = try document("probe.html", flags.first ?? "--mute-audio")
      let written = try #require(document.firstMatch(of: /(?s)<pre id="seen">(.*)<\/pre>/)?.output.1)
      return written.split(separator: "\n").map(String.init)
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
    let dark = try site.seen(ground, "--blink-settings=preferredColorScheme=0")
    #expect(light == site.pages.map { _ in "rgb(255, 255, 255)" })
    #expect(dark == site.pages.map { _ in "rgb(17, 21, 26)" })
  }
}
