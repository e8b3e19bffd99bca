/** What a pointer or a key does with a figure: buttons, the reading beside the nearest point, the cursor that figures share. */
export const controls = `
button { font: inherit; font-size: 0.85rem; color: var(--link); background: var(--ground); border: 1px solid var(--hair); border-radius: 6px; padding: 0.2rem 0.6rem; cursor: pointer; min-height: 1.9rem; }
button:hover:not(:disabled) { border-color: var(--link); } button:disabled { color: var(--soft); cursor: default; }
.controls { display: flex; flex-wrap: wrap; gap: 0.35rem; margin: 0.4rem 0 0.6rem; align-items: center; }
.key button { display: flex; max-width: calc(100% + 0.6rem); gap: 0.5rem; align-items: baseline; text-align: left; color: inherit; border-color: transparent; background: none; padding: 0 0.3rem; margin: 0 -0.3rem; min-height: 1.5rem; font-size: inherit; }
.key button[aria-pressed="false"] { opacity: 1; text-decoration: line-through; color: var(--soft); } .key button[aria-pressed="false"] .sign { opacity: 0.25; }
.drawing { position: relative; } .drawing.live { cursor: crosshair; user-select: none; -webkit-user-select: none; touch-action: pan-x pan-y; }
.overlay { position: absolute; inset: 0; width: 100%; height: 100%; pointer-events: none; overflow: hidden; }
.overlay .cursor { stroke: var(--link); stroke-width: 1; } .overlay .ring { fill: none; stroke: var(--ink); stroke-width: 1.75; }
.overlay .chosen { fill: var(--link); fill-opacity: 0.15; stroke: var(--link); }
.reading { position: absolute; z-index: 2; max-width: min(20rem, 92%); margin: 0; padding: 0.25rem 0.55rem; font-size: 0.82rem; line-height: 1.35; background: var(--raised); color: var(--ink);
  border: 1px solid var(--soft); border-radius: 5px; pointer-events: none; font-variant-numeric: tabular-nums; } .reading:empty { display: none; }
.plot.part { overflow: hidden; } .cover { fill: var(--ground); fill-rule: evenodd; }
.player { margin: 0 0 1rem; max-width: 56rem; } .player .controls label { display: flex; gap: 0.5rem; align-items: center; font-size: 0.9rem; } .player input { width: min(18rem, 50vw); accent-color: var(--link); }
.player output { font-size: 0.9rem; font-variant-numeric: tabular-nums; min-width: 6rem; }
@media screen { figure.moving .stills { display: none; } }
@media print { .controls, .overlay, .reading, .player { display: none; } .key button { border: 0; padding: 0; margin: 0; max-width: 100%; } }
`;
