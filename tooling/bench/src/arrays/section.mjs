/** @file Section `arrays`: products against the ceiling of 128-bit vectors, the other kernels on arrays against plain code. */

export const arrays = { id: "arrays", title: "Products, rows, draws", measure, text };

/** Needs built packages, which the list of sections does not. */
async function measure(rules) {
  return (await import("./times.mjs")).measure(rules);
}

function text({ products, others: rest }, machine) {
  const share = (rate, top) => `${rate.toFixed(1)} (${((100 * rate) / top).toFixed(0)} %)`;
  const most = Math.max(...products.map(({ ceiling }) => ceiling));
  return [
    `\`matmul\` on the wasm backend, one thread, "replicas of (m, k, n)", in gigaflops and as a share of the ceiling: twelve chains of a 128-bit product and addition in registers,
measured in turns with it, at most ${most.toFixed(0)} in f64. ${machine}`,
    `| product | form | f64 | f32 |
| --- | --- | ---: | ---: |
${products.map(({ size, form, rates, ceiling }) => `| ${size} | ${form} | ${share(rates[0], ceiling)} | ${share(rates[1], 2 * ceiling)} |`).join("\n")}`,
    "The other kernels on arrays: nanoseconds a number, against the plain code of the reference backend in the same run.",
    `| kernel | | reference f64 | wasm f64 | wasm f32 | times as fast, f64 | f32 |
| --- | --- | ---: | ---: | ---: | ---: | ---: |
${rest.map(({ kernel, special, times }) => `| \`${kernel}\` | ${special} | ${times.map((time) => time.toFixed(2)).join(" | ")} | ${(times[0] / times[1]).toFixed(1)} | ${(times[0] / times[2]).toFixed(1)} |`).join("\n")}`,
  ].join("\n\n");
}
