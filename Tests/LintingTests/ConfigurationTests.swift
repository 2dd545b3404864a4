import Diagnostics
import Linting
import Testing

@Suite("What a workspace makes of rules and standards")
struct ConfigurationTests {
  private static let spec = """
    nines: v1
    service: shop
    owner: web
    tier: 1
    labels: { cost_centre: X }
    policy: none
    indicators:
      requests:
        good: http_requests_total{code!~"5.."}
        valid: http_requests_total
    severities:
      P1: { title: Critical, respond: 15m }
    notify:
      chat: { slack: { channel: '#web', api-url-file: /etc/slack } }
    objectives:
      availability: requests >= 99% over 30d
    alerts:
      Failures:
        when: failure_ratio(requests) > 5% for 5m
        severity: P1
        notify: chat
    """

  private func findings(of code: String, _ settings: String) -> [String] {
    LintedText(Self.spec, settings: "nines: v1\nretention: 100d\n\(settings)\n").diagnostics(of: code)
      .map { "\($0.severity): \($0.message)" }
  }

  private let weekends = "30d is no whole number of weeks, so its share of weekends changes from day to day"

  @Test("a glob that names the file comes before what holds throughout, and of two the later one")
  func paths() {
    #expect(findings(of: "SLO306", "") == ["info: \(weekends)"])
    #expect(findings(of: "SLO306", "rules: { SLO306: error }") == ["error: \(weekends)"])
    #expect(
      findings(of: "SLO306", "rules: { SLO306: error }\npaths: { '*0.yaml': { SLO306: warning } }")
        == ["warning: \(weekends)"]
    )
    #expect(
      findings(of: "SLO306", "paths: { '**': { SLO306: error }, spec?.yaml: { SLO306: off } }") == []
    )
    #expect(findings(of: "SLO306", "rules: { SLO306: off }\npaths: { other/**: { SLO306: error } }") == [])
  }

  @Test("an option of a rule moves its limit")
  func options() {
    let text = "indicators:\n  r:\n    good: a_total{b=\"c\"}\n    valid: a_total\nobjectives:\n  s: r >= 98% over 28d"
    #expect(LintedText(text).messages(of: "SLO302") == [])
    let strict = LintedText(text, settings: "nines: v1\nrules: { SLO302: { lowest: 99% } }")
    #expect(strict.messages(of: "SLO302") == ["target 98% of 's' is met while 2% of what is judged fails"])
    let high = text.replacing("98%", with: "99.9999%")
    #expect(LintedText(high).messages(of: "SLO302").count == 1)
    let lax = LintedText(high, settings: "nines: v1\nrules: { SLO302: { highest: 99.99999% } }")
    #expect(lax.messages(of: "SLO302") == [])
  }

  @Test("standards are told in their own words, at the place and with their own severity")
  func standards() {
    let settings = """
      standards:
        cost:
          labels: { cost_centre: 'CC-[0-9]{4}', division: [retail, music] }
          message: bills are made from it
          severity: warning
        windows: { windows: [28d, calendar month], message: reports compare them }
        target: { minimum-target: 99.9%, tier: 1, message: tier 1 was sold }
        other-tier: { minimum-target: 99.9%, tier: [2, 3], message: tier 2 was sold }
        names: { names: { services: '.+-api', indicators: requests }, message: names are alike }
        pages: { channels: { kinds: pagerduty, severities: P1 }, message: nobody reads a chat at night }
        quiet: { channels: { kinds: pagerduty, severities: P2 }, message: nothing is P2 }
      """
    #expect(
      findings(of: "cost", settings) == [
        "warning: service 'shop' has no label 'division': bills are made from it",
        "warning: label 'cost_centre' of service 'shop' is 'X', not 'CC-[0-9]{4}': bills are made from it",
      ]
    )
    #expect(
      findings(of: "windows", settings)
        == ["error: window '30d' of 'availability' is not '28d' or 'calendar month': reports compare them"]
    )
    #expect(findings(of: "target", settings) == ["error: target 99% of 'availability' is below 99.9%: tier 1 was sold"])
    #expect(findings(of: "other-tier", settings) == [])
    #expect(
      findings(of: "names", settings) == ["error: the name of service 'shop' is not like '.+-api': names are alike"]
    )
    #expect(
      findings(of: "pages", settings) == [
        "error: channel 'chat' is told of P1 and is of kind 'slack', not 'pagerduty': nobody reads a chat at night"
      ]
    )
    #expect(findings(of: "quiet", settings) == [])
  }

  @Test("a standard's note stands at the standard, and its findings are underlined where they are")
  func places() throws {
    let linted = LintedText(
      Self.spec,
      settings: "nines: v1\nstandards: { windows: { windows: 28d, message: m } }"
    )
    #expect(linted.underlined(by: "windows") == ["30d"])
    let note = try #require(linted.diagnostics(of: "windows").first?.notes.first)
    #expect(note.span.map(linted.underlined) == "windows")
  }

  @Test("the name of a standard changes its severity and suppresses it")
  func namesOfStandards() {
    let standard = "standards: { windows: { windows: 28d, message: m } }"
    #expect(findings(of: "windows", "rules: { windows: off }\n\(standard)") == [])
    #expect(findings(of: "windows", "paths: { '**': { windows: info } }\n\(standard)").first?.hasPrefix("info") == true)
    let suppressed = LintedText(
      Self.spec.replacing("over 30d", with: "over 30d # nines:allow windows: a regulator's report"),
      settings: "nines: v1\nretention: 100d\n\(standard)"
    )
    #expect(suppressed.findings(of: "windows") == [])
    #expect(suppressed.findings(of: "SLO902") == [])
  }

  @Test("what is said of a standard that nobody declares is an error, with the nearest name")
  func unknownStandard() {
    #expect(
      findings(of: "SLO110", "rules: { window: off }\nstandards: { windows: { windows: 30d, message: m } }")
        == ["error: no rule or standard 'window'"]
    )
  }

  @Test(
    "an address that is a key is a secret in the spec, and one that anybody may see is none",
    arguments: [
      ("https://hooks.slack.com/services/T0/B0/x", true), ("https://discord.com/api/webhooks/1/abc", true),
      ("https://user:word@example.com/hook", true), ("https://example.com/hook?token=abc", true),
      ("https://example.com/hook?team=web&sig=1", true), ("https://acme.webhook.office.com/webhookb2/1", true),
      ("https://example.com/h/9f86d081884c7d659a2feaa0c55ad015", true),
      ("https://example.com/hooks/checkout-alerts-eu-west-1-production", false), ("http://relay:9094/alerts", false),
      ("https://example.com/hook?team=web", false), ("https://example.com/2026-11-23/hook?token=", false),
    ]
  )
  func addresses(_ address: String, _ isSecret: Bool) {
    let text = """
      notify:
        hook: { webhook: { url: '\(address)' } }
      """
    #expect(LintedText(text).underlined(by: "SLO705") == (isSecret ? ["'\(address)'"] : []))
  }
}
