/** The eight colours of the series, and what tells the lines of one colour apart from those of the first round. */
export const rounds: string = [
  ...Array.from({ length: 8 }, (_, k) => `.s${k} { color: var(--s${k}); }`),
  ".second-round.line { stroke-dasharray: 9 3 2 3; } .second-round.band { fill-opacity: 0.12; }",
].join("\n");
