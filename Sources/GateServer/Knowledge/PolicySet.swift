import DeployGate
import WorkspaceFiles

/// The policies that the server answers by, each service in exactly one of them.
struct PolicySet: Sendable {
  let policies: [GatePolicy]
  /// The bytes that they were read from, to tell a change.
  let files: [[UInt8]]
  private let places: [String: Int]

  /// Where the policy of a service stands in the list.
  func place(of service: String) -> Int? { places[service] }

  var services: [String] { places.keys.sorted() }

  /// Reads and checks all files, or says why none of them counts.
  init(reading paths: [String]) throws(PolicyRefusal) {
    try self.init(files: Self.bytes(of: paths), paths)
  }

  init(files: [[UInt8]], _ paths: [String]) throws(PolicyRefusal) {
    var policies: [GatePolicy] = []
    var places: [String: Int] = [:]
    for (path, bytes) in zip(paths, files) {
      let policy: GatePolicy
      do {
        policy = try GatePolicy(reading: bytes)
      } catch {
        throw PolicyRefusal("'\(path)': \(error)")
      }
      for service in policy.services {
        guard places.updateValue(policies.count, forKey: service.name) == nil else {
          throw PolicyRefusal("'\(path)': another policy file has the service '\(service.name)' too")
        }
      }
      policies.append(policy)
    }
    self.policies = policies
    self.files = files
    self.places = places
  }

  static func bytes(of paths: [String]) throws(PolicyRefusal) -> [[UInt8]] {
    var files: [[UInt8]] = []
    for path in paths {
      do {
        files.append(try DocumentFile(path).read())
      } catch {
        throw PolicyRefusal("\(error)")
      }
    }
    return files
  }
}

/// Why a policy is not taken.
struct PolicyRefusal: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
