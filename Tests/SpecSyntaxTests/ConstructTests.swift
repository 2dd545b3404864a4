import Diagnostics
import PromQL
import Quantities
import SpecSyntax
import Testing

/// Each construct of the complete document as it was read.
@Suite("constructs")
struct ConstructTests {
  private let spec = SpecText(CompleteDocument.spec)

  private var document: SpecDocument {
    get throws { try spec.document() }
  }

  @Test("facts of a service")
  func facts() throws {
    let facts = try document.facts
    #expect(try document.service?.value == "studio")
    #expect(facts.title?.value == "Studio")
    #expect(facts.owner?.value == "studio-sre")
    #expect(facts.stakeholders.map(\.value) == ["product", "support"])
    #expect(facts.tier?.value == 2)
    #expect(facts.labels.map { "\($0.name.value)=\($0.value.value)" } == ["division=music"])
    #expect(facts.links.map(\.name.value) == ["Source code"])
    #expect(facts.traffic?.value.description == "2_000_000 per month")
    #expect(facts.policy?.value == .named("studio-budget"))
    #expect(facts.burnAlerts?.value.scheme?.value == .classic)
    #expect(facts.burnAlerts?.value.page?.severity?.value == "P1")
    #expect(facts.burnAlerts?.value.ticket?.notify.map(\.value) == ["team"])
    #expect(
      facts.statedKeys.map(\.value) == [
        "title", "description", "owner", "stakeholders", "tier", "labels", "links", "runbook", "depends-on", "traffic",
        "policy", "burn-alerts",
      ]
    )
    #expect(facts.statedKeys.map { spec.text(at: $0.span) } == facts.statedKeys.map(\.value))
  }

  @Test("dependencies")
  func dependencies() throws {
    let read = try document.facts.dependencies.map { dependency in
      let target =
        switch dependency.value.target {
        case .reference(let name): name.value
        case .external(let name, let promised): "\(name.value) \(promised?.value.percentText ?? "-")"
        }
      return "\(target) \(dependency.value.isBlocking.map { "\($0.value)" } ?? "-")"
    }
    #expect(read == ["payments/availability -", "storage true", "card-network 99.95% false"])
  }

  @Test("metrics")
  func metrics() throws {
    let metrics = try document.metrics
    #expect(metrics.map(\.name.value) == ["songs_total", "song_seconds"])
    let counter = try #require(metrics.first)
    #expect(counter.kind.value == .counter)
    #expect(counter.unit?.value == "songs")
    #expect(counter.measured?.value == .server)
    let labels = counter.labels?.map { label in
      switch label.value {
      case .any: "\(label.name.value): any"
      case .only(let values): "\(label.name.value): \(values.map(\.value))"
      }
    }
    #expect(labels == [#"code: ["200", "500"]"#, "shard: any"])
    #expect(metrics.last?.buckets?.map(\.value.description) == ["50ms", "1s", "2.5", "5 MiB"])
    #expect(spec.text(at: counter.span).hasPrefix("songs_total:\n    type: counter"))
  }

  @Test("indicators of every kind")
  func indicators() throws {
    let indicators = try document.indicators
    let read = indicators.map { indicator in
      switch indicator.kind {
      case .ratio(let side, let numerator, let valid):
        "\(side) \(numerator.map(\.outline)) \(valid.map(\.outline))"
      case .distribution(let query): "distribution \(query.value)"
      case .time(let conditions, let slice): "time \(conditions.count) \(slice?.value.description ?? "-")"
      case .gauge(let query, let across, let slice):
        "gauge \(query.value) \(across?.value.rawValue ?? "-") \(slice?.value.description ?? "-")"
      case .attested(let attestation):
        "attested \(attestation.by.value) \(attestation.on.value) \(attestation.renew.value)"
      case .preset(let preset):
        "preset \(preset.name.value) \(preset.parameters.map { "\($0.name.value)=\($0.value.value)" })"
      }
    }
    #expect(
      read == [
        #"good ["songs_total{code=\"200\"}"] ["songs_total", "songs_total{job=\"old\"}"]"#,
        #"bad ["promql sum(increase(expired_total[$window]))"] ["promql sum(increase(messages_total[$window]))"]"#,
        "distribution song_seconds", "time 2 1m", "gauge process_heap_bytes avg 30s",
        "attested security 2026-09-15 365d", #"preset prometheus/http-server ["job=edge"]"#,
      ]
    )
    let songs = try #require(indicators.first)
    #expect(songs.title?.value == "Songs")
    #expect(songs.excluding.map(\.value) == ["database-upgrade", "browser-outage"])
    #expect(songs.criteria?.good.map(\.value) == ["the song plays"])
    #expect(songs.criteria?.excluded.map(\.value) == ["the user closed the page"])
    #expect(songs.measurement.map(\.value) == ["at the front end"])
    #expect(indicators[2].unit?.value == "seconds")
  }

  @Test("objectives with all that is set for them")
  func objectives() throws {
    let objectives = try document.objectives
    #expect(objectives.map(\.name.value) == ["songs", "speed"])
    let speed = try #require(objectives.last)
    #expect(speed.expression.text.value == "latency p95 < 30s over 7d by [platform]")
    #expect(speed.rationale?.value == "people wait for them")
    #expect(speed.traffic?.value.description == "10/h")
    #expect(speed.policy?.value == PolicyChoiceSpec.none)
    #expect(speed.alerts?.value.scheme?.value == BurnAlertsSpec.Scheme.none)
    #expect(speed.zeroTolerance?.value == "nobody may wait")
    #expect(speed.windowReason?.value == "weeks are what people remember")
    #expect(try document.journeys.first?.objectives[1].alerts?.value.page?.severity?.value == "P1")
  }

  @Test("figures that people wrote down")
  func figures() throws {
    let speed = try #require(try document.objectives.last)
    let levels = speed.burnLevels.map { "\($0.name.value) \($0.range.value.outline { $0.outline })" }
    #expect(levels == ["normal < 10/h", "warning 10/h..20/h", "critical > 20/h"])
    let critical = try #require(speed.burnLevels.last)
    #expect(critical.exhausts?.value.outline { $0.description } == "< 5h")
    #expect(critical.failureRatio?.value.outline { $0.percentText } == "1.2%..2.4%")
    #expect(speed.budget?.share?.value.value.percentText == "0.5%")
    let amounts = speed.budget?.figures.map { figure in
      let amount =
        switch figure.amount.value.value {
        case .events(let count): count.description
        case .time(let span): span.description
        }
      return "\(figure.period.rawValue) \(figure.amount.value.isApproximate ? "~" : "")\(amount)"
    }
    #expect(amounts == ["per-window 2500", "per-month ~2500", "per-week 583", "per-day ~83", "per-hour 3s500ms"])
    let examples = try document.workedExamples.map(\.value)
    #expect(examples.map(\.target.value.percentText) == ["99.9%", "99.5%", "99.5%"])
    #expect(examples[0].budget?.value.value == 1_000)
    #expect(examples[1].remaining?.value.value == 1_500)
    #expect(examples[1].remaining?.value.isApproximate == true)
    guard case .good(let good) = examples[1].outcome, case .failures(let failures) = examples[2].outcome else {
      Issue.record("outcomes were read as others")
      return
    }
    #expect(good.value == 499_000)
    #expect(failures.value == 1_000)
  }

  @Test("a loss of time per time is no rate of events")
  func timeRates() throws {
    let spec = SpecText(
      """
      nines: v1
      service: a
      objectives:
        up:
          objective: up >= 99.9% over 30d
          burn:
            normal: < 10s/h
            warning: 10s/h .. ~30s/h
      """
    )
    let levels = try #require(try spec.document().objectives.first?.burnLevels, "\(spec.summary)")
    #expect(levels.map { $0.range.value.outline { $0.outline } } == ["< 10s/h", "10s/h..~30s/h"])
  }

  @Test("journeys")
  func journeys() throws {
    let journey = try #require(try document.journeys.first)
    #expect(journey.name.value == "listening")
    #expect(journey.objectives.map(\.name.value) == ["success", "heap", "privacy"])
    #expect(journey.expectation?.value == "music without gaps")
    #expect(journey.requires.map(\.value) == ["payments/availability"])
    #expect(journey.weights.map { "\($0.name.value) \($0.value.value)" } == ["success 3", "heap 0.5"])
    #expect(journey.policy?.value == .named("other/budget"))
    #expect(journey.tier?.value == 1)
    #expect(journey.steps.map(\.value) == ["songs", "expiry"])
  }

  @Test("agreements")
  func agreements() throws {
    let agreement = try #require(try document.agreements.first)
    #expect(agreement.with.value == "customers")
    #expect(agreement.promises.map(\.expression.indicator.value) == ["songs"])
    let responses = agreement.responses.map {
      "\($0.name.value) \($0.action.value) \($0.within.value) \($0.severity?.value ?? "-") \($0.measuredBy?.value ?? "-")"
    }
    #expect(responses == ["bug-report acknowledge 2d - -", "defect fix 7d P1 the tracker"])
    let remedies = agreement.remedies.map { remedy in
      switch remedy.value {
      case .credit(let below, let credit): "\(credit.value) below \(below.value)"
      case .restore(let backup): "restore \(backup.value)"
      case .action(let action): action.value
      }
    }
    #expect(remedies == ["10% below 99.5%", "restore daily-backup", "a call"])
    guard case .date(let date) = agreement.starts?.value else {
      Issue.record("the start is no date")
      return
    }
    #expect(date.description == "2026-01-01")
  }

  @Test("policies, overrides and sign-offs")
  func policies() throws {
    let policy = try #require(try document.policies.first)
    #expect(policy.changes.map(\.value) == ["feature", "bugfix"])
    #expect(policy.actions?.map(\.name.value) == ["war-room"])
    #expect(policy.levels.map(\.name.value) == ["healthy", "low"])
    #expect(policy.levels.first?.when.value == .always)
    let low = try #require(policy.levels.last)
    guard case .remaining(let entry) = low.when.value, case .only(let allowed) = low.allow?.value else {
      Issue.record("the level was read as another")
      return
    }
    #expect("\(entry.comparison.value) \(entry.bound.value)" == "<= 50%")
    #expect(low.until.map { "\($0.value.comparison.value) \($0.value.bound.value)" } == "> 60%")
    #expect(allowed.map(\.value) == ["bugfix"])
    #expect(low.rollout?.value.percentText == "25%")
    let actions = low.actions.map { "\($0.value.name.value) \($0.value.cadence?.value ?? "-")" }
    #expect(actions == ["war-room daily", "war-room every 12h", "war-room -"])
    #expect(policy.withoutData?.value.answer.value == .freeze)
    #expect(policy.withoutData?.value.after.value == .minutes(15))
    let override = try #require(try document.overrides.first?.value)
    #expect(override.scope.value == "songs")
    #expect(override.until?.value.description == "2026-10-02T18:00:00Z")
    let signoff = try #require(try document.signoffs.first?.value)
    #expect(signoff.item.value == "runbooks-updated")
    #expect(signoff.on.value.description == "2026-09-30")
  }

  @Test("severities, channels and alerts")
  func alerting() throws {
    let severities = try document.severities
    #expect(severities.map(\.name.value) == ["P1", "P2"])
    #expect(severities.first?.respond?.value == .minutes(15))
    #expect(severities.first?.pages?.value == true)
    let channels = try document.channels.map { "\($0.name.value) \($0.kind.value.outline)" }
    #expect(
      channels == [
        "on-call pagerduty /etc/pagerduty", "team slack #studio /etc/slack",
        #"mail email ["a@example.com", "b@example.com"]"#, "genie opsgenie /etc/opsgenie",
        "hook url https://example.com/hook", "file-hook file /etc/hook", "nobody log",
      ]
    )
    let alert = try #require(try document.alerts.first)
    #expect(
      alert.when.map(\.outline) == [
        "failureRatio songs > 5% - 5m", "(failures songs > 50 10m - and p95 latency > 2x - 10m)",
      ]
    )
    #expect(alert.severity.value == "P1")
    #expect(alert.steps.map(\.value) == ["look at the queue", "call the provider"])
  }

  @Test("a secret that is written into a spec is kept, so that it can be warned of")
  func writtenSecrets() throws {
    let spec = SpecText(
      """
      nines: v1
      service: a
      notify:
        pager: { pagerduty: { routing-key: abc } }
        chat: { slack: { channel: '#a', api-url: https://hooks.example.com/x } }
        bare: { slack: { channel: '#a' } }
      """
    )
    #expect(spec.diagnostics.isEmpty, "\(spec.summary)")
    #expect(
      try spec.document().channels.map(\.kind.value.outline) == [
        "pagerduty written abc", "slack #a written https://hooks.example.com/x", "slack #a -",
      ]
    )
  }

  @Test("maintenance and exclusions")
  func maintenance() throws {
    let work = try #require(try document.maintenance.first)
    #expect(work.notice?.value == .hours(48))
    let windows = work.windows.map { window in
      let start =
        switch window.value.start.value {
        case .once(let instant): instant.description
        case .weekly(let day, let time): "\(day) \(time.hour):\(time.minute)"
        case .daily(let time): "\(time.hour):\(time.minute)"
        }
      return "\(start) \(window.value.duration.value) \(window.value.timeZone?.value ?? "-")"
    }
    #expect(windows == ["2026-12-05T02:00:00Z 3h -", "sunday 2:0 2h Europe/Berlin", "3:30 30m -"])
    #expect(work.when?.text == "maintenance_active == 1")
    let bases = try document.exclusions.map { exclusion in
      switch exclusion.basis {
      case .query(let query): query.text
      case .notMeasured: "not measured"
      }
    }
    #expect(bases == [#"probe_success{job="browser"} == 0"#, "not measured"])
  }

  @Test("capacity, dashboards, reviews, rollout and practices")
  func practices() throws {
    let document = try document
    let forecast = try #require(document.capacity?.forecast.first)
    #expect(forecast.quarter.value.year == 2026)
    #expect(forecast.quarter.value.quarter == 4)
    #expect(
      forecast.figures.map { "\($0.name.value) \($0.value.value)" } == [
        "listening 10_000 per month", "storage 2 TB", "compute 50_000 vCPUh", "mau 1_000",
      ]
    )
    #expect(document.capacity?.scaleUp.map { $0.when.map(\.outline) }.last == ["p95 latency > 1.5x - 10m"])
    #expect(document.capacity?.scaleUp.last?.severity?.value == "P2")
    #expect(document.capacity?.scaleDown.map(\.name.value) == ["cpu"])
    let panels = document.dashboards.first?.panels.map(\.value)
    #expect(panels?.map(\.kind.value) == [.compliance, .byLabel])
    #expect(panels?.last?.subjects.map(\.value) == ["songs"])
    #expect(panels?.last?.by?.value == "platform")
    #expect(document.reviews.map(\.every.value) == [.quarter, .span(.days(14))])
    #expect(document.reviews.first?.last?.value.description == "2026-10-01")
    #expect(document.rollout?.stages.map(\.value.percentText) == ["5%", "25%", "100%"])
    #expect(document.rollout?.killSwitches.map(\.name.value) == ["new_engine"])
    let practices = try #require(document.practices)
    #expect(practices.tests.map { $0.budget?.place.value } == ["ci", "nightly"])
    #expect(practices.tests.last?.on.map(\.value) == ["youtube"])
    #expect(practices.backups.first?.keep?.value == .days(35))
    #expect(practices.fallbacks.map(\.name.value) == ["Suggestions are down"])
    #expect(practices.incidentLifecycle.map(\.step.value) == ["detection"])
  }

  @Test("settings")
  func settings() {
    let settings = SpecText(CompleteDocument.settings, asSettings: true).settings
    #expect(settings.title?.value == "Music")
    #expect(settings.dialect?.value == .mimir)
    #expect(settings.format?.value == .prometheusRule)
    #expect(settings.outputs?.map(\.value) == [.prometheus, .gate])
    #expect(settings.scrapeInterval?.value == .seconds(15))
    #expect(settings.retention?.value == .days(90))
    #expect(settings.policy?.value == .named("studio/studio-budget"))
    #expect(settings.labelNames.map { "\($0.label.value)=\($0.name.value)" }.first == "slo=nines_slo")
    #expect(
      settings.rules.map { "\($0.code.value) \($0.severity?.value?.rawValue ?? "off")" } == [
        "SLO306 off", "SLO404 error", "cost-centre warning",
      ]
    )
    #expect(settings.runbooksURL?.value == "https://runbooks.example.com")
  }

  @Test("several documents of one file are read, each for itself")
  func documents() {
    let spec = SpecText("nines: v1\nservice: a\n---\nnines: v1\nservice: b\ntier: 9\n---\nnines: v1\nservice: c\n")
    #expect(spec.file.documents.map { $0.service?.value } == ["a", "b", "c"])
    #expect(spec.diagnostics.map(\.descriptor.code) == ["SLO106"])
  }

  @Test("anchors, aliases and merge keys mean what they name")
  func anchors() throws {
    let spec = SpecText(
      """
      nines: v1
      service: a
      x-times: &times { respond: 15m, update: 1h }
      severities:
        P1: { <<: *times, title: Critical }
        P2: { <<: *times, update: 4h }
      """
    )
    #expect(spec.diagnostics.isEmpty, "\(spec.summary)")
    let severities = try spec.document().severities
    #expect(severities.map { $0.respond?.value.description } == ["15m", "15m"])
    #expect(severities.map { $0.update?.value.description } == ["1h", "4h"])
  }
}
