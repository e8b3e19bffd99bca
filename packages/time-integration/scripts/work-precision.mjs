/**
 * Writes the table and the drawing of this package's docs folder: error against evaluations of the field, for every method and form, on problems with closed solutions. No
 * clock is read, so that two runs agree.
 *
 *   npm run build && node scripts/work-precision.mjs
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cos, exp, sin } from "@mesoscope/numerics";
import { dormandPrince5, dormandPrince8, integrateAdaptive, integrateFixed, onSpheres, rungeKutta4, sphereChart } from "../dist/index.js";

const { sections } = JSON.parse(readFileSync(new URL("../test/fixtures/equiangular.json", import.meta.url), "utf8"));

function equiangular(n, beta) {
  const { time } = sections.equiangular_time.cases.find((c) => c.mode === "SA" && c.n === n && c.beta === beta && c.rho0 === 0 && c.rho1 === 0.5);
  const field = (_, y, out) => {
    out[0] = (2 * (1 - y[0]) * ((n - 1) * y[0] + 1)) / (exp(beta * (1 - y[0])) + n - 1);
  };
  return { name: `${n} equiangular tokens, SA, beta = ${beta}`, field, start: [0], t1: time, exact: [0.5] };
}

function twoTokens(beta, theta0, theta1) {
  const { time } = sections.two_token_time.cases.find((c) => c.mode === "USA" && c.beta === beta && c.theta0 === theta0 && c.theta1 === theta1);
  const field = (_, y, out) => {
    out[0] = -exp(beta * cos(y[0])) * sin(y[0]);
  };
  return { name: `two tokens, USA, beta = ${beta}`, field, start: [theta0], t1: time, exact: [theta1] };
}

/** n orthonormal tokens at beta = 0, as rows on spheres. */
function moebius(n, t1, form, forms) {
  const rows = (rho) => {
    const p = Math.sqrt(1 - rho);
    const q = (-p + Math.sqrt(p * p + n * rho)) / n;
    return Array.from({ length: n * n }, (_, at) => (Math.floor(at / n) === at % n ? p : 0) + q);
  };
  const field = (_, x, out) => {
    for (let i = 0; i < n; i += 1) {
      let along = 0;
      for (let k = 0; k < n; k += 1) {
        let mean = 0;
        for (let j = 0; j < n; j += 1) mean += x[j * n + k] / n;
        out[i * n + k] = mean;
        along += mean * x[i * n + k];
      }
      for (let k = 0; k < n; k += 1) out[i * n + k] -= along * x[i * n + k];
    }
  };
  const square = 1 / (1 + (n - 1) * exp(-2 * t1));
  return { name: `Moebius flow of ${n} tokens on spheres, ${form}`, field, start: rows(0), t1, exact: rows((n * square - 1) / (n - 1)), forms };
}

const problems = [
  equiangular(32, 9),
  twoTokens(4, 2.0943951023931953, 0.01),
  moebius(4, 6, "projected", { projection: onSpheres(4) }),
  moebius(4, 6, "Munthe-Kaas", { chart: sphereChart(4) }),
];
const tolerances = [1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12, 1e-13, 1e-14];

const worst = ({ exact }, y) => exact.reduce((most, value, e) => Math.max(most, Math.abs(value - y[e])), 0);

function adaptive(problem, tableau) {
  return tolerances.map((tolerance) => {
    const { field, start, t1, forms } = problem;
    const run = integrateAdaptive(field, start, { t0: 0, t1, relative: tolerance, absolute: tolerance, tableau, ...forms });
    if (run.outcome.kind !== "converged") throw new Error(`${problem.name}: ${run.outcome.message}`);
    return { tolerance, evaluations: run.evaluations, error: worst(problem, run.y) };
  });
}

function fixed(problem) {
  return tolerances.map((_, level) => {
    const { field, start, t1, forms } = problem;
    const run = integrateFixed(field, start, { t0: 0, t1, steps: 8 * 2 ** level, tableau: rungeKutta4, ...forms });
    return { evaluations: run.evaluations, error: worst(problem, run.y) };
  });
}

