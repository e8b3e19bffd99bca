/** On paper: nothing that is pressed, everything that is read. */
export const print = `
@media print { body { max-width: none; padding: 0; font-size: 10pt; } .skip, .contents, .way, details.data { display: none; }
  figure, tr, .equation { break-inside: avoid; } .scrolling, .equation dd { overflow: visible; } math { font-size: 0.65rem; } table { font-size: 7.5pt; max-width: calc(100% - 2px); } th, td, td.number, thead th { white-space: normal; padding: 0.2rem 0.5rem 0.2rem 0; overflow-wrap: anywhere; hyphens: auto; } table small { font-size: 1em; } pre { border-color: #999; }
  .verdicts td, .verdicts tbody th, .verdicts td:nth-child(4), .verdicts td:nth-child(5) { min-width: 0; } .measured, thead th { white-space: normal; } }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
`;
