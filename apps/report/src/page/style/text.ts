/** Letters, headings, verdicts. */
export const text = `
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 0 clamp(1rem, 4vw, 3rem) 4rem; max-width: 78rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; overflow-wrap: break-word; }
a { color: var(--link); text-underline-offset: 0.15em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: 0.5rem; background: var(--ground); padding: 0.5rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
h1, h2, h3, h4 { line-height: 1.2; text-wrap: balance; }
h1 { font-size: 1.6rem; margin: 2rem 0 0.25rem; letter-spacing: -0.01em; } article h1 { font-size: 1.15rem; margin: 0; color: var(--soft); font-weight: 600; letter-spacing: 0; }
h2 { font-size: 1.15rem; margin: 2.75rem 0 0.75rem; padding-top: 0.75rem; border-top: 1px solid var(--hair); }
h3 { font-size: 1.05rem; margin: 0 0 0.35rem; }
.masthead p, .narrative, figcaption, .question { max-width: 46rem; }
.masthead p { margin-top: 0; color: var(--soft); }
small, .note, .tally { color: var(--soft); font-size: 0.875rem; }
code, pre { font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 0.875em; overflow-wrap: anywhere; }
pre { background: var(--raised); border: 1px solid var(--hair); border-radius: 6px; padding: 0.75rem 1rem; white-space: pre-wrap; }
h1, h2, h3, p, figcaption, caption, summary, li, th, td, dt, dd { unicode-bidi: plaintext; }
main:focus { outline: none; }
article { margin-top: 1rem; } article:focus { outline: none; }
.question { color: var(--soft); margin: 0.25rem 0 0; }
.headline { font: 500 clamp(1.3rem, 1rem + 1.6vw, 1.95rem)/1.3 "Iowan Old Style", Charter, Palatino, "Palatino Linotype", Georgia, "DejaVu Serif", serif;
  max-width: 52rem; margin: 0.9rem 0 0.6rem; text-wrap: pretty; }
.more { font-size: 1.1rem; max-width: 52rem; margin: 0 0 0.6rem; text-wrap: pretty; }
.contents { margin-top: 3rem; border-top: 3px solid var(--ink); font-size: 0.9rem; } .contents ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0.3rem 1.3rem; }
.unreadable { border-left: 4px solid var(--fails); padding-left: 1rem; margin-top: 1.5rem; } .unreadable h2 { color: var(--fails); }
.outcome { font-weight: 600; white-space: nowrap; } .tally .outcome { margin-right: 0.8em; }
.outcome.holds { color: var(--holds); } .outcome.fails { color: var(--fails); } .outcome.undecided { color: var(--undecided); }
.reason { color: var(--fails); }
`;
