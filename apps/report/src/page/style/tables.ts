/** Tables and what is set in columns. */
export const tables = `
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
