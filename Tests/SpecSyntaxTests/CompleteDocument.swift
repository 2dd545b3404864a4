/// A document that uses every key of the language, and settings that do.
enum CompleteDocument {
  static let spec = """
    nines: v1
    service: studio
    title: Studio
    description: where songs are made
    owner: studio-sre
    stakeholders: [product, support]
    tier: 2
    labels: { division: music }
    links: { Source code: https://example.com/git }
    runbook: https://example.com/runbooks/studio
    traffic: 2_000_000 per month
    policy: studio-budget
    depends-on:
      - payments/availability
      - { on: storage, blocking: true }
      - { external: card-network, promised: 99.95%, blocking: false }
    burn-alerts:
      scheme: classic
      page: { severity: P1, notify: [on-call] }
      ticket: { severity: P2, notify: [team] }

    metrics:
      songs_total:
        type: counter
        unit: songs
        labels:
          code: ["200", "500"]
          shard: any
        measured: server
        meaning: every song that was asked for
      song_seconds:
        type: histogram
        unit: seconds
        buckets: [50ms, 1s, 2.5, 5 MiB]

    indicators:
      songs:
        title: Songs
        meaning: songs that were made
        good: songs_total{code="200"}
        valid: [songs_total, 'songs_total{job="old"}']
        excluding: [database-upgrade, browser-outage]
        criteria:
          good: [the song plays]
          bad: [the song is silent]
          excluded: [the user closed the page]
        measurement: [at the front end]
      expiry:
        bad: { promql: 'sum(increase(expired_total[$window]))' }
        valid: { promql: 'sum(increase(messages_total[$window]))' }
      latency:
        distribution: song_seconds
        unit: seconds
      uptime:
        down-when:
          - up{job="studio"} == 0 for 2m
          - failure_ratio(songs) > 50% for 1m
        slice: 1m
      heap:
        gauge: process_heap_bytes
        across: avg
        slice: 30s
      privacy:
        attested:
          statement: no personal data leaves the region
          evidence: https://example.com/audits/q3
          by: security
          on: 2026-09-15
          renew: 365d
      edge:
        uses: { preset: prometheus/http-server, job: edge }

    objectives:
      songs: songs >= 99.5% over 30d
      speed:
        objective: latency p95 < 30s over 7d by [platform]
        title: Speed
        meaning: songs are fast
        rationale: people wait for them
        owner: speed-team
        runbook: /runbooks/speed
        labels: { team: speed }
        traffic: 10/h
        policy: none
        alerts: none
        burn:
          normal: < 10/h
          warning: 10/h .. 20/h
          critical: { when: '> 20/h', exhausts: < 5h, failure-ratio: 1.2% .. 2.4% }
        budget:
          share: 0.5%
          per-window: 2_500
          per-month: ~2_500
          per-week: 583
          per-day: ~83
          per-hour: 3.5s
        intended: { zero-tolerance: nobody may wait }
        window-reason: weeks are what people remember

    journeys:
      listening:
        title: Listening
        expectation: music without gaps
        rationale: gaps drive people away
        description: from the list to the last note
        requires: [payments/availability]
        weights: { success: 3, heap: 0.5 }
        traffic: 500_000 per month
        policy: other/budget
        owner: listening-team
        tier: 1
        runbook: https://example.com/runbooks/listening
        labels: { area: player }
        steps: [songs, expiry]
        objectives:
          success: songs >= 99% over calendar month
          heap:
            objective: heap < 2 GiB at least 99% over 7d
            alerts: { scheme: budget, page: { severity: P1 } }
          privacy: privacy attested

    agreements:
      api:
        title: API
        description: what customers were told
        with: customers
        promises:
          uptime: songs >= 99% over calendar month
        responses:
          bug-report: acknowledge within 48h
          defect: { promise: fix within 7d, severity: P1, measured-by: the tracker }
        remedies:
          - { below: 99.5%, credit: 10% }
          - { restore-from: daily-backup }
          - { action: a call }
        excluding: [database-upgrade]
        starts: 2026-01-01

    policies:
      studio-budget:
        title: Budget
        description: what may be deployed
        changes: [feature, bugfix]
        actions: { war-room: review every incident }
        levels:
          healthy: { when: always, allow: all }
          low:
            when: remaining <= 50%
            until: remaining > 60%
            allow: [bugfix]
            approve: [feature]
            rollout: 25%
            actions: [war-room daily, war-room every 12h, war-room]
            exit: [runbooks-updated]
            guidance: [slow down]
        without-data: { for: 15m, then: freeze }
    overrides:
      - change: feature
        for: songs
        reason: the deadline
        by: head-of-music
        from: 2026-10-01T08:00:00Z
        until: 2026-10-02T20:00:00+02:00
    signoffs:
      - { policy: studio-budget, level: low, item: runbooks-updated, by: jo, on: 2026-09-30 }
    worked-examples:
      - { target: 99.9%, events: 1_000_000, budget: 1_000 }
      - { target: 99.5%, events: 500_000, good: 499_000, ratio: 99.8%, remaining: ~1_500 }
      - { target: 99.5%, events: 500_000, failures: 1_000 }

    severities:
      P1:
        title: Critical
        impact: nobody can listen
        respond: 15m
        resolve: 4h
        update: 1h
        example: silence
        pages: true
      P2: { respond: 1h }
    notify:
      on-call: { title: Page, pagerduty: { routing-key-file: /etc/pagerduty } }
      team: { slack: { channel: '#studio', api-url-file: /etc/slack } }
      mail: { email: { to: [a@example.com, b@example.com] } }
      genie: { opsgenie: { api-key-file: /etc/opsgenie } }
      hook: { webhook: { url: https://example.com/hook } }
      file-hook: { webhook: { url-file: /etc/hook } }
      nobody: { log: {} }
    alerts:
      SongFailures:
        when:
          - failure_ratio(songs) > 5% for 5m
          - failures(songs) > 50 within 10m and p95(latency) > 2x objective for 10m
        severity: P1
        notify: [on-call]
        steps: [look at the queue, call the provider]
        title: Songs fail
        meaning: more songs fail than usual
        runbook: /runbooks/songs
        labels: { area: songs }

    maintenance:
      database-upgrade:
        title: Upgrades
        notice: 48h
        windows:
          - { start: 2026-12-05T02:00:00Z, duration: 3h }
          - { weekly: sunday 02:00, duration: 2h, in: Europe/Berlin }
          - { daily: "03:30", duration: 30m }
        when: maintenance_active == 1
    exclusions:
      browser-outage:
        title: Outage
        reason: the browser was down
        when: probe_success{job="browser"} == 0
      user-side: { not-measured: true }

    capacity:
      forecast:
        2026-Q4: { listening: 10_000 per month, storage: 2 TB, compute: 50_000 vCPUh, mau: 1_000 }
      scale-up:
        cpu: value(heap) > 70% for 15m
        latency: { when: [p95(latency) > 1.5x objective for 10m], severity: P2, notify: [team] }
      scale-down:
        cpu: value(heap) < 30% for 1h
    dashboards:
      health:
        title: Health
        path: /dashboards/health
        panels:
          - compliance
          - { kind: by-label, title: Platforms, of: [songs], by: platform }
    reviews:
      targets: { every: quarter, last: 2026-10-01, by: studio-sre, covers: [targets] }
      runbooks: { every: 14d }
    rollout:
      stages: [5%, 25%, 100%]
      kill-switches: { new_engine: turns the new engine off }
    practices:
      tests:
        smoke: p95(latency) < 120ms in ci
        keys: { budget: p95(latency) < 2s in nightly, meaning: a browser presses every key, on: [youtube] }
      backups:
        daily-backup: { of: the database, every: 1d, keep: 35d, by: platform }
      fallbacks: { Suggestions are down: the player works without }
      incident-lifecycle:
        - { step: detection, meaning: an alert fires }
    """

