import Foundation
import TestSupport
import Testing

/// Every target on its seeds, and on what a few careless edits make of them: that the targets are still sound, and that
/// nothing breaks which a fuzzer would find at once.
@Suite("Fuzz targets")
struct ReplayTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

  private static func seeds(of target: FuzzTarget) throws -> [[UInt8]] {
    let corpus = folder.appending(path: "Corpora/\(target.rawValue)")
    return try FileManager.default.contentsOfDirectory(atPath: corpus.path).sorted().map {
      Array(try Data(contentsOf: corpus.appending(path: $0)))
    }
  }

  // In a process of their own, for what they find ends it.
  @Test("hold for their seeds and for what comes near them", arguments: FuzzTarget.allCases.map(\.rawValue))
  func replay(name: String) async {
    await #expect(processExitsWith: .success) { [name] in
      let target = try #require(FuzzTarget(rawValue: name))
      let seeds = try Self.seeds(of: target)
      try #require(!seeds.isEmpty)
      for seed in seeds { target.run(seed) }
      var edits = CarelessEdits(of: seeds)
      for _ in 0..<300 { target.run(edits.next()) }
    }
  }
}

/// Inputs that are nearly seeds.
private struct CarelessEdits {
  private let seeds: [[UInt8]]
  private var random = SeededGenerator(seed: 1)

  /// What means something to one of the readers.
  private static let words = [
    "{", "}", "[", "]", "\"", "'", ":", ",", "#", "&a ", "*a", "%", "0", "-1", "1e999", "99.9%", "null", "\n", "\n  ",
    "\t",
    "\0", "\u{FEFF}", "\u{202E}", "é", "💥",
  ].map { Array($0.utf8) }

  init(of seeds: [[UInt8]]) {
    self.seeds = seeds
  }

  mutating func next() -> [UInt8] {
    var bytes = random.pick(seeds)
    for _ in 0..<Int.random(in: 1...4, using: &random) { edit(&bytes) }
    return bytes
  }

  private mutating func edit(_ bytes: inout [UInt8]) {
    let place = Int.random(in: 0...bytes.count, using: &random)
    let end = min(bytes.count, place + Int.random(in: 0...8, using: &random))
    switch Int.random(in: 0..<5, using: &random) {
    case 0: bytes.replaceSubrange(place..<end, with: random.pick(Self.words))
    case 1: bytes.removeSubrange(place..<end)
    case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
    case 3: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
    default: bytes.removeSubrange(end...)
    }
  }
}
