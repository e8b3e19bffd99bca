interface Equation {
  readonly label: string;
  readonly tex: string;
  readonly meaning: string;
  readonly source: string;
}
type Labels = "all" | readonly string[];
export const carriers: readonly { readonly file: string; readonly labels: Labels }[];
export function parseEquations(markdown: string): Record<string, Equation>;
export function sourceOf(all: Record<string, Equation>, labels: Labels): string;