  static let settings = """
    nines: v1
    title: Music
    dialect: mimir
    format: prometheus-rule
    outputs: [prometheus, gate]
    interval: 30s
    scrape-interval: 15s
    gap: 10m
    retention: 90d
    policy: studio/studio-budget
    label-names: { slo: nines_slo, service: svc, journey: cuj, objective: slo_name, owner: team, severity: level }
    extends: ../org.yaml
    rules:
      SLO306: { severity: off }
      SLO404: { severity: error, times: 2, figure: 1.5, part: 40%, length: 31d }
      cost-centre: warning
    paths:
      legacy/**: { SLO306: info, SLO404: off }
    standards:
      cost-centre:
        labels: { cost_centre: CC-.+ }
        message: every service says who pays for it
        severity: error
        tier: [1, 2]
      divisions:
        objective-labels: { division: [retail, wholesale] }
        message: reports are by division
      windows:
        windows: [28d, calendar month]
        message: the same windows everywhere
      targets:
        minimum-target: 99.5%
        message: customers pay for it
      names:
        names: { services: .+, journeys: .+, objectives: .+, indicators: [a.*, b.*] }
        message: names are alike
      channels:
        channels: { kinds: [pagerduty], names: on-call-.*, severities: [P1] }
        message: pages go to people on call
    dashboards-url: https://grafana.example.com
    runbooks-url: https://runbooks.example.com
    """
}
