import Foundation

/// An implementation of JSON Schema that is not ours: `jsonschema` for Python.
package enum JSONSchemaJudge {
  private static let script = """
    import json, sys
    from jsonschema import Draft7Validator
    schema, documents = json.load(open(sys.argv[1])), json.load(open(sys.argv[2]))
    Draft7Validator.check_schema(schema)
    validator = Draft7Validator(schema)
    for document in documents:
        errors = sorted(validator.iter_errors(document), key=str)
        print(json.dumps([error.message[:200] for error in errors]))
    """

  /// What each JSON text has wrong by a schema of draft 7; nothing where it is accepted.
  package static func errors(in documents: [String], bySchema schema: String) throws -> [[String]] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "schema-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = (schema: folder.appending(path: "schema.json"), documents: folder.appending(path: "documents.json"))
    try Data(schema.utf8).write(to: files.schema)
    try Data("[\(documents.joined(separator: ",\n"))]".utf8).write(to: files.documents)
    let process = Process()
    // The system's own, for which scripts/packages.txt names the package.
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = ["-c", script, files.schema.path, files.documents.path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(status: process.terminationStatus) }
    return try String(decoding: data, as: UTF8.self).split(separator: "\n").map {
      try JSONDecoder().decode([String].self, from: Data($0.utf8))
    }
  }

  package struct Failure: Error {
    package let status: Int32
  }
}
