import Diagnostics
import NinesCompiler
import Testing

@Suite("What merely follows from an error is not said")
struct FollowOnTests {
  /// Codes and what they underline, without remarks.
  private static func findings(_ specs: KeyValuePairs<String, String>) -> [String] {
    let report = Compiler.forTests.analyze(Workspace(specs)).report
    return report.diagnostics.filter { $0.severity > .info }.map { finding in
      "\(finding.descriptor.code) \(report.file(finding.span.file).text(in: finding.span.range))"
    }
  }

  private static let head = """
    nines: v1
    service: shop
    owner: web
    policy: none
    indicators:
      requests: { good: 'good_total{job="a"}', valid: 'all_total{job="a"}' }
      latency: { distribution: page_seconds }
      queue: { gauge: queue_length }

    """

  @Test("an indicator whose only user cannot be read is not called unused; one that nothing mentions is")
  func unused() {
    let spec = "\(Self.head)objectives:\n  a: requests >= 99% over 28d\n  b: latency p95 under 3s over 28d\n"
    #expect(Self.findings(["a.yaml": spec]) == ["SLO115 queue", "SLO107 under"])
  }

  @Test("nor is one that a misspelt name means")
  func misspelt() {
    let spec = "\(Self.head)objectives:\n  a: requets >= 99% over 28d\n  b: latency p95 < 3s over 28d\n"
    #expect(Self.findings(["a.yaml": spec]) == ["SLO115 queue", "SLO110 requets"])
  }

  @Test("nor what only an alert in error, or a file that is no YAML, speaks of")
  func otherPlaces() {
    let alerts = """
      nines: v1
      service: shop
      notify:
        chat: { slack: { channel: '#a', api-url-file: /a } }
        mail: { email: { to: a@example.com } }
      alerts:
        Slow: { when: latency p95 > 2s, severity: P1, notify: [chat] }

      """
    let spec = "\(Self.head)objectives:\n  a: requests >= 99% over 28d\n"
    let found = Self.findings(["a.yaml": spec, "b.yaml": alerts])
    #expect(found.filter { $0.hasPrefix("SLO115") } == ["SLO115 queue", "SLO115 mail"])
    let broken = "nines: v1\nservice: shop\nobjectives:\n  b: latency p95 < 3s over 28d\n  c: [\n"
    #expect(Self.findings(["a.yaml": spec, "b.yaml": broken]).filter { $0.hasPrefix("SLO115") } == ["SLO115 queue"])
  }

  @Test("a suppression of what cannot be read is not called useless; another is")
  func suppressions() {
    let spec = """
      nines: v1
      service: shop
      owner: web
      policy: none
      indicators:
        requests: { good: good_total, valid: all_total }
      objectives:
        a: requests about 100% over 28d # nines:allow SLO301: by contract
        b: requests >= 99% over 28d # nines:allow SLO301: by contract
      """
    #expect(
      Self.findings(["a.yaml": spec]) == ["SLO107 about", "SLO902 # nines:allow SLO301: by contract"]
    )
  }

  @Test("a level whose way out cannot be read is not told that it has none; another is")
  func levels() {
    let spec = { (exit: String) in
      """
      nines: v1
      service: shop
      owner: web
      policies:
        budget:
          changes: [feature, fix]
          levels:
            healthy: { when: remaining > 10%, allow: all }
            frozen: { when: remaining <= 10%, allow: none\(exit) }
          without-data: { for: 15m, then: freeze }

      """
    }
    let frozen = { (exit: String) in Self.findings(["a.yaml": spec(exit)]).filter { !$0.hasPrefix("SLO115") } }
    #expect(frozen(", exit: { a: b }") == ["SLO105 { a: b }"])
    #expect(frozen("") == ["SLO512 frozen"])
  }

  @Test("a bound without its percent sign is an error though its indicator is in error too, or is misspelt")
  func bounds() {
    let spec = """
      nines: v1
      service: shop
      owner: web
      policy: none
      indicators:
        requests: { good: 'good_total{', valid: all_total }
        pages: { good: good_total, valid: all_total }
      objectives:
        a: requests >= 99.9 over 28d
        b: page >= 99.9 over 28d
        c: pages >= 99% over 28d
      """
    let found = Self.findings(["a.yaml": spec])
    #expect(found.filter { $0.hasPrefix("SLO107") } == ["SLO107 99.9", "SLO107 99.9"])
    #expect(found.filter { $0.hasPrefix("SLO109") }.count == 1)
  }

  @Test("independent mistakes in one entry are all told")
  func independent() {
    let spec = """
      nines: v1
      service: shop
      ownr: web
      policy: none
      indicators:
        requests: { good: good_total, valid: all_total }
      objectives:
        a: { objective: requests about 99%, runbok: x, traffic: many }
      """
    #expect(
      Self.findings(["a.yaml": spec]).map { $0.prefix(6) }.sorted() == [
        "SLO103", "SLO103", "SLO106", "SLO107",
      ]
    )
  }
}
