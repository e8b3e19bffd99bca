/** @file Numbers for readers: as many digits as mean something. */

/** Three significant digits by default, powers of ten only far from one. */
export function formatNumber(x: number, digits = 3): string {
  if (x === 0) return "0";
  const size = Math.abs(x);
  if (size >= 1e6 || size < 1e-4) return withMinus(withPower(x.toExponential(digits - 1)));
  return withMinus(String(Number.isInteger(x) ? x : Number(x.toPrecision(digits))));
}

/** An integer as an exponent is written: "⁻¹²" of -12. */
export function superscript(exponent: number): string {
  return String(exponent).replace(/[-\d]/g, (character) => SUPERSCRIPTS[character]!);
}

const SUPERSCRIPTS: Readonly<Record<string, string>> = { "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹" };

/** "4.80e-12" as "4.8·10⁻¹²", "1.00e+6" as "10⁶". */
function withPower(text: string): string {
  const [digits, exponent] = text.split("e") as [string, string];
  const mantissa = String(Number(digits));
  const power = `10${superscript(Number(exponent))}`;
  return mantissa === "1" ? power : mantissa === "-1" ? `-${power}` : `${mantissa}·${power}`;
}

/** The minus sign of print, not the hyphen. */
function withMinus(text: string): string {
  return text.replaceAll("-", "−");
}

/** A share in percent. */
export function formatPercent(share: number, digits = 3): string {
  return `${formatNumber(100 * share, digits)} %`;
}

/** A value and its interval, to two digits of the interval's width, the unit once: "−26.5 [−30.5, −22.1] %". */
export function formatWithInterval(value: number, [low, high]: readonly [number, number], percent = false): string {
  const scale = percent ? 100 : 1;
  const unit = percent ? " %" : "";
  const decimals = decimalsFor(Math.abs(high - low) * scale, value * scale);
  const show = (x: number): string => withMinus(withDecimals(x * scale, decimals));
  return `${show(value)} [${show(low)}, ${show(high)}]${unit}`;
}

/** Decimals that show two significant digits of a width; three of the value if there is no width. */
function decimalsFor(width: number, value: number): number {
  const reference = width > 0 ? width : Math.abs(value) / 10;
  if (!(reference > 0)) return 0;
  let decimals = 0;
  for (let x = reference; x < 10 && decimals < 15; x *= 10) decimals += 1;
  return decimals;
}

function withDecimals(x: number, decimals: number): string {
  if (!Number.isFinite(x)) return String(x);
  if (decimals > 6 || Math.abs(x) >= 1e7) return formatNumber(x);
  const text = x.toFixed(decimals);
  return Number(text) === 0 ? (0).toFixed(decimals) : text;
}
