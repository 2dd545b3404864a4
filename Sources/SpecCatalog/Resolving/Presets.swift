import Diagnostics
import PromQL
import Quantities
import SpecSyntax

/// An indicator of common instrumentation: the metric names are those of the library's or exporter's documentation.
struct Preset {
  enum Kind {
    /// The counter, and the matcher that bad events have.
    case ratio(metric: String, bad: LabelMatcher)
    case distribution(metric: String)
    /// Down when the gauge is zero for every target.
    case probe(metric: String)
    case gauge(metric: String)
  }

  var name: String
  /// The one parameter, and the label that it is matched with.
  var parameter: String
  var label: String
  var kind: Kind

  /// Codes with which a gRPC server says that it failed, rather than the caller.
  private static let serverCodes = "Unknown|DeadlineExceeded|Unimplemented|Internal|Unavailable|DataLoss"
  /// The same as the numbers that OpenTelemetry records.
  private static let serverCodeNumbers = "2|4|12|13|14|15"

  static let all: [Preset] = [
    Preset(
      name: "prometheus/http-server",
      parameter: "job",
      label: "job",
      kind: .ratio(metric: "http_requests_total", bad: .matches("code", "5.."))
    ),
    Preset(
      name: "prometheus/http-latency",
      parameter: "job",
      label: "job",
      kind: .distribution(metric: "http_request_duration_seconds")
    ),
    Preset(
      name: "otel/http-server",
      parameter: "service",
      label: "job",
      kind: .ratio(
        metric: "http_server_request_duration_seconds_count",
        bad: .matches("http_response_status_code", "5..")
      )
    ),
    Preset(
      name: "otel/http-latency",
      parameter: "service",
      label: "job",
      kind: .distribution(metric: "http_server_request_duration_seconds")
    ),
    Preset(
      name: "otel/grpc-server",
      parameter: "service",
      label: "job",
      kind: .ratio(
        metric: "rpc_server_duration_seconds_count",
        bad: .matches("rpc_grpc_status_code", serverCodeNumbers)
      )
    ),
    Preset(
      name: "prometheus/grpc-server",
      parameter: "job",
      label: "job",
      kind: .ratio(metric: "grpc_server_handled_total", bad: .matches("grpc_code", serverCodes))
    ),
    Preset(
      name: "prometheus/grpc-latency",
      parameter: "job",
      label: "job",
      kind: .distribution(metric: "grpc_server_handling_seconds")
    ),
    Preset(name: "blackbox/probe", parameter: "job", label: "job", kind: .probe(metric: "probe_success")),
    Preset(
      name: "nginx/ingress",
      parameter: "ingress",
      label: "ingress",
      kind: .ratio(metric: "nginx_ingress_controller_requests", bad: .matches("status", "5.."))
    ),
    Preset(
      name: "nginx/ingress-latency",
      parameter: "ingress",
      label: "ingress",
      kind: .distribution(metric: "nginx_ingress_controller_request_duration_seconds")
    ),
    Preset(
      name: "istio/requests",
      parameter: "service",
      label: "destination_service_name",
      kind: .ratio(metric: "istio_requests_total", bad: .matches("response_code", "5.."))
    ),
    Preset(
      name: "istio/latency",
      parameter: "service",
      label: "destination_service_name",
      kind: .distribution(metric: "istio_request_duration_milliseconds")
    ),
    Preset(
      name: "kafka/consumer-lag",
      parameter: "group",
      label: "consumergroup",
      kind: .gauge(metric: "kafka_consumergroup_lag")
    ),
  ]
}

extension Resolution {
  mutating func presetKind(_ spec: PresetSpec, unit: Located<String>?, in service: ServiceID) -> Indicator.Kind? {
    guard let preset = Preset.all.first(where: { $0.name == spec.name.value }) else {
      reportUnresolved(
        "there is no preset '\(spec.name.value)'",
        spec.name,
        nearest: Spelling.nearest(to: spec.name.value, in: Preset.all.map(\.name))
      )
      return nil
    }
    guard let matchers = presetMatchers(spec, preset) else { return nil }
    let place = spec.name.span
    let select = { (metric: String, more: [LabelMatcher]) in
      SourcedQuery(VectorSelector(metric, matchers + more), givenAt: place)
    }
    switch preset.kind {
    case .ratio(let metric, let bad):
      return .ratio(
        RatioSource(
          side: .bad,
          numerator: [.counter(select(metric, [bad]))],
          valid: [.counter(select(metric, []))]
        )
      )
    case .distribution(let metric):
      return .distribution(distribution(select(metric, []), unit: unit, in: service))
    case .probe(let metric):
      let query = PromQLExpression.max(.selector(VectorSelector(metric, matchers))).equal(to: 0)
      return .time(
        TimeSource(downWhen: [.query(SourcedQuery(query, givenAt: place), sustained: .zero)], slice: .minutes(1))
      )
    case .gauge(let metric):
      return .gauge(gauge(select(metric, []), across: nil, slice: nil, unit: unit, in: service))
    }
  }

  /// The matcher of the preset's own parameter; other parameters are labels as they are.
  private mutating func presetMatchers(_ spec: PresetSpec, _ preset: Preset) -> [LabelMatcher]? {
    guard spec.parameters.contains(where: { $0.name.value == preset.parameter }) else {
      bag.report(
        .missingKey,
        "preset '\(preset.name)' lacks '\(preset.parameter)'",
        at: spec.name.span,
        fix: DiagnosticFix("add '\(preset.parameter): …'", safety: .unsafe)
      )
      return nil
    }
    return spec.parameters.map {
      .equal($0.name.value == preset.parameter ? preset.label : $0.name.value, $0.value.value)
    }
  }
}
