import Emitters
import PlanModel
import PromQL
import Testing

@Suite("Prometheus rule files")
struct RuleFileTests {
  private func files(of plan: Plan) -> [Artifact] {
    Emission.artifacts(of: plan).filter { $0.path.hasPrefix("prometheus/") }
  }

  @Test("a service's file holds the groups of its objectives and its own, in that order, and promtool accepts it")
  func wholeFile() throws {
    let objective = try ObjectivePlan.fixture(groups: [
      .fixture(
        "studio/success-rate",
        [
          .record(
            "slo:bad:delta",
            .sum(.rate(VectorSelector("errors_total"), over: .minutes(5)), by: ["job"]),
            labels: [LabelPair("slo", "studio/success-rate")]
          ),
          .alert(
            "BudgetBurn",
            .selector("slo:burn").greater(than: 14.4),
            sustained: "2m",
            keepFiringFor: "10m",
            labels: [LabelPair("severity", "P1")],
            annotations: [LabelPair("summary", "{{ $labels.slo }} burns")]
          ),
        ]
      )
    ])
    let service = ServicePlan.fixture(objectives: [objective], groups: [try .fixture("studio/alerts", [.record()])])
    let file = try #require(files(of: .fixture(services: [service])).first)
    #expect(file.path == "prometheus/studio.rules.yaml")
    #expect(
      file.text == """
        # Written by nines from the specs of service 'studio'.
        # Edit those and compile again: changes made here are lost.
        groups:
          - name: studio/success-rate
            interval: 30s
            rules:
              - record: slo:bad:delta
                expr: sum by (job) (rate(errors_total[5m]))
                labels:
                  slo: studio/success-rate
              - alert: BudgetBurn
                expr: slo:burn > 14.4
                for: 2m
                keep_firing_for: 10m
                labels:
                  severity: P1
                annotations:
                  summary: '{{ $labels.slo }} burns'
          - name: studio/alerts
            interval: 30s
            rules:
              - record: slo:bad:delta
                expr: up

        """
    )
    try expectAccepted(file, by: .promtool)
  }

  @Test("every file is a single YAML document")
  func oneDocument() throws {
    let services = try ["a", "b"].map { ServicePlan.fixture($0, groups: [try .fixture("\($0)/x", [.record()])]) }
    let files = files(of: try .fixture(services: services, groups: [.fixture("periods", [.record()])]))
    #expect(
      files.map(\.path) == [
        "prometheus/a.rules.yaml", "prometheus/b.rules.yaml", "prometheus/workspace.rules.yaml",
      ]
    )
    for file in files { #expect(!file.text.contains("---")) }
  }

  @Test("a service called 'workspace' and the workspace keep a file each")
  func reservedName() throws {
    let service = ServicePlan.fixture("workspace", groups: [try .fixture("service-group", [.record()])])
    let files = files(of: try .fixture(services: [service], groups: [.fixture("workspace-group", [.record()])]))
    #expect(files.map(\.path) == ["prometheus/workspace.rules.yaml", "prometheus/workspace_.rules.yaml"])
    #expect(files.first?.text.contains("workspace-group") == true)
    #expect(files.last?.text.contains("service-group") == true)
  }

  @Test(
    "durations are Prometheus's: nothing finer than a millisecond, and nothing that was there becomes zero",
    arguments: [("1h30m", "1h30m"), ("2w", "14d"), ("1500us", "2ms"), ("1us", "1ms")]
  )
  func durations(_ written: String, _ printed: String) throws {
    let service = ServicePlan.fixture(groups: [try .fixture("g", [try .alert(sustained: written)])])
    let file = try #require(files(of: try .fixture(services: [service])).first)
    #expect(file.text.contains("        for: \(printed)\n"), "\(file.text)")
    try expectAccepted(file, by: .promtool)
  }

  @Test("nothing is written where there are no rules")
  func nothing() throws {
    #expect(files(of: try .fixture(services: [.fixture()])).isEmpty)
  }

  @Test("labels and annotations of any text come out of promtool's reader as they went in")
  func hostile() throws {
    let service = ServicePlan.fixture(groups: [
      try .fixture(
        "studio/\(hostileText)",
        [
          .alert(
            labels: [LabelPair("title", "yes"), LabelPair("number", "1e3"), LabelPair("list", "- [a, b]: #c")],
            annotations: [LabelPair("text", "line one\nline two: | \"x\""), LabelPair("empty", "")]
          )
        ]
      )
    ])
    let file = try #require(files(of: try .fixture(services: [service])).first)
    try expectAccepted(file, by: .promtool)
    #expect(file.text.contains("title: 'yes'"))
    #expect(file.text.contains("number: '1e3'"))
    #expect(!file.text.contains("\u{1B}"))
  }

  @Test("a long expression has a line for each operand of its outermost set operators, none for inner ones")
  func folded() throws {
    let ratio = PromQLExpression.selector("slo:bad:ratio", .equal("note", "this or that, (and no \\ \" or so"))
    let inner = PromQLExpression.sum(.selector("a").or(.selector("b")), by: ["job"])
    let service = ServicePlan.fixture(groups: [
      try .fixture(
        "g",
        [.record("x", ratio.greater(than: 0.144).and(inner.greater(than: 2), on: ["slo"]).unless(.selector("c")))]
      )
    ])
    let file = try #require(files(of: try .fixture(services: [service])).first)
    #expect(
      file.text.contains(
        """
                expr: |-
                  slo:bad:ratio{note="this or that, (and no \\\\ \\" or so"} > 0.144
                  and on (slo) sum by (job) (a or b) > 2
                  unless c

        """
      ),
      "\(file.text)"
    )
    try expectAccepted(file, by: .promtool)
  }

  @Test("the operator's format wraps the same groups in an object")
  func operatorObject() throws {
    let service = ServicePlan.fixture(groups: [try .fixture("g", [.record()])])
    let file = try #require(files(of: try .fixture(services: [service], format: .prometheusRule)).first)
    #expect(
      file.text.hasSuffix(
        """
        apiVersion: monitoring.coreos.com/v1
        kind: PrometheusRule
        metadata:
          name: nines-studio
          labels:
            app.kubernetes.io/managed-by: nines
            app.kubernetes.io/component: slo-rules
        spec:
          groups:
            - name: g
              interval: 30s
              rules:
                - record: slo:bad:delta
                  expr: up

        """
      ),
      "\(file.text)"
    )
  }

  @Test("names of the operator's objects are DNS subdomains, one for each file")
  func objectNames() throws {
    let services = try ["workspace", "a1", "song-export-2"].map {
      ServicePlan.fixture($0, groups: [try .fixture("\($0)/x", [.record()])])
    }
    let plan = try Plan.fixture(
      services: services,
      groups: [.fixture("periods", [.record()])],
      format: .prometheusRule
    )
    let names = files(of: plan).compactMap { file in
      file.text.split(separator: "\n").first { $0.hasPrefix("  name: ") }?.dropFirst("  name: ".count)
    }
    #expect(Set(names).count == 4)
    for name in names {
      #expect(name.wholeMatch(of: /[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/) != nil, "\(name)")
    }
  }

  @Test("what a group makes of partial responses stands in rule files and in the operator's objects alike")
  func partialResponse() throws {
    var group = try RuleGroup.fixture("g", [.record()])
    group.partialResponse = .abort
    for format in [RuleFileFormat.rules, .prometheusRule] {
      let plan = try Plan.fixture(services: [.fixture(groups: [group])], format: format)
      let file = try #require(files(of: plan).first)
      let indent = format == .rules ? "    " : "      "
      let lines = ["interval: 30s", "partial_response_strategy: abort", "rules:"].map { "\(indent)\($0)\n" }
      #expect(file.text.contains(lines.joined()), "\(file.text)")
    }
  }
}
