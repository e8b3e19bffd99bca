/** @file Memory in words, and the verdict on it. */
import type { Verdict } from "@mesoscope/contracts";
import { formatNumber } from "@mesoscope/finite-size";
import { sizeInText } from "../one-bit/words.js";
import { CONFIDENCE, type MemoryCase } from "./cases.js";

/** Four context windows: nothing that was attended to then is in the window now. */
export const BEYOND = 16;

/** "for 60 tokens at every size", "longer the more bits: ...". */
export function rememberedFor({ spans, comparison }: MemoryCase): string {
  const longest = comparison.observables[0]!.grid!.values.at(-1)!;
  const first = spans[0];
  const last = spans.at(-1);
  if (first === undefined || last === undefined) return "nothing was measured";
  const words = (lag: number | undefined): string => (lag === undefined ? `more than ${longest}` : String(lag));
  return `${words(first.lag)} tokens at N = ${sizeInText(first.n)}, ${words(last.lag)} at N = ${sizeInText(last.n)}`;
}

/** "32 tokens", "more than 2048 tokens": at one size, by default the largest. */
export function spanInWords({ spans, comparison }: MemoryCase, at = -1): string {
  const span = spans.at(at);
  if (span === undefined) return "an unknown time";
  return `${span.lag === undefined ? `more than ${comparison.observables[0]!.grid!.values.at(-1)!}` : String(span.lag)} tokens`;
}

/** Information of the first overlap about itself four windows later, at the largest size. */
export function beyondWindow({ comparison }: MemoryCase): { readonly value: number; readonly interval: readonly [number, number] } | undefined {
  const at = comparison.observables.find(({ id }) => id === "information")!.grid!.values.indexOf(BEYOND);
  const mean = comparison.sizes.at(-1)!.estimates["information"]?.mean;
  return mean === undefined || at < 0 ? undefined : { value: mean.value[at]!, interval: [mean.lower[at]!, mean.upper[at]!] };
}

/** What four windows must leave at least, in nats, to be called memory. */
const LEAST = 0.01;

/** Is a token remembered that left the window long ago? One verdict a regime, at the largest size. */
export function beyondVerdict(one: MemoryCase, caveat: string | undefined): Verdict {
  const found = beyondWindow(one);
  const inside = found !== undefined && caveat === undefined && found.interval[0] > LEAST;
  const outside = found !== undefined && found.interval[1] < LEAST;
  return {
    id: `${one.id}-beyond-window`,
    subject: `a token is remembered four context windows later, ${one.title}`,
    outcome: inside ? "holds" : outside ? "fails" : "undecided",
    rule: `The ${100 * CONFIDENCE} % interval of the information about the token ${BEYOND} tokens earlier, beyond what the clock of the positions tells, lies above ${LEAST} nat (holds) or below it (fails).`,
    ...(found === undefined ? {} : { value: found.value, interval: found.interval, confidence: CONFIDENCE, unit: "nat" }),
    because: found === undefined ? `A lag of ${BEYOND} tokens was not looked at.` : `At N = ${sizeInText(one.comparison.sizes.at(-1)!.n)} the first overlap tells ${formatNumber(found.value, 2)} nat about itself ${BEYOND} tokens later${caveat === undefined ? "" : `; ${caveat}`}.`,
    ...(outside ? { reason: "unexplained" as const } : {}),
  };
}