const measured = problems.map((problem) => ({
  name: problem.name,
  curves: [
    { name: rungeKutta4.name, color: "#777777", points: fixed(problem) },
    { name: dormandPrince5.name, color: "#0072b2", points: adaptive(problem, dormandPrince5) },
    { name: dormandPrince8.name, color: "#d55e00", points: adaptive(problem, dormandPrince8) },
  ],
}));

const digits = (x) => (x === 0 ? "0" : x.toExponential(1));

function table({ name, curves: [, five, eight] }) {
  const rows = tolerances.map((tolerance, i) => {
    const cells = [five, eight].flatMap(({ points }) => [points[i].evaluations, digits(points[i].error)]);
    return `| ${tolerance.toExponential(0)} | ${cells.join(" | ")} |`;
  });
  return [`## ${name}`, "", `| tolerance | evaluations, ${five.name} | error | evaluations, ${eight.name} | error |`, "| ---: | ---: | ---: | ---: | ---: |", ...rows, ""].join("\n");
}

/** One panel: log10 of the error downwards against log10 of the evaluations. */
function panel({ name, curves }, left, top) {
  const [width, height] = [330, 250];
  const x = (evaluations) => left + (width * (Math.log10(evaluations) - 1)) / 4;
  const y = (error) => top + (height * -Math.log10(Math.min(1, Math.max(error, 1e-16)))) / 16;
  const text = (at, down, words, more = "") => `<text x="${at.toFixed(1)}" y="${down.toFixed(1)}" ${more}>${words}</text>`;
  const lines = [`<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="none" stroke="#bbb"/>`, text(left, top - 8, name, 'font-weight="bold"')];
  for (const power of [1, 2, 3, 4, 5]) lines.push(text(x(10 ** power), top + height + 14, `1e${power}`, 'text-anchor="middle"'));
  for (const power of [0, 4, 8, 12, 16]) lines.push(text(left - 4, y(10 ** -power) + 4, power === 0 ? "1" : `1e-${power}`, 'text-anchor="end"'));
  for (const [i, { name: method, color, points }] of curves.entries()) {
    const inside = points.filter((point) => point.evaluations <= 1e5);
    lines.push(`<polyline fill="none" stroke="${color}" stroke-width="1.5" points="${inside.map((p) => `${x(p.evaluations).toFixed(1)},${y(p.error).toFixed(1)}`).join(" ")}"/>`);
    lines.push(...inside.map((p) => `<circle cx="${x(p.evaluations).toFixed(1)}" cy="${y(p.error).toFixed(1)}" r="2.2" fill="${color}"/>`));
    lines.push(text(left + 8, top + height - 8 - 14 * (curves.length - 1 - i), method, `fill="${color}"`));
  }
  return lines.join("\n");
}

const panels = measured.map((one, i) => panel(one, 60 + (i % 2) * 410, 40 + Math.floor(i / 2) * 320));
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 820 660" width="820" height="660" font-family="sans-serif" font-size="11" role="img">
<title>Error against evaluations of the field</title>
<rect width="820" height="660" fill="#fff"/>
${panels.join("\n")}
<text x="410" y="652" text-anchor="middle">evaluations of the field (across), largest error at the end (down)</text>
</svg>
`;
const text = `# Work and precision

Largest error at the end against the tolerance (relative = absolute), and what it cost in evaluations of the field, on problems with closed solutions. In the figure,
Runge-Kutta 4 takes fixed steps. Errors below 1e-15 are rounding. Written by \`node scripts/work-precision.mjs\`; it reads no clock, and two runs agree.

![error against evaluations](work-precision.svg)

${measured.map(table).join("\n")}`;
mkdirSync(new URL("../docs/", import.meta.url), { recursive: true });
writeFileSync(new URL("../docs/work-precision.svg", import.meta.url), svg);
writeFileSync(new URL("../docs/work-precision.md", import.meta.url), text);
