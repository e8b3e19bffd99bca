import type { FigureAxis } from "@mesoscope/contracts";
import { decimalExponent, showNumber, superscript } from "../number.js";

/** An axis with the interval it shows and the places where it is labelled. */
export interface ShownAxis {
  readonly axis: FigureAxis;
  readonly domain: readonly [number, number];
  /** How far an edge or a whisker may be drawn: to the ends of a whole figure, well beyond those of a part, whose rest is covered. */
  readonly reach: readonly [number, number];
  readonly ticks: readonly number[] | undefined;
  readonly format: (value: number) => string;
}

/** A value as far as it may be drawn. */
export function withinReach({ reach: [from, to] }: ShownAxis, value: number): number {
  return Math.min(to, Math.max(from, value));
}

/** A little to both sides of x: a line or a band of one point would be invisible. */
export function aroundOne(x: number, { axis, domain: [from, to] }: ShownAxis): { readonly from: number; readonly to: number } {
  if (axis.scale === "linear") return { from: x - 0.025 * (to - from), to: x + 0.025 * (to - from) };
  let ratio = to / from;
  for (let halving = 0; halving < 5; halving++) ratio = Math.sqrt(ratio);
  return { from: x / ratio, to: x * ratio };
}

/** "T: mean departure time (depth)". */
export function axisLabel(axis: FigureAxis): string {
  return `${axis.symbol}: ${axis.meaning} (${axis.unit === "1" ? "no unit" : axis.unit})`;
}

/** Beyond these a width, or a margin, would leave the range of a double. */
const largest = 5e307;
const smallest = 1e-300;

/** Whether a value has a place on the axis: a logarithm ends at zero, and every axis before the largest double. */
export function hasPlace(axis: FigureAxis, value: number): boolean {
  return Math.abs(value) <= largest && (axis.scale === "linear" || value >= smallest);
}

/** What an axis must make room for. */
export interface AxisContent {
  /** Where the data are. */
  readonly values: readonly number[];
  /** Where marks are: they need room, but do not decide how the axis is labelled. */
  readonly marked: readonly number[];
  /** Whether the data fill the drawing to its edge, as a map does. */
  readonly filled: boolean;
}

/** The interval around the values, with a margin; `wanted` labels at most. */
export function showAxis(axis: FigureAxis, content: AxisContent, wanted: number): ShownAxis {
  const [least, most] = extent([...content.values, ...content.marked].filter((value) => hasPlace(axis, value)));
  if (axis.scale === "log") return whole(logarithmic(axis, content, least, most, wanted));
  const shown = linear(axis, least, most);
  return whole(content.filled && least < most ? { ...shown, domain: [least, most] } : shown);
}

type Unreached = Omit<ShownAxis, "reach">;

const whole = (shown: Unreached): ShownAxis => ({ ...shown, reach: shown.domain });

/** Widths of a part, or its decades, to which marks go on beyond it. */
const beyond = 1e4;

/** An interval of an axis as it was chosen, `wanted` labels at most. */
export function showWindow(axis: FigureAxis, [from, to]: readonly [number, number], wanted: number): ShownAxis {
  const reach = axis.scale === "linear" ? ([from - beyond * (to - from), to + beyond * (to - from)] as const) : ([from / beyond, to * beyond] as const);
  const shown = { axis, domain: [from, to] as const, reach, format: labels(from, to) };
  if (axis.scale === "linear") return { ...shown, ticks: undefined };
  const ticks = decades(from, to);
  // Within a decade a logarithmic axis is labelled like a linear one.
  return ticks.length < 3 ? { ...shown, ticks: undefined } : { ...shown, ticks: thinned(ticks, wanted), format: showTick };
}

function extent(values: readonly number[]): readonly [number, number] {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return [least, most];
}

function linear(axis: FigureAxis, least: number, most: number): Unreached {
  if (least > most) return { axis, domain: [0, 1], ticks: undefined, format: labels(0, 1) };
  const margin = most - least > smallest ? 0.05 * (most - least) : Math.abs(most) > 100 * smallest ? 0.1 * Math.abs(most) : 1;
  const startsAtZero = least >= 0 && least < 0.25 * most;
  const endsAtZero = most <= 0 && most > 0.25 * least;
  const [from, to] = [startsAtZero ? 0 : least - margin, endsAtZero ? 0 : most + margin];
  return { axis, domain: [from, to], ticks: undefined, format: labels(from, to) };
}

/** Numbers with as many digits as tell neighbouring labels of an axis apart. */
function labels(from: number, to: number): (value: number) => string {
  const digits = decimalExponent(Math.max(Math.abs(from), Math.abs(to))) - decimalExponent(to - from) + 3;
  return (value) => showNumber(value, Math.min(15, Math.max(6, digits)));
}

function logarithmic(axis: FigureAxis, content: AxisContent, least: number, most: number, wanted: number): Unreached {
  const [from, to] = least > most ? [1, 10] : most > least ? (content.filled ? [least, most] : [least / 1.15, most * 1.15]) : [least / 3, most * 3];
  const powersOfTwo = least <= most && content.values.every((value) => !hasPlace(axis, value) || isPowerOfTwo(value));
  const ticks = powersOfTwo ? doublings(from, to) : decades(from, to);
  return { axis, domain: [from, to], ticks: thinned(ticks, wanted), format: powersOfTwo ? String : showTick };
}

function isPowerOfTwo(value: number): boolean {
  return Number.isInteger(value) && value < 2 ** 31 && (value & (value - 1)) === 0;
}

function doublings(from: number, to: number): readonly number[] {
  const ticks: number[] = [];
  for (let value = 1; value <= to; value *= 2) if (value >= from) ticks.push(value);
  return ticks;
}

/** 1, 2, 5 of each power of ten while there are few of them, else the powers alone. */
function decades(from: number, to: number): readonly number[] {
  const first = decimalExponent(from);
  const last = decimalExponent(to);
  const steps = last - first < 3 ? [1, 2, 5] : [1];
  const ticks: number[] = [];
  for (let k = first; k <= last; k++) for (const step of steps) ticks.push(Number(`${step}e${k}`));
  return ticks.filter((value) => value >= from && value <= to);
}

function thinned(ticks: readonly number[], wanted: number): readonly number[] {
  const stride = Math.max(1, Math.ceil(ticks.length / wanted));
  return ticks.filter((_, i) => (ticks.length - 1 - i) % stride === 0);
}

function showTick(value: number): string {
  const exponent = decimalExponent(value);
  if (exponent >= -3 && exponent <= 4) return showNumber(value, 3);
  const mantissa = showNumber(value / Number(`1e${exponent}`), 2);
  return mantissa === "1" ? `10${superscript(exponent)}` : `${mantissa}·10${superscript(exponent)}`;
}
