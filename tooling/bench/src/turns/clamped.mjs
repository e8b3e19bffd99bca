/** @file A number brought into a range. */

/** `value`, or the end of [low, high] that lies nearer; `low` where it is no number. */
export const clamped = (value, low, high) => (value > low ? Math.min(value, high) : low);
