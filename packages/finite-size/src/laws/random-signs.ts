/** @file Fair coins. */
import type { Stream } from "@mesoscope/numerics";

/** Fills with independent signs, +1 or -1, 32 from a word. */
export function randomSigns(stream: Stream, out: Int8Array): Int8Array {
  let word = 0;
  for (let i = 0; i < out.length; i++) {
    if (i % 32 === 0) word = stream.bits();
    out[i] = (word & 1) === 1 ? 1 : -1;
    word >>>= 1;
  }
  return out;
}
