import type { Verdict } from "@mesoscope/contracts";
import { createColors } from "picocolors";
import type { Output, World } from "../world.js";

/** Colours of the terminal, or none: NO_COLOR and a pipe both turn them off, FORCE_COLOR turns them on. */
export function coloursFor(output: Output, environment: World["environment"]): ReturnType<typeof createColors> {
  const asked = (name: string): boolean => environment[name] !== undefined && environment[name] !== "" && environment[name] !== "0";
  return createColors(!asked("NO_COLOR") && (asked("FORCE_COLOR") || (output.isTTY === true && environment["TERM"] !== "dumb")));
}

const signs: Readonly<Record<Verdict["outcome"], string>> = { holds: "✓ holds", fails: "✗ fails", undecided: "? undecided" };

/** An outcome with its sign, and its colour where there are colours. */
export function outcomeWord(outcome: Verdict["outcome"], colours: ReturnType<typeof createColors>): string {
  const paint = { holds: colours.green, fails: colours.red, undecided: colours.yellow }[outcome];
  return paint(signs[outcome]);
}
