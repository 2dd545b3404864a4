import Emitters
import StructuredText
import Testing

@Suite("Manifest")
struct ManifestTests {
  @Test("inputs and outputs are listed by path with the hashes of their bytes")
  func contents() throws {
    let manifest = Manifest.artifact(
      inputs: [
        FileDigest(path: "specs/b.yaml", bytes: Array("abc".utf8)), FileDigest(path: "nines.yaml", bytes: []),
      ],
      outputs: [Artifact(path: "x/b", text: "abc").digest, Artifact(path: "x/B", text: "é").digest],
      compilerVersion: "1.2.3"
    )
    #expect(manifest.path == "manifest.json")
    let json = try JSONParser.parse(manifest.bytes)
    #expect(json["compiler"] == ["name": "nines", "version": "1.2.3"])
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    #expect(
      json["inputs"] == [
        ["path": "nines.yaml", "bytes": 0, "sha256": .string(empty)],
        ["path": "specs/b.yaml", "bytes": 3, "sha256": .string(abc)],
      ]
    )
    #expect(json["outputs"]?.array?.map { $0["path"] } == ["x/B", "x/b"])
    #expect(json["outputs"]?.array?.map { $0["bytes"] } == [2, 3])
  }

  @Test("the order in which files were read or written leaves no trace")
  func order() {
    let inputs = [FileDigest(path: "a", bytes: [1, 1, 1]), FileDigest(path: "b", bytes: [2])]
    let outputs = [Artifact(path: "c", text: "c").digest, Artifact(path: "d", text: "d").digest]
    #expect(
      Manifest.artifact(inputs: inputs, outputs: outputs, compilerVersion: "1")
        == Manifest.artifact(inputs: inputs.reversed(), outputs: outputs.reversed(), compilerVersion: "1")
    )
  }
}
