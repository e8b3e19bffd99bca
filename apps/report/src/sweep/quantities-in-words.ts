/** @file Times and amounts of data as people say them. */

const times = [["s", 1], ["min", 60], ["h", 3600], ["days", 86400], ["years", 31557600]] as const;

/**
 * "0.4 s", "12 min", "3.5 h", "40 days", "2,000 years", with "about" or "more than" before it if that is asked for: "about 12 min".
 * Times too short to be told are "less than 0.01 s", about which there is nothing to add.
 */
export function secondsInWords(seconds: number, sign?: "about" | "more than"): string {
  if (seconds < 0.01) return "less than 0.01 s";
  return `${sign === undefined ? "" : `${sign} `}${inUnits(seconds, times, 2)}`;
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
