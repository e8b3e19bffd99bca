/** Figures: keys, drawings, what layers look like. */
export const figures = `
figure { margin: 2rem 0 2.5rem; }
figcaption { margin: 0.5rem 0; font-weight: 500; }
.key { list-style: none; display: flex; flex-wrap: wrap; gap: 0.15rem 1.4rem; padding: 0; margin: 0 0 0.6rem; font-size: 0.9rem; }
.key li { display: flex; gap: 0.5rem; align-items: baseline; min-width: 0; } .key span { min-width: 0; overflow-wrap: break-word; } .sign { flex: none; position: relative; top: 1px; }
.colour-bar { font-size: 0.9rem; display: flex; flex-wrap: wrap; gap: 0.2rem 1rem; margin-bottom: 0.5rem; } .ends { max-width: 100%; }
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
.cloud { stroke-opacity: 0.7; } .dot { stroke: var(--ground); stroke-width: 0.8; } .dot.reference { fill: var(--ground); stroke: currentColor; stroke-width: 1.5; }
.whisker { stroke-opacity: 0.85; }
details.data { font-size: 0.9rem; } summary { cursor: pointer; color: var(--link); width: fit-content; }
`;
