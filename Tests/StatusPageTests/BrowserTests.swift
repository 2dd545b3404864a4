import Foundation
import TestSupport
import Testing

@testable import StatusPage

/// What a real browser makes of the status page.
@Suite("The status page in a browser")
struct BrowserTests {
  private let folder: TemporaryFolder
  private let browser: HeadlessBrowser
  private let pages = ["calm.html", "troubled.html", "blind.html"]

  init() throws {
    folder = try TemporaryFolder()
    browser = try HeadlessBrowser()
    var blind = try calmStudio()
    blind.parts[0].snapshot = nil
    blind.decisions = []
    blind.problems = ["https://prometheus.example.com does not answer: connection refused"]
    for (name, status) in zip(pages, [try calmStudio(), try troubledStudio(), blind]) {
      try Data(status.page.utf8).write(to: folder.url.appendingPathComponent(name))
    }
  }

  private func file(_ page: String) -> URL { folder.url.appendingPathComponent(page) }

  @Test("pictures of it, light and dark, on a desk and on a phone, are kept beside the build")
  func pictures() throws {
    let gallery = root.appendingPathComponent(".build/pictures/status")
    try FileManager.default.createDirectory(at: gallery, withIntermediateDirectories: true)
    for page in pages {
      for scheme in HeadlessBrowser.Scheme.allCases {
        for (width, height) in [(1280, 4300), (390, 8200)] {
          let name = "\(page.prefix { $0 != "." })-\(scheme.rawValue)-\(width).png"
          let picture = gallery.appendingPathComponent(name)
          try? FileManager.default.removeItem(at: picture)
          try browser.picture(of: file(page), scheme, width: width, height: height, to: picture)
          let bytes = try Data(contentsOf: picture)
          #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]), "\(name)")
        }
      }
    }
    for page in pages {
      try Data(contentsOf: file(page)).write(to: gallery.appendingPathComponent(page))
    }
    print("pictures of the status page: \(gallery.path)")
  }

  /// What each page says to a script in it, in a frame as wide as a desk and as a phone.
  private func seen(_ width: Int, in scheme: HeadlessBrowser.Scheme = .light, _ script: String)
    throws -> [String]
  {
    try browser.seen(pages, in: folder.url, width: width, scheme, script)
  }

  @Test("the document that is shown holds the answers, the holds and the budgets")
  func contents() throws {
    let document = try browser.document(at: file("troubled.html"))
    #expect(document.contains("<title>FlashFusion Studio: deploy gate</title>"))
    for words in ["What may go out", "Held back", "Error budgets", "Exceptions", "Last decisions"] {
      #expect(document.contains(">\(words)</h2>"))
    }
    let seen = try seen(
      1280,
      #"""
      [page.querySelectorAll(".matrix tbody tr").length, page.querySelectorAll("article").length,
       page.querySelectorAll(".budgets tbody tr").length, page.querySelectorAll("svg.spark").length,
       [...page.querySelectorAll(".matrix td")].filter(cell => cell.innerText.trim() == "no").length].join(" ")
      """#
    )
    #expect(seen == ["7 0 32 32 0", "7 7 33 30 24", "7 0 0 0 0"])
  }

  @Test(
    "no page is wider than its window, loads anything, or runs anything",
    arguments: [360, 390, 1280]
  )
  func width(_ width: Int) throws {
    let seen = try seen(
      width,
      #"""
      [page.documentElement.scrollWidth <= page.documentElement.clientWidth,
       page.querySelectorAll("script, link, img, iframe").length, view.performance.getEntriesByType("resource").length]
        .join(" ")
      """#
    )
    #expect(seen == pages.map { _ in "true 0 0" })
  }

  @Test(
    "all text has a contrast of at least 4.5:1 on what is behind it",
    arguments: HeadlessBrowser.Scheme.allCases,
    [390, 1280]
  )
  func contrast(_ scheme: HeadlessBrowser.Scheme, _ width: Int) throws {
    let seen = try seen(
      width,
      in: scheme,
      #"""
      (() => {
        const parts = color => color.match(/[\d.]+/g).map(Number);
        const light = color => parts(color).slice(0, 3).map(v => v / 255)
          .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
          .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
        const ground = e => { for (; e; e = e.parentElement) {
          const color = view.getComputedStyle(e).backgroundColor;
          if ((parts(color)[3] ?? 1) > 0) return color; } return "rgb(255, 255, 255)"; };
        let worst = [99, "nothing"], count = 0;
        const walker = page.createTreeWalker(page.body, 4);
        while (walker.nextNode()) {
          const text = walker.currentNode.data.trim(), e = walker.currentNode.parentElement;
          if (!text) continue;
          const [a, b] = [light(view.getComputedStyle(e).color), light(ground(e))];
          const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          count += 1;
          if (ratio < worst[0]) worst = [ratio, text];
        }
        return count > 30 && worst[0] >= 4.5 ? "enough" : count + " texts, " + worst[0].toFixed(2) + " of " + worst[1];
      })()
      """#
    )
    #expect(seen == pages.map { _ in "enough" })
  }

  @Test(
    "there are landmarks, one first heading, no level left out, and a name for every table, graphic and section"
  )
  func structure() throws {
    let seen = try seen(
      390,
      #"""
      (() => {
        const levels = [...page.querySelectorAll("h1, h2, h3")].map(h => Number(h.tagName[1]));
        const named = e => (e.getAttribute("aria-label") ||
          page.getElementById(e.getAttribute("aria-labelledby"))?.innerText || "").trim() != "";
        return [
          ["header", "main", "footer"].every(name => page.querySelectorAll("body > " + name).length == 1),
          levels.filter(l => l == 1).length == 1 && levels.every((l, i) => i == 0 || l <= levels[i - 1] + 1),
          [...page.querySelectorAll("section, table, [role=img]")].every(named),
          [...page.querySelectorAll("svg")].every(s => s.getAttribute("aria-hidden") || s.getAttribute("role") == "img"),
          [...page.querySelectorAll("tbody tr")].every(r => r.querySelectorAll("th[scope=row]").length == 1),
          [...page.querySelectorAll("thead th")].every(h => h.scope == "col"),
          page.documentElement.lang == "en",
        ].join(" ");
      })()
      """#
    )
    #expect(seen == pages.map { _ in "true true true true true true true" })
  }

  @Test("the way past the head is the first stop of the keyboard, and shows itself there")
  func keyboard() throws {
    let seen = try seen(
      390,
      #"""
      (() => {
        const skip = page.querySelector("a, button, input, [tabindex]");
        const before = skip.getBoundingClientRect().right;
        skip.focus();
        return [skip.getAttribute("href") == "#contents", before < 0, skip.getBoundingClientRect().left >= 0,
          page.getElementById("contents") != null].join(" ");
      })()
      """#
    )
    #expect(seen == pages.map { _ in "true true true true" })
  }
}
