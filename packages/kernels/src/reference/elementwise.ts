/** @file The truth of "exp" and "tanh": the function of @mesoscope/numerics at every number. */

/** y_i = f(x_i). */
export function elementwise(f: (x: number) => number): (x: Float64Array, y: Float64Array) => void {
  return (x, y) => {
    for (let i = 0; i < x.length; i += 1) y[i] = f(x[i]!);
  };
}
