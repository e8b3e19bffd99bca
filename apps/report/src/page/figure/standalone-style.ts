/**
 * @file What a drawing needs outside the page: the light theme as plain colours on white, without variables, queries or
 * descendant selectors, which programs other than browsers do not know.
 */
export const seriesColours = ["#0b62a4", "#c2470a", "#067a5b", "#a3327e", "#8a6500", "#5b4bc4", "#0f7f96", "#60646c"] as const;

const ink = "#1b1d21";
const soft = "#565a62";
const hair = "#d5d5cd";
const ground = "#ffffff";

export const standaloneStyle: string = [
  // Programs other than browsers take an inherited "currentColor" for the colour where it was set: it is set where it is used.
  ".dot, .bars { fill: currentColor; } .cloud { stroke: currentColor; }",
  `.ink { color: ${ink}; font-family: "Noto Sans", "DejaVu Sans", Arial, Helvetica, sans-serif; font-size: 12px; }`,
  `text { white-space: pre; } .plot { color: ${ink}; font-size: 12px; overflow: visible; }`,
  `.title { fill: ${ink}; font-size: 16px; font-weight: 600; } .finding { fill: ${ink}; font-size: 13px; } .panel-title { fill: ${ink}; font-weight: 600; } .label { fill: ${ink}; }`,
  `.axis-label { fill: ${ink}; font-size: 12.5px; } .grid { color: ${hair}; stroke: ${hair}; stroke-opacity: 0.7; }`,
  ...seriesColours.map((colour, k) => `.s${k} { color: ${colour}; }`),
  `.mark { stroke: ${soft}; stroke-width: 1.25; stroke-dasharray: 2 3; } .mark-label { fill: ${soft}; font-size: 11px; stroke: ${ground}; stroke-width: 3px; paint-order: stroke; }`,
  ".line { fill: none; } .line.simulation { stroke-dasharray: 5 3; } .line.reference { stroke-dasharray: 1.5 3; } .line.second-round { stroke-dasharray: 9 3 2 3; }",
  ".band { fill: currentColor; fill-opacity: 0.2; } .band.second-round { fill-opacity: 0.12; } .tint { fill: currentColor; fill-opacity: 0.3; } .bars { fill-opacity: 0.35; }",
  `.cloud { stroke-opacity: 0.7; } .dot { stroke: ${ground}; stroke-width: 0.8; } .dot.reference { fill: ${ground}; stroke: currentColor; stroke-width: 1.5; } .whisker { stroke-opacity: 0.85; }`,
].join("\n");
