import ContentHash
import StructuredText

/// Somebody who asks.
struct Caller: Sendable, Hashable {
  /// As the token file calls the token; nil where nobody has to say who they are.
  let name: String?
  /// The services that may be asked about; nil for all.
  let services: Set<String>?

  static let anybody = Caller(name: nil, services: nil)

  func maySee(_ service: String) -> Bool { services?.contains(service) ?? true }
}

/// The tokens that open the server, as the digests of them.
struct TokenFile: Sendable, Equatable {
  fileprivate struct Entry: Sendable, Equatable {
    let digest: [UInt8]
    let caller: Caller
  }

  private let entries: [Entry]

  /// The caller whose token it is. All digests are compared to their ends, so that time tells nothing.
  func caller(with token: String) -> Caller? {
    let digest = Array(SHA256.hexadecimal(of: Array(token.utf8)).utf8)
    var found: Caller?
    for entry in entries where Self.isSame(entry.digest, digest) { found = entry.caller }
    return found
  }

  private static func isSame(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    guard one.count == other.count else { return false }
    return zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}

// MARK: - Reading

/// Why a token file cannot be used.
struct TokenFileError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

extension TokenFile {
  /// What the first member of the file says.
  private static let version = "tokens/v1"

  /// The tokens that a file holds; `docs/serve.md` describes the format.
  init(reading bytes: [UInt8]) throws(TokenFileError) {
    let document: JSONValue
    do {
      document = try JSONParser.parse(bytes)
    } catch {
      throw TokenFileError("not JSON: \(error)")
    }
    guard document["nines"]?.string == Self.version, let list = document["tokens"]?.array,
      document.object?.count == 2
    else { throw TokenFileError("not an object with 'nines': '\(Self.version)' and a list 'tokens', and nothing else") }
    var entries: [Entry] = []
    for (index, value) in list.enumerated() { entries.append(try Entry(value, "tokens[\(index)]")) }
    let names = entries.compactMap(\.caller.name)
    if Set(names).count < names.count { throw TokenFileError("two tokens have the same name") }
    if Set(entries.map(\.digest)).count < entries.count { throw TokenFileError("two names have the same token") }
    self.entries = entries
  }
}

extension TokenFile.Entry {
  fileprivate init(_ value: JSONValue, _ place: String) throws(TokenFileError) {
    guard let members = value.object, Set(members.map(\.name)) == ["name", "sha256", "services"], members.count == 3
    else { throw TokenFileError("\(place): not an object with 'name', 'sha256' and 'services', and nothing else") }
    guard let name = value["name"]?.string, !name.isEmpty else { throw TokenFileError("\(place).name: no text") }
    guard let digest = value["sha256"]?.string, digest.utf8.count == 64, digest.utf8.allSatisfy(Self.isDigit) else {
      throw TokenFileError("\(place).sha256: not 64 lower-case hexadecimal digits")
    }
    guard let list = value["services"]?.array, !list.isEmpty else {
      throw TokenFileError("\(place).services: no list of services, or of '*' for all")
    }
    let services = list.compactMap(\.string)
    guard services.count == list.count else { throw TokenFileError("\(place).services: something that is no text") }
    self.digest = Array(digest.utf8)
    caller = Caller(name: name, services: services.contains("*") ? nil : Set(services))
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }
}
