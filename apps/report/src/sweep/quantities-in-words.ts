/** @file Times and amounts of data as people say them. */

const times = [["s", 1], ["min", 60], ["h", 3600], ["days", 86400], ["years", 31557600]] as const;

/** "0.4 s", "12 min", "3.5 h", "40 days", "2,000 years". */
export function secondsInWords(seconds: number): string {
  return seconds < 0.01 ? "less than 0.01 s" : inUnits(seconds, times, 2);
}

const data = [["bytes", 1], ["kB", 1e3], ["MB", 1e6], ["GB", 1e9], ["TB", 1e12]] as const;

export function bytesInWords(bytes: number): string {
  return inUnits(bytes, data, 1);
}

/** The largest unit of which there are at least so many. */
function inUnits(value: number, units: readonly (readonly [string, number])[], least: number): string {
  const [unit, size] = units.findLast(([, one]) => value >= least * one) ?? units[0]!;
  const amount = value / size;
  return `${Number(amount.toPrecision(2)).toLocaleString("en", { maximumFractionDigits: 2 })} ${unit}`;
}
