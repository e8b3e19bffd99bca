const superscripts: Readonly<Record<string, string>> = {
  "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹",
};

/** An integer as superscript: 10⁻³ is `10${superscript(-3)}`. */
export function superscript(exponent: number): string {
  return Array.from(String(exponent), (digit) => superscripts[digit] ?? digit).join("");
}

/** x = mantissa · 10^exponent with 1 <= |mantissa| < 10. */
export function decimalExponent(x: number): number {
  return Number(x.toExponential().split("e")[1]);
}

/**
 * A number for a reader: `digits` significant digits, no trailing zeros, a true minus sign,
 * and a power of ten where plain decimals would be mostly zeros.
 */
export function showNumber(x: number, digits = 4): string {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? "not a number" : x > 0 ? "∞" : "−∞";
  if (x === 0) return "0";
  if (Number.isInteger(x) && Math.abs(x) < 1e7) return minus(String(x));
  const exponent = decimalExponent(Number(x.toPrecision(digits)));
  if (exponent >= -4 && exponent < Math.max(digits, 6)) return minus(withoutTrailingZeros(plainDecimals(x, digits, exponent)));
  const mantissa = withoutTrailingZeros(x.toExponential(digits - 1).split("e")[0]!);
  const power = `10${superscript(exponent)}`;
  return minus(mantissa === "1" ? power : mantissa === "-1" ? `-${power}` : `${mantissa} × ${power}`);
}

/** Value and interval to the same decimal place: two digits of the interval's width. */
export function showInterval(value: number | undefined, interval: readonly [number, number] | undefined): string {
  if (interval === undefined) return value === undefined ? "" : showNumber(value);
  const [lower, upper] = interval;
  const shown = sameDecimals(upper - lower, Math.max(Math.abs(lower), Math.abs(upper), Math.abs(value ?? 0)));
  const range = `[${shown(lower)}, ${shown(upper)}]`;
  return value === undefined ? range : `${shown(value)} ${range}`;
}

function sameDecimals(width: number, largest: number): (x: number) => string {
  if (!(width > 0 && largest < 1e7 && largest >= 1e-3)) return showNumber;
  const decimals = Math.max(0, 1 - decimalExponent(Number(width.toPrecision(3))));
  return decimals > 12 ? (x) => showNumber(x, 12) : (x) => minus(x.toFixed(decimals).replace(/^-(?=[0.]*$)/, ""));
}

/** 0.95 as "95 %". */
export function showPercent(fraction: number): string {
  return `${showNumber(fraction * 100, 4)} %`;
}

function plainDecimals(x: number, digits: number, exponent: number): string {
  return x.toFixed(Math.min(20, Math.max(0, digits - 1 - exponent)));
}

function withoutTrailingZeros(decimals: string): string {
  return decimals.includes(".") ? decimals.replace(/\.?0+$/, "") : decimals;
}

function minus(decimals: string): string {
  return decimals.replace("-", "−");
}
