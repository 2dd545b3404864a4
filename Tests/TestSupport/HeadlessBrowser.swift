import Foundation

/// A real Chromium without a window, with a profile of its own.
package struct HeadlessBrowser: Sendable {
  package enum Scheme: String, Sendable, CaseIterable {
    case light, dark

    fileprivate var flag: String { "--blink-settings=preferredColorScheme=\(self == .dark ? 0 : 1)" }
  }

  private let profile: TemporaryFolder

  package init() throws {
    profile = try TemporaryFolder()
  }

  /// The document after the browser has built it.
  package func document(at page: URL, _ scheme: Scheme = .light) throws -> String {
    try run([scheme.flag, "--dump-dom", page.absoluteString])
  }

  /// A picture of so many pixels of the top of a page.
  package func picture(of page: URL, _ scheme: Scheme, width: Int, height: Int, to file: URL) throws {
    _ = try run([
      scheme.flag, "--hide-scrollbars", "--window-size=\(width),\(height)", "--screenshot=\(file.path)",
      page.absoluteString,
    ])
  }

  /// What a script finds in pages of one folder, each in a frame of a width in pixels: a line for each page.
  ///
  /// In the script, which is an expression that gives a text, `page` is the document and `view` its window.
  package func seen(_ pages: [String], in folder: URL, width: Int, _ scheme: Scheme = .light, _ script: String) throws
    -> [String]
  {
    let frames = pages.map { #"<iframe src="\#($0)" style="width:\#(width)px;height:700px;border:0"></iframe>"# }
    let probe = """
      <!doctype html><body>\(frames.joined())<pre id="seen"></pre><script>
      onload = () => { seen.textContent = [...document.querySelectorAll("iframe")].map(frame => {
        const page = frame.contentDocument, view = frame.contentWindow; return \(script); }).join("\\n") + "\\n"; };
      </script></body>
      """
    let file = folder.appendingPathComponent("probe-\(UUID().uuidString).html")
    try Data(probe.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let document = try document(at: file, scheme)
    guard let written = document.firstMatch(of: /(?s)<pre id="seen">(.*)<\/pre>/)?.output.1 else { return [] }
    return written.split(separator: "\n").map(String.init)
  }

  private func run(_ arguments: [String]) throws -> String {
    let browser = Process()
    let output = Pipe()
    browser.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    browser.arguments =
      [
        "timeout", "300", "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
        "--user-data-dir=\(profile.url.path)", "--allow-file-access-from-files",
      ] + arguments
    browser.standardOutput = output
    browser.standardError = FileHandle.nullDevice
    try browser.run()
    let document = output.fileHandleForReading.readDataToEndOfFile()
    browser.waitUntilExit()
    return String(decoding: document, as: UTF8.self)
  }
}
