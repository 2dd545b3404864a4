import Foundation
import LanguageSchema
import StructuredText

/// An implementation of JSON Schema that is not ours: `jsonschema` for Python.
struct SchemaJudge {
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

  /// What each document has wrong by the schema; nothing where it is accepted.
  static func errors(in documents: [JSONValue], by schema: LanguageSchema) throws -> [[String]] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "schema-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = (schema: folder.appending(path: "schema.json"), documents: folder.appending(path: "documents.json"))
    try Data(schema.json.text(.compact).utf8).write(to: files.schema)
    try Data(JSONValue.array(documents).text(.compact).utf8).write(to: files.documents)
    let process = Process()
    // The system's own, for which the packages of scripts/packages.txt are installed.
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = ["-c", script, files.schema.path, files.documents.path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure() }
    return try String(decoding: data, as: UTF8.self).split(separator: "\n").map {
      try JSONDecoder().decode([String].self, from: Data($0.utf8))
    }
  }

  struct Failure: Error {}
}
