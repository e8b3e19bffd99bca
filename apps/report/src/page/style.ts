/**
 * @file The one style sheet. Colours of the series keep 3:1 against the ground in both themes and differ under the common
 * forms of colour blindness; dash and symbol differ as well. It may not contain "<", since it stands inside the page.
 */
import { rounds } from "./style-series.js";

const themes = `
:root { color-scheme: light dark;
  --ground: #fdfdfb; --raised: #f4f4ef; --ink: #1b1d21; --soft: #565a62; --hair: #d5d5cd; --link: #0b5394;
  --holds: #0a6b3d; --fails: #a8281e; --undecided: #7a5200;
  --s0: #0b62a4; --s1: #c2470a; --s2: #067a5b; --s3: #a3327e; --s4: #8a6500; --s5: #5b4bc4; --s6: #0f7f96; --s7: #60646c; }
@media (prefers-color-scheme: dark) { :root {
  --ground: #14161a; --raised: #1d2026; --ink: #e9e7e1; --soft: #a9adb6; --hair: #3a3e47; --link: #8ec1f5;
  --holds: #5ccf97; --fails: #ff8d7f; --undecided: #e6b450;
  --s0: #64b1f0; --s1: #f59156; --s2: #45c39b; --s3: #e38bc6; --s4: #d9ae3c; --s5: #a99cf7; --s6: #52c4dc; --s7: #a4a8b0; } }
`;

const text = `
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 0 clamp(1rem, 4vw, 3rem) 4rem; max-width: 78rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; overflow-wrap: break-word; }
a { color: var(--link); text-underline-offset: 0.15em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: 0.5rem; background: var(--ground); padding: 0.5rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
h1, h2, h3, h4 { line-height: 1.2; text-wrap: balance; }
h1 { font-size: 1.6rem; margin: 2rem 0 0.25rem; letter-spacing: -0.01em; }
h2 { font-size: 1.15rem; margin: 0; color: var(--soft); font-weight: 600; }
h3 { font-size: 1.15rem; margin: 2.75rem 0 0.75rem; padding-top: 0.75rem; border-top: 1px solid var(--hair); }
h4 { font-size: 1.05rem; margin: 0 0 0.35rem; }
.masthead p, .narrative, figcaption, .question { max-width: 46rem; }
.masthead p { margin-top: 0; color: var(--soft); }
small, .note, .tally { color: var(--soft); font-size: 0.875rem; }
code, pre { font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 0.875em; overflow-wrap: anywhere; }
pre { background: var(--raised); border: 1px solid var(--hair); border-radius: 6px; padding: 0.75rem 1rem; white-space: pre-wrap; }
main:focus { outline: none; }
article { margin-top: 3.5rem; padding-top: 2rem; border-top: 3px solid var(--ink); }
.question { color: var(--soft); margin: 0.25rem 0 0; }
.headline { font: 500 clamp(1.3rem, 1rem + 1.6vw, 1.95rem)/1.3 "Iowan Old Style", Charter, Palatino, "Palatino Linotype", Georgia, "DejaVu Serif", serif;
  max-width: 52rem; margin: 0.9rem 0 0.6rem; text-wrap: pretty; }
.up { margin-top: 3rem; font-size: 0.875rem; }
.overview { list-style: none; padding: 0; margin: 1.5rem 0 0; display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); }
.overview li { background: var(--raised); border: 1px solid var(--hair); border-radius: 8px; padding: 0.9rem 1.1rem; }
.overview a { font-weight: 600; } .overview p { margin: 0.35rem 0 0; }
.unreadable { border-left: 4px solid var(--fails); padding-left: 1rem; margin-top: 1.5rem; } .unreadable h2 { color: var(--fails); }
.outcome { font-weight: 600; white-space: nowrap; } .tally .outcome { margin-right: 0.8em; }
.outcome.holds { color: var(--holds); } .outcome.fails { color: var(--fails); } .outcome.undecided { color: var(--undecided); }
.reason { color: var(--fails); }
`;

