/** @file Which rows a resample takes. */
import type { Stream } from "@mesoscope/numerics";

/** Up to this many rows a draw costs half a word; above, too many halves would be rejected. */
const MOST_FOR_HALF_WORDS = 16_384;
const TWO_TO_16 = 0x10000;

/**
 * Fills `rows` with independent uniform draws from 0 .. count - 1, without bias. Resampling spends most of its time
 * here, so small counts take 16 bits a draw: the upper half of half-word times count, halves that would count twice rejected
 * (D. Lemire, ACM TOMACS 29 (2019), at 16 bits).
 */
export function drawRows(stream: Stream, count: number, rows: Uint32Array): void {
  if (count > MOST_FOR_HALF_WORDS) {
    for (let i = 0; i < rows.length; i++) rows[i] = stream.integer(count);
    return;
  }
  const surplus = TWO_TO_16 % count;
  let at = 0;
  while (at < rows.length) {
    const word = stream.bits();
    const first = (word >>> 16) * count;
    if ((first & 0xffff) >= surplus) rows[at++] = first >>> 16;
    const second = (word & 0xffff) * count;
    if (at < rows.length && (second & 0xffff) >= surplus) rows[at++] = second >>> 16;
  }
}
