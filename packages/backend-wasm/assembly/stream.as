/** A stream of @mesoscope/numerics, read two words at a time as every uniform does: its state is STREAM_BYTES in memory. */
import { philoxBlocks } from "./philox";

/** Words of four blocks, the next block, key, pairs used of the eight at hand. */
// @ts-ignore: decorator
@inline
export const STREAM_BYTES: i32 = 96;

// @ts-ignore: decorator
@inline
const NEXT: usize = 64;
// @ts-ignore: decorator
@inline
const KEY: usize = 72;
// @ts-ignore: decorator
@inline
const USED: usize = 80;

/** The stream of a key, at its beginning. */
export function openStream(state: usize, key0: i32, key1: i32): void {
  store<u64>(state, 0, NEXT);
  store<i32>(state, key0, KEY);
  store<i32>(state, key1, KEY + 4);
  store<i32>(state, 8, USED);
}

/** Address of the first of the next two words; the second lies 16 bytes on. */
// @ts-ignore: decorator
@inline
function nextPair(state: usize): usize {
  let used = load<i32>(state, USED);
  if (used == 8) {
    const block = load<u64>(state, NEXT);
    philoxBlocks(block, load<i32>(state, KEY), load<i32>(state, KEY + 4), state);
    store<u64>(state, block + 4, NEXT);
    used = 0;
  }
  store<i32>(state, used + 1, USED);
  // Block used / 2, whose words lie 16 bytes apart; its first pair or its second.
  return state + (<usize>(used & 1) << 5) + (<usize>(used >> 1) << 2);
}

/** Uniform on [0, 1), 53 bits. */
export function uniform(state: usize): f64 {
  const pair = nextPair(state);
  return (<f64>(load<u32>(pair) >> 5) * 67108864 + <f64>(load<u32>(pair, 16) >> 6)) * 1.1102230246251565e-16;
}

/** Uniform on (0, 1), 52 bits. */
export function uniformOpen(state: usize): f64 {
  const pair = nextPair(state);
  return (<f64>(load<u32>(pair) >> 6) * 67108864 + <f64>(load<u32>(pair, 16) >> 6) + 0.5) * 2.220446049250313e-16;
}
