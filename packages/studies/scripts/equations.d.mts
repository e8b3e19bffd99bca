import type { Equation } from "@mesoscope/contracts";
export function parseEquations(markdown: string): Record<string, Equation>;
export function sourceOf(entries: Record<string, Equation>): string;
