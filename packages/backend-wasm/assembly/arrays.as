/** Axes that change places, combinations number by number, and a step of Adam: in f64 the bits of plain loops. */
import { copyRow } from "./product-places";
import { element, width } from "./vectors";

/** Rows `from` to `to` of y (R, b, a, c), each c numbers, from x (R, a, b, c). */
export function swapAxes<T>(x: usize, y: usize, from: i32, to: i32, a: i32, b: i32, c: i32): void {
  const bytes = <usize>c * sizeof<T>();
  const plane = a * b;
  const replica = from / plane;
  let j = (from - replica * plane) / a;
  let i = from - replica * plane - j * a;
  let block = x + <usize>(replica * plane) * bytes;
  let target = y + <usize>from * bytes;
  const end = y + <usize>to * bytes;
  const step = <usize>b * bytes;
  while (target < end) {
    let source = block + <usize>j * bytes + <usize>i * step;
    const last = min(target + <usize>(a - i) * bytes, end);
    for (; target < last; target += bytes) {
      copyRow<T>(source, target, bytes);
      source += step;
    }
    i = 0;
    if (++j < b) continue;
    j = 0;
    block += <usize>plane * bytes;
  }
}

/** out = a x + b y for numbers `from` to `to`; a shared x repeats after n. */
export function linearCombination<T>(x: usize, y: usize, out: usize, from: i32, to: i32, n: i32, shared: bool, a: T, b: T): void {
  if (!shared) {
    combine<T>(element<T>(x, from), element<T>(y, from), element<T>(out, from), to - from, a, b);
    return;
  }
  let at = from;
  while (at < to) {
    const replica = at / n;
    const end = min((replica + 1) * n, to);
    combine<T>(element<T>(x, at - replica * n), element<T>(y, at), element<T>(out, at), end - at, a, b);
    at = end;
  }
}

function combine<T>(x: usize, y: usize, out: usize, count: i32, a: T, b: T): void {
  const as = v128.splat<T>(a);
  const bs = v128.splat<T>(b);
  let i = 0;
  for (; i + width<T>() <= count; i += width<T>()) {
    const ax = v128.mul<T>(as, v128.load(element<T>(x, i)));
    v128.store(element<T>(out, i), v128.add<T>(ax, v128.mul<T>(bs, v128.load(element<T>(y, i)))));
  }
  for (; i < count; i++) store<T>(element<T>(out, i), <T>(<T>(a * load<T>(element<T>(x, i))) + <T>(b * load<T>(element<T>(y, i)))));
}

/** m' = beta1 m + (1 - beta1) g, v' = beta2 v + (1 - beta2) g g, p' = p - rate (c1 m') / (sqrt(c2 v') + epsilon) for numbers `from` to `to`; (rate, c1, c2) of each replica of n in `rates`. */
export function adamStep<T>(p: usize, g: usize, m: usize, v: usize, rates: usize, outP: usize, outM: usize, outV: usize, from: i32, to: i32, n: i32, beta1: f64, beta2: f64, epsilon: f64): void {
  let at = from;
  while (at < to) {
    const replica = at / n;
    const end = min((replica + 1) * n, to);
    const rate = element<T>(rates, 3 * replica);
    const skip = <usize>at * sizeof<T>();
    adam<T>(p + skip, g + skip, m + skip, v + skip, outP + skip, outM + skip, outV + skip, end - at, <T>beta1, <T>(1 - beta1), <T>beta2, <T>(1 - beta2), <T>epsilon, load<T>(rate), load<T>(rate, sizeof<T>()), load<T>(rate, 2 * sizeof<T>()));
    at = end;
  }
}

function adam<T>(p: usize, g: usize, m: usize, v: usize, outP: usize, outM: usize, outV: usize, count: i32, keep1: T, take1: T, keep2: T, take2: T, epsilon: T, rate: T, c1: T, c2: T): void {
  const bytes = <usize>count * sizeof<T>();
  const last = <usize>(count - (count % width<T>())) * sizeof<T>();
  for (let at: usize = 0; at < last; at += 16) {
    const slope = v128.load(g + at);
    const mean = v128.add<T>(v128.mul<T>(v128.splat<T>(keep1), v128.load(m + at)), v128.mul<T>(v128.splat<T>(take1), slope));
    const square = v128.add<T>(v128.mul<T>(v128.splat<T>(keep2), v128.load(v + at)), v128.mul<T>(v128.mul<T>(v128.splat<T>(take2), slope), slope));
    const step = v128.mul<T>(v128.splat<T>(rate), v128.mul<T>(v128.splat<T>(c1), mean));
    const root = v128.add<T>(v128.sqrt<T>(v128.mul<T>(v128.splat<T>(c2), square)), v128.splat<T>(epsilon));
    v128.store(outM + at, mean);
    v128.store(outV + at, square);
    v128.store(outP + at, v128.sub<T>(v128.load(p + at), v128.div<T>(step, root)));
  }
  for (let at = last; at < bytes; at += sizeof<T>()) {
    const slope = load<T>(g + at);
    const mean = <T>(<T>(keep1 * load<T>(m + at)) + <T>(take1 * slope));
    const square = <T>(<T>(keep2 * load<T>(v + at)) + <T>(<T>(take2 * slope) * slope));
    const step = <T>(rate * <T>(c1 * mean));
    const root = <T>(sqrt<T>(<T>(c2 * square)) + epsilon);
    store<T>(outM + at, mean);
    store<T>(outV + at, square);
    store<T>(outP + at, <T>(load<T>(p + at) - <T>(step / root)));
  }
}
