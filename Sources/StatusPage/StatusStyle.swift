/// The stylesheet of the status page, on top of that of all pages.
enum StatusStyle {
  /// Text has a contrast of at least 4.5:1 on its grounds, lines of graphics 3:1, in light and in dark.
  static let sheet = """

    :root { --good: #116329; --good-ground: #dcf5e3; --caution: #6f4400; --caution-ground: #fdefc8; --bad: #9c1024;
      --bad-ground: #fde4e4; --unknown: #56309e; --unknown-ground: #ede6fb; }
    @media (prefers-color-scheme: dark) {
      :root { --good: #7ddf98; --good-ground: #12301d; --caution: #f1c663; --caution-ground: #352a0c; --bad: #ffa099;
        --bad-ground: #431a1e; --unknown: #cdb6ff; --unknown-ground: #2b2148; }
    }
    body { line-height: 1.45; }
    header { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 0 1.5rem; }
    h1 { font-size: 1.6rem; margin: 0.4rem 0; }
    h1 span { color: var(--soft); font-weight: 400; margin-left: 0.6rem; }
    header p { margin: 0.2rem 0; }
    h2 { font-size: 1.15rem; border: 0; margin: 2rem 0 0.6rem; padding: 0; }
    h3 { font-size: 1rem; margin: 0 0 0.5rem; }
    .soft { color: var(--soft); }
    th .soft, td .soft, h3 .soft { display: block; font-size: 0.85rem; font-weight: 400; }
    .good { --mark: var(--good); --mark-ground: var(--good-ground); }
    .caution { --mark: var(--caution); --mark-ground: var(--caution-ground); }
    .bad { --mark: var(--bad); --mark-ground: var(--bad-ground); }
    .unknown { --mark: var(--unknown); --mark-ground: var(--unknown-ground); }
    .badge { display: inline-flex; align-items: center; gap: 0.3rem; padding: 0.05rem 0.5rem 0.05rem 0.35rem;
      border-radius: 1rem; background: var(--mark-ground); color: var(--mark); font-weight: 600; font-size: 0.9rem;
      white-space: nowrap; }
    .icon { width: 0.9em; height: 0.9em; flex: none; fill: none; stroke: currentColor; stroke-width: 2.4;
      stroke-linecap: round; stroke-linejoin: round; }
    .alerts { border: 2px solid var(--mark); border-radius: 0.5rem; background: var(--mark-ground); color: var(--text);
      padding: 0.7rem 1rem; margin: 0.8rem 0; }
    .alerts h2 { color: var(--mark); margin: 0 0 0.3rem; }
    .alerts code { background: none; padding: 0; }
    .alerts .icon { margin-right: 0.4rem; }
    .alerts ul { margin: 0; padding-left: 1.2rem; }
    .summary { display: flex; flex-wrap: wrap; gap: 0.6rem; list-style: none; margin: 0.8rem 0 0; padding: 0; }
    .summary li { flex: 1 1 9rem; border-radius: 0.5rem; padding: 0.5rem 0.8rem; background: var(--mark-ground);
      color: var(--mark); }
    .summary .nil { background: var(--panel); color: var(--soft); }
    .summary strong { font-size: 1.4rem; margin-left: 0.4rem; font-variant-numeric: tabular-nums; }
    .matrix th, .matrix td { padding: 0.35rem 0.5rem; }
    .matrix tbody th.below { font-weight: 400; padding-left: 1.5rem; }
    .matrix .none { color: var(--soft); }
    .matrix .badge.good { background: none; padding-left: 0; }
    @media (min-width: 44rem) {
      .matrix .badge.bad, .matrix .badge.caution, .matrix .badge.unknown { margin-left: -0.35rem; }
    }
    .holds { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 26rem), 1fr)); gap: 0.8rem; }
    .hold { border: 1px solid var(--line); border-left: 0.35rem solid var(--mark); border-radius: 0.5rem;
      padding: 0.8rem 1rem; min-width: 0; }
    .hold dl { grid-template-columns: minmax(4.5rem, max-content) minmax(0, 1fr); margin: 0.6rem 0 0; gap: 0.2rem 0.8rem; }
    .verdicts { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.3rem; }
    .cards { width: 100%; }
    .cards tbody th { font-weight: 600; position: static; }
    .cards td > div { min-width: 0; }
    .figure { display: block; font-size: 1.1rem; font-weight: 600; }
    .bar { display: block; width: 100%; min-width: 5rem; height: 0.4rem; border-radius: 0.2rem; }
    .bar .whole { fill: var(--line); }
    .bar .part { fill: var(--mark); }
    .spark { display: block; width: 10rem; height: 2.5rem; }
    .spark .line { fill: none; stroke: var(--mark); stroke-width: 1.5; stroke-linejoin: round; }
    .spark .area { fill: var(--mark-ground); }
    .spark circle { fill: var(--mark); }
    .spark .zero { stroke: var(--text); stroke-width: 1; stroke-dasharray: 3 2; }
    .spark .bound { stroke: var(--line); stroke-width: 1; }
    @media (max-width: 44rem) {
      .hold dd { margin: 0; }
      .cards, .cards tbody { display: block; }
      .cards thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
      .cards tr { display: grid; border: 1px solid var(--line); border-radius: 0.5rem; padding: 0.6rem 0.8rem;
        margin-bottom: 0.6rem; }
      .cards th, .cards td { display: grid; border: 0; padding: 0.15rem 0; }
      .cards td { grid-template-columns: 6.5rem minmax(0, 1fr); }
      .cards td::before { content: attr(data-label); color: var(--soft); }
      .matrix tr { grid-template-columns: repeat(auto-fill, minmax(5.6rem, 1fr)); gap: 0.5rem 0.4rem; }
      .matrix th, .matrix tbody th.below { grid-column: 1 / -1; padding: 0; }
      .matrix td { grid-template-columns: auto; align-content: start; padding: 0; }
      .matrix td::before { font-size: 0.85rem; }
    }
    @media print { .hold, tr { break-inside: avoid; } }

    """
}
