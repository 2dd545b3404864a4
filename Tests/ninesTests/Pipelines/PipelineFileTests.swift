import Foundation
import Testing
import YAMLSource

@Suite("The examples for pipelines")
struct PipelineFileTests {
  private func documents(_ name: String) throws -> [YAMLNode] {
    try IntegrationFile.documents("docs/pipelines/\(name)")
  }

  @Test("what runs in a job is the shell step, with a service and a change class")
  func jobs() throws {
    let github = try #require(try documents("github-actions.yaml").first)
    let steps = try #require(github[key: "jobs"]?[key: "gate"]?[key: "steps"]).elements
    let step = try #require(steps.first { $0[key: "run"] != nil })
    #expect(step[key: "run"]?.text == #"sh docs/pipelines/gate.sh studio "$CHANGE""#)
    // What an author types reaches the script as a variable, and never as a piece of it.
    #expect(step[key: "env"]?[key: "CHANGE"]?.text == "${{ inputs.change }}")
    #expect(github[key: "jobs"]?[key: "deploy"]?[key: "needs"]?.text == "gate")

    let gitlab = try #require(try documents("gitlab-ci.yaml").first)
    let script = try #require(gitlab[key: "gate"]?[key: "script"]).elements.map(\.text)
    #expect(script == [#"sh docs/pipelines/gate.sh studio "$CHANGE""#])
    let retried = try #require(gitlab[key: "gate"]?[key: "retry"]?[key: "exit_codes"]).elements.map(\.text)
    #expect(retried == ["3", "4"])
    #expect(gitlab[key: "deploy"]?[key: "needs"]?.elements.map(\.text) == ["gate"])
  }

  @Test("Flagger's hooks that hold a canary ask with a status, at the stages of its steps")
  func flagger() throws {
    let canary = try #require(try documents("flagger.yaml").first)
    let analysis = try #require(canary[key: "spec"]?[key: "analysis"])
    let hooks = try #require(analysis[key: "webhooks"]).elements
    let holding = ["confirm-rollout", "confirm-traffic-increase", "confirm-promotion"]
    #expect(hooks.map { $0[key: "type"]?.text } == holding)
    for hook in hooks {
      let address = try #require(URLComponents(string: hook[key: "url"]?.text ?? ""))
      #expect(address.path == "/v1/gate/studio")
      let items = address.queryItems ?? []
      #expect(items.contains { $0.name == "answer-as" && $0.value == "status" })
      #expect(items.contains { $0.name == "change" })
      let stage = items.first { $0.name == "stage" }?.value
      let steps = try #require(analysis[key: "stepWeights"]).elements.map { "\($0.text)%" }
      #expect(stage.map(steps.contains) ?? true)
    }
  }

  @Test("the server in a cluster cannot write but to its volume, is probed and limited, and is found by its names")
  func kubernetes() throws {
    let objects = try documents("kubernetes.yaml")
    #expect(objects.map { $0[key: "kind"]?.text } == ["Deployment", "Service", "ServiceMonitor"])
    let pod = try #require(objects[0][key: "spec"]?[key: "template"]?[key: "spec"])
    let container = try #require(pod[key: "containers"]?.elements.first)
    let security = try #require(container[key: "securityContext"])
    #expect(security[key: "readOnlyRootFilesystem"]?.text == "true")
    #expect(security[key: "allowPrivilegeEscalation"]?.text == "false")
    #expect(pod[key: "securityContext"]?[key: "runAsNonRoot"]?.text == "true")
    #expect(container[key: "readinessProbe"]?[key: "httpGet"]?[key: "path"]?.text == "/readyz")
    #expect(container[key: "livenessProbe"]?[key: "httpGet"]?[key: "path"]?.text == "/healthz")
    #expect(container[key: "resources"]?[key: "limits"]?[key: "memory"] != nil)

    let mounts = try #require(container[key: "volumeMounts"]).elements
    let written = mounts.filter { $0[key: "readOnly"] == nil }.compactMap { $0[key: "mountPath"]?.text }
    let flags = try #require(container[key: "args"]).elements.map(\.text)
    #expect(flags.first == "serve")
    for flag in flags where flag.hasPrefix("--state=") || flag.hasPrefix("--decision-log=") {
      let path = String(flag.drop { $0 != "=" }.dropFirst())
      #expect(written.contains { path == $0 || path.hasPrefix("\($0)/") }, "\(flag)")
    }
    let name = try #require(objects[1][key: "metadata"]?[key: "name"]?.text)
    #expect(objects[2][key: "spec"]?[key: "endpoints"]?.elements.first?[key: "path"]?.text == "/metrics")
    // What the examples ask is where the service is.
    let flagger = try #require(try documents("flagger.yaml").first)
    let hooks = try #require(flagger[key: "spec"]?[key: "analysis"]?[key: "webhooks"]).elements
    #expect(hooks.allSatisfy { $0[key: "url"]?.text.hasPrefix("http://\(name):8080/") ?? false })
    #expect(pod[key: "volumes"]?.elements.first?[key: "configMap"]?[key: "name"]?.text == "nines-policy")
  }
}
