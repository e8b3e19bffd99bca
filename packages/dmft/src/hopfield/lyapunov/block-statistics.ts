/** @file Mean and standard error of consecutive blocks of one run. */

export interface BlockMean {
  readonly value: number;
  /** Standard deviation of the blocks over the root of their number. */
  readonly standardError: number;
}

/**
 * Mean of block values with its standard error: blocks much longer than the memory of the system are as good as independent.
 *
 * @param at value of block b
 */
export function blockMean(blocks: number, at: (block: number) => number): BlockMean {
  let sum = 0;
  for (let b = 0; b < blocks; b++) sum += at(b);
  const value = sum / blocks;
  let squares = 0;
  for (let b = 0; b < blocks; b++) squares += (at(b) - value) * (at(b) - value);
  return { value, standardError: Math.sqrt(squares / (blocks * (blocks - 1))) };
}
