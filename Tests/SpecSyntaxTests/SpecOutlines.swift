import Quantities
import SpecSyntax

// How parts of specs were read, on one line each.

extension QuerySpec {
  var outline: String {
    switch self {
    case .selector(let query): "\(query.value)"
    case .promql(let query): "promql \(query.value)"
    }
  }
}

extension ChannelSpec.Kind {
  var outline: String {
    switch self {
    case .pagerDuty(let key): "pagerduty \(key.outline)"
    case .slack(let channel, let url): "slack \(channel.value) \(url?.outline ?? "-")"
    case .email(let addresses): "email \(addresses.map(\.value))"
    case .opsgenie(let key): "opsgenie \(key.outline)"
    case .webhook(.url(let url)): "url \(url.value)"
    case .webhook(.file(let file)): "file \(file.value)"
    case .log: "log"
    }
  }
}

extension SecretSpec {
  var outline: String {
    switch self {
    case .file(let path): path.value
    case .written(let secret): "written \(secret.value)"
    }
  }
}

extension StatedRangeSpec {
  func outline(_ text: (Value) -> String) -> String {
    switch self {
    case .exactly(let value): value.value.outline(text)
    case .compared(let comparison, let value): "\(comparison.value) \(value.value.outline(text))"
    case .between(let lower, let upper): "\(lower.value.outline(text))..\(upper.value.outline(text))"
    }
  }
}

extension StatedSpec {
  func outline(_ text: (Value) -> String) -> String { "\(isApproximate ? "~" : "")\(text(value))" }
}

extension LossRateSpec {
  var outline: String {
    switch self {
    case .events(let rate): rate.description
    case .time(let rate): rate.description
    }
  }
}
