/// The stylesheet of all pages, part of every page so that a page alone is whole.
package enum PageStyle {
  /// Text has a contrast of at least 7:1 on its grounds, links and remarks 4.5:1, in light and in dark.
  package static let sheet = """

    :root { color-scheme: light dark; --ground: #fff; --text: #1c2128; --soft: #4a5460; --line: #c9d1d9;
      --panel: #f3f5f8; --link: #0550ae; --shade: #00000038; }
    @media (prefers-color-scheme: dark) {
      :root { --ground: #11151a; --text: #e8ecf1; --soft: #b3bdc9; --line: #39424e; --panel: #1b212a; --link: #79b8ff;
        --shade: #ffffff40; }
    }
    * { box-sizing: border-box; }
    body { margin: 0 auto; max-width: 80rem; padding: 1rem; background: var(--ground); color: var(--text);
      font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: break-word; }
    h1, h2, h3, h4 { line-height: 1.25; margin: 1.6em 0 0.5em; }
    h1 { margin-top: 0.6em; }
    h2 { border-bottom: 1px solid var(--line); padding-bottom: 0.2em; }
    a { color: var(--link); }
    a:focus-visible, .wide:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
    .skip { position: absolute; left: -100rem; }
    .skip:focus { left: 1rem; background: var(--ground); padding: 0.5rem; }
    code { background: var(--panel); border-radius: 0.25rem; padding: 0.1em 0.3em; font-size: 0.92em; }
    dl { display: grid; grid-template-columns: minmax(6rem, max-content) minmax(0, 1fr); gap: 0.3rem 1rem; }
    dt { color: var(--soft); }
    dd { margin: 0; }
    dd ul { margin: 0; padding-left: 1.1rem; }
    .wide { overflow-x: auto; margin: 0.8rem 0; background:
      linear-gradient(to left, var(--ground) 50%, transparent) right / 3rem 100% no-repeat local,
      linear-gradient(to left, var(--shade), transparent) right / 0.9rem 100% no-repeat scroll; }
    table { border-collapse: separate; border-spacing: 0; min-width: 100%; font-variant-numeric: tabular-nums; }
    caption { text-align: left; font-weight: 600; padding: 0.3rem 0; }
    th, td { border-bottom: 1px solid var(--line); padding: 0.4rem 0.7rem; text-align: left; vertical-align: top; }
    thead th { background: var(--panel); vertical-align: bottom; }
    tbody th { font-weight: 500; min-width: 8rem; position: sticky; left: 0; background: var(--ground); }
    footer { color: var(--soft); border-top: 1px solid var(--line); margin-top: 3rem; font-size: 0.9rem; }
    @media (max-width: 36rem) {
      dl { grid-template-columns: 6.2rem minmax(0, 1fr); gap: 0.3rem 0.7rem; }
      h1 { font-size: 1.7rem; }
      h2 { font-size: 1.35rem; }
      th, td { padding: 0.4rem 0.5rem; }
      tbody th { min-width: 6.5rem; }
    }
    @media print { body { max-width: none; } tbody th { position: static; } header, .skip { display: none; } .wide { overflow: visible; } }

    """
}
