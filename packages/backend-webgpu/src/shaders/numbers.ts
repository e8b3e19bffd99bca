/** @file What is done number by number: functions, combinations, a step of Adam, axes that change places. */
import { exponential, TANGENT } from "./exponential.js";
import { LANES, type Text } from "./shader.js";

/** A body for each number e < p.length. */
function eachNumber(statements: string, declarations = ""): Text {
  return {
    declarations,
    body: `
  let e = index * ${LANES}u + t;
  if (e >= p.length) {
    return;
  }
  ${statements}`,
  };
}

/** y = e^x or tanh x. */
export function elementwise(name: "exp" | "tanh"): Text {
  return name === "exp" ? eachNumber("y[e] = exponential(x[e]);", exponential("f32")) : eachNumber("y[e] = tangent(x[e]);", exponential("f32") + TANGENT);
}

/** y = a x + b y; x of n numbers where one serves all replicas. */
export function linearCombination(shareX: boolean): Text {
  return eachNumber(`y[e] = fma(p.a, x[${shareX ? "e % p.n" : "e"}], p.b * y[e]);`);
}

/** One step of Adam on parameters w with their means m and v, in place. */
export const ADAM_STEP: Text = eachNumber(`let replica = 3u * (e / p.n);
  let mean = fma(p.keep1, m[e], p.take1 * g[e]);
  let square = fma(p.keep2, v[e], p.take2 * g[e] * g[e]);
  m[e] = mean;
  v[e] = square;
  w[e] -= rates[replica] * (rates[replica + 1u] * mean) / (sqrt(rates[replica + 2u] * square) + p.epsilon);`);

/** y_{b a c} = x_{a b c}. */
export const SWAP_AXES: Text = eachNumber(`let c = e % p.c;
  let a = e / p.c % p.a;
  let b = e / (p.c * p.a) % p.b;
  let replica = e / (p.c * p.a * p.b);
  y[e] = x[((replica * p.a + a) * p.b + b) * p.c + c];`);
