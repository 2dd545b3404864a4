/// The spec that a new workspace begins with.
package struct StarterSpec: Sendable {
  package let service: String

  /// The service is named after the folder as far as that makes a name, or else `example`.
  package init(folderName: String) {
    let words = folderName.lowercased().utf8
      .split { !(UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0) }
      .map { String(decoding: $0, as: UTF8.self) }
    let name = words.drop { $0.utf8.first.map { $0 < UInt8(ascii: "a") } ?? true }.joined(separator: "-")
    let isUsable = !name.isEmpty && name.utf8.count <= Self.lengthLimit && !Self.truths.contains(name)
    service = isUsable ? name : "example"
  }

  private static let lengthLimit = 63
  /// Words that YAML 1.1 takes for something else than text.
  private static let truths: Set<String> = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"]

  package var fileName: String { "\(service).yaml" }

  package var text: String {
    """
    nines: v1
    service: \(service)
    owner: my-team
    policy: none

    indicators:
      requests:
        good: http_requests_total{job="\(service)", code!~"5.."}
        valid: http_requests_total{job="\(service)"}

    objectives:
      availability: requests >= 99.9% over 28d

    """
  }
}