const tables = `
.scrolling { overflow-x: auto; max-width: 100%; margin: 0.75rem 0 1.25rem; }
table { border-collapse: collapse; font-size: 0.9rem; line-height: 1.4; }
caption { text-align: left; font-weight: 600; padding: 0 0 0.4rem; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.9rem 0.4rem 0; border-bottom: 1px solid var(--hair); overflow-wrap: normal; }
thead th { color: var(--soft); font-weight: 600; border-bottom: 1px solid var(--soft); white-space: nowrap; }
tbody th { font-weight: 500; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.measured { white-space: nowrap; font-variant-numeric: tabular-nums; }
.verdicts td, .verdicts tbody th { min-width: 9rem; } .verdicts td:nth-child(2) { min-width: 0; }
.verdicts tbody th { min-width: 14rem; } .verdicts td:nth-child(4) { min-width: 15rem; } .verdicts td:last-child { white-space: nowrap; min-width: 0; }
.rules { color: var(--soft); font-size: 0.875rem; max-width: 60rem; padding-left: 1.5rem; } .rules li { margin-bottom: 0.3rem; }
@media (max-width: 40rem) { .verdicts, .verdicts tbody, .verdicts tr, .verdicts td, .verdicts tbody th { display: block; min-width: 0; }
  .verdicts thead { display: none; } .verdicts tr { border-bottom: 1px solid var(--hair); padding: 0.5rem 0; }
  .verdicts td, .verdicts tbody th { border: 0; padding: 0.1rem 0; white-space: normal; } .verdicts td:empty { display: none; }
  .verdicts td:nth-child(4), .verdicts td:nth-child(5) { min-width: 0; } }
.facts { display: grid; gap: 0.3rem; margin: 0; } .facts div { display: grid; grid-template-columns: minmax(7rem, 12rem) 1fr; gap: 1rem; }
.facts dt { color: var(--soft); } .facts dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.equation { margin: 0 0 1rem; } .equation dd { margin: 0.3rem 0 0; overflow-x: auto; overflow-y: hidden; padding: 0.2rem 0; }
.equation .label { color: var(--soft); font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 0.85em; }
math { font-size: 1.1rem; font-family: "STIX Two Math", "Latin Modern Math", "Cambria Math", "DejaVu Math TeX Gyre", math; } math[display="block"] { margin: 0; text-align: left; }
`;

const figures = `
figure { margin: 2rem 0 2.5rem; }
figcaption { margin: 0.5rem 0; font-weight: 500; }
.key { list-style: none; display: flex; flex-wrap: wrap; gap: 0.15rem 1.4rem; padding: 0; margin: 0 0 0.6rem; font-size: 0.9rem; }
.key li { display: flex; gap: 0.5rem; align-items: baseline; min-width: 0; } .key span { min-width: 0; } .sign { flex: none; position: relative; top: 1px; }
.colour-bar { font-size: 0.9rem; display: flex; flex-wrap: wrap; gap: 0.2rem 1rem; margin-bottom: 0.5rem; } .ends { white-space: nowrap; }
.ends svg { vertical-align: -1px; margin: 0 0.3rem; }
.panels { display: grid; gap: 1.25rem 1.5rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 21rem), 1fr)); }
.panels.by-two { grid-template-columns: repeat(auto-fit, minmax(min(100%, 21rem), 1fr)); max-width: 54rem; } .panels.by-two .panel { max-width: none; }
.panel { max-width: 30rem; min-width: 0; } .panel.alone { max-width: 56rem; } .panel-title { margin: 0 0 0.1rem; font-weight: 600; font-size: 0.9rem; }
.narrow { display: none; } @media (max-width: 40rem) { .wide { display: none; } .narrow { display: block; } }
.plot { display: block; width: 100%; height: auto; font-family: inherit; font-size: 12px; overflow: visible; color: var(--ink); }
.plot text { white-space: pre; } .plot .axis-label { font-size: 12.5px; fill: var(--ink); }
.plot .grid { color: var(--hair); stroke: var(--hair); stroke-opacity: 0.7; }
.mark { stroke: var(--soft); stroke-width: 1.25; stroke-dasharray: 2 3; } .mark-label { fill: var(--soft); font-size: 11px; stroke: var(--ground); stroke-width: 3px; paint-order: stroke; }
.line { fill: none; } .line.simulation { stroke-dasharray: 5 3; } .line.reference { stroke-dasharray: 1.5 3; }
.band { fill: currentColor; fill-opacity: 0.2; } .tint { fill: currentColor; fill-opacity: 0.3; } .bars { fill-opacity: 0.35; }
.cloud { fill-opacity: 0.7; } .dot { stroke: var(--ground); stroke-width: 0.8; } .dot.reference { fill: var(--ground); stroke: currentColor; stroke-width: 1.5; }
.whisker { stroke-opacity: 0.85; }
details.data { font-size: 0.9rem; } summary { cursor: pointer; color: var(--link); width: fit-content; }
`;

const print = `
@media print { body { max-width: none; padding: 0; font-size: 10pt; } .skip, .up, details.data { display: none; }
  article { break-before: page; } figure, tr, .equation { break-inside: avoid; } .scrolling { overflow: visible; } pre { border-color: #999; }
  .verdicts td, .verdicts tbody th, .verdicts td:nth-child(4), .verdicts td:nth-child(5) { min-width: 0; } .measured, thead th { white-space: normal; } }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
`;

export const styleSheet: string = [themes, text, tables, figures, rounds, print].map((part) => part.trim()).join("\n");
