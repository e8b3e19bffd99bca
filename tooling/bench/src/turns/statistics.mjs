/** @file What is said about times that were measured in turns: least times, and ratios within blocks with their quartiles. */

/**
 * The value below which a share q of the values lies, linear between neighbours in order.
 * @param {readonly number[]} values at least one
 * @param {number} q from 0 to 1
 */
export function quantile(values, q) {
  if (values.length === 0) throw new RangeError("quantile: no values; there must be at least one");
  const ordered = [...values].sort((a, b) => a - b);
  const place = q * (ordered.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, ordered.length - 1);
  return ordered[below] + (place - below) * (ordered[above] - ordered[below]);
}

export const least = (values) => quantile(values, 0);
export const median = (values) => quantile(values, 0.5);

/**
 * How many times as long the other took: least time over least time, and the median and the quartiles of the ratios within the same
 * block. A busy neighbour slows whole blocks, which the second forgives, and single calls, which the first forgives.
 * @param {readonly number[]} others seconds a call, block by block
 * @param {readonly number[]} mine the same blocks
 */
export function ratio(others, mine) {
  if (others.length !== mine.length) throw new RangeError(`ratio: ${others.length} blocks against ${mine.length}; they must be the same blocks`);
  const within = others.map((seconds, block) => seconds / mine[block]);
  return { least: least(others) / least(mine), median: median(within), low: quantile(within, 0.25), high: quantile(within, 0.75), blocks: mine.length };
}
