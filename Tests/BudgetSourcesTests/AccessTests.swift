import Testing

@testable import BudgetSources

@Suite("How a Prometheus is reached")
struct AccessTests {
  @Test(
    "a URL names a scheme, a host, a port and a path",
    arguments: [
      ("http://localhost:9090", "http://localhost:9090"),
      ("https://metrics.example.com/", "https://metrics.example.com"),
      ("https://m.example.com:443/prometheus/", "https://m.example.com/prometheus"),
      ("http://[::1]:9090/a/b", "http://[::1]:9090/a/b"), ("http://10.0.0.1", "http://10.0.0.1"),
    ]
  )
  func read(_ text: String, shown: String) throws {
    #expect(try PrometheusEndpoint(reading: text).description == shown)
  }

  @Test(
    "what is no such URL is refused, with a reason and never with a secret",
    arguments: [
      ("localhost:9090", "it begins with neither 'http://' nor 'https://'"), ("http://", "it names no host"),
      ("http://:9090", "it names no host"), ("http://h:0", "its port is no number from 1 to 65535"),
      ("http://h:70000", "its port is no number from 1 to 65535"), ("http://h?a=b", "it has a query or a fragment"),
      ("http://h/\r\nX: y", "it has a space or a control"), ("http://[::1", "its '[' has no ']'"),
      ("https://ann:hunter2@h", "the URL has a user in it"),
    ]
  )
  func refused(_ text: String, reason: String) {
    let error = #expect(throws: PrometheusAccessError.self) { try PrometheusEndpoint(reading: text) }
    #expect(error?.description.contains(reason) == true)
    #expect(error?.description.contains("hunter2") == false)
  }

  @Test(
    "headers that would end the request or are the client's own are refused",
    arguments: ["Host: x", "A b: c", "A: b\r\nC: d", ": x", "A"]
  )
  func header(_ text: String) {
    #expect(throws: PrometheusAccessError.self) { try PrometheusAccess.Header(reading: text) }
  }
}
