/** @file Section `harmonics`: what harmonics save on the circle and on S^2 against the sum over all pairs. */

export const harmonics = { id: "harmonics", title: "Harmonics in place of pairs", measure, text };

/** Needs built packages, which the list of sections does not. */
async function measure(rules) {
  return (await import("./times.mjs")).measure(rules);
}

function text({ lines }, machine) {
  const rows = lines.map(({ d, n, kind, beta, order, seconds, pairs, ratio, difference }) => {
    const against = pairs === undefined ? " | | " : `${pairs.toPrecision(3)} | ${(pairs / seconds).toFixed(0)} (${ratio.toFixed(0)}) | ${difference.toExponential(1)}`;
    return `| ${d === 2 ? "circle" : "S^2"} | ${n} | ${kind} | ${beta} | ${order} | ${(1e3 * seconds).toPrecision(3)} | ${against} |`;
  });
  return [
    `The drift as a sum of harmonics (\`harmonic-drift\` on the circle, \`spherical-drift\` on S^2), cut off at 1e-12 of the largest kernel value, against the sum over all pairs
(\`attention-drift\`) on the same wasm backend, f64, one thread, in turns, by the processor's clock. K is the highest harmonic; the ratio is least time over least time and in brackets the
median over blocks; the last column is the largest difference of the two drifts, in units of e^beta for USA. Without a ratio: too many pairs to sum. ${machine}`,
    `| where | n | flow | beta | K | harmonics, ms | pairs, s | pairs / harmonics | difference |
| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join("\n")}`,
  ].join("\n\n");
}
