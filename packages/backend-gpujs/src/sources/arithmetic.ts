/**
 * @file Elementary functions as statements, made of sums, products and comparisons alone. A shading language leaves the accuracy of its own exp, sin
 * and cos open (Vulkan: 3 + 2|x| ulps, and 2^-11 absolute), and gpu.js would call out of WebAssembly for each; these are the same everywhere.
 * The polynomials are those of Cephes for single precision (S. Moshier, 1992), whose peak errors are 1.7e-7, 1.2e-7 and 1.3e-7 of the value.
 */

/** Binary powers of the scale, largest first. */
const POWERS = [128, 64, 32, 16, 8, 4, 2, 1];

/** 2^power as factors that are floats. */
function factors(power: number): readonly number[] {
  return power === 128 ? [2 ** 64, 2 ** 64] : [2 ** power];
}

/**
 * Statements that make `value` = e^argument, within 2 ulp for results that are normal; 0 below, infinity above.
 *
 * e^t = 2^k e^r, k = floor(t log2 e + 1/2), r = (t - k c1) - k c2 with c1 of nine bits, so that k c1 is exact. 2^k is put together from exact
 * powers: exp2 is exact on few devices.
 */
export function exponential(argument: string, value: string): string {
  const [t, k, r, p, s] = ["Argument", "Power", "Rest", "Series", "Scale"].map((suffix) => value + suffix);
  const lines = [
    `const ${value}Given = ${argument};`,
    `let ${t} = ${value}Given < -87.33654 ? -87.33654 : ${value}Given;`,
    `${t} = ${t} > 89.5 ? 89.5 : ${t};`,
    `const ${k} = Math.floor(${t} * 1.44269504088896341 + 0.5);`,
    `const ${r} = (${t} - ${k} * 0.693359375) - ${k} * -0.000212194440054690583;`,
    `const ${p} = ((((((0.00019875691500 * ${r} + 0.0013981999507) * ${r} + 0.0083334519073) * ${r} + 0.041665795894) * ${r} + 0.16666665459) * ${r} + 0.50000001201) * ${r}) * ${r} + ${r} + 1.0;`,
    `let ${k}Left = ${k} + 126.0;`,
    // 2^-126 as a product: a constant so close to the subnormal numbers is not read by every compiler.
    `let ${s} = 5.421010862427522e-20 * 2.168404344971009e-19;`,
    ...POWERS.flatMap((power) => [
      `${s} = ${k}Left >= ${power}.0 ? ${factors(power).reduce((product, factor) => `(${product} * ${factor}.0)`, s!)} : ${s};`,
      ...(power === 1 ? [] : [`${k}Left = ${k}Left >= ${power}.0 ? ${k}Left - ${power}.0 : ${k}Left;`]),
    ]),
    `const ${value} = ${value}Given < -87.33654 ? 0.0 * ${p} : ${p} * ${s};`,
  ];
  return lines.join("\n");
}

/**
 * Statements that make `sine` and `cosine` of an angle. The quarter turns are taken off with pi/2 in three parts, two of eight bits, so that their
 * products are exact up to 2^16 quarter turns: an error of 1e-7 up to 10^5 radians, beside the rounding of the angle itself.
 */
export function sineAndCosine(angle: string, sine: string, cosine: string): string {
  const [q, r, z, s, c, m] = ["Quarters", "Rest", "Square", "Series", "Other", "Quadrant"].map((suffix) => sine + suffix);
  return [
    `const ${sine}Angle = ${angle};`,
    `const ${q} = Math.floor(${sine}Angle * 0.63661977236758134 + 0.5);`,
    `const ${r} = ((${sine}Angle - ${q} * 1.5703125) - ${q} * 0.0004825592041015625) - ${q} * 0.00000126759079511;`,
    `const ${z} = ${r} * ${r};`,
    `const ${s} = ${r} + ${r} * (${z} * (-0.16666654611 + ${z} * (0.0083321608736 + ${z} * -0.00019515295891)));`,
    `const ${c} = (1.0 - 0.5 * ${z}) + ${z} * (${z} * (0.04166664568298827 + ${z} * (-0.001388731625493765 + ${z} * 0.00002443315711809948)));`,
    `const ${m} = ${q} - 4.0 * Math.floor(0.25 * ${q});`,
    `const ${m}Odd = ${m} - 2.0 * Math.floor(0.5 * ${m});`,
    `const ${sine}Plain = ${m}Odd > 0.5 ? ${c} : ${s};`,
    `const ${cosine}Plain = ${m}Odd > 0.5 ? ${s} : ${c};`,
    `const ${sine} = ${m} > 1.5 ? -${sine}Plain : ${sine}Plain;`,
    `const ${cosine} = ${m} > 0.5 && ${m} < 2.5 ? -${cosine}Plain : ${cosine}Plain;`,
  ].join("\n");
}

/** Statements that make `value` = tanh(argument): an odd polynomial where 1 - 2 / (e^{2|x|} + 1) would cancel. */
export function hyperbolicTangent(argument: string, value: string): string {
  return [
    `const ${value}Of = ${argument};`,
    `const ${value}Size = Math.abs(${value}Of);`,
    `const ${value}Square = ${value}Of * ${value}Of;`,
    `const ${value}Near = ((((-0.00570498872745 * ${value}Square + 0.0206390887954) * ${value}Square - 0.0537397155531) * ${value}Square + 0.133314422036) * ${value}Square - 0.333332819422) * ${value}Square * ${value}Of + ${value}Of;`,
    exponential(`2.0 * (${value}Size > 20.5 ? 20.5 : ${value}Size)`, `${value}Power`),
    `const ${value}Far = 1.0 - 2.0 / (${value}Power + 1.0);`,
    `const ${value}Signed = ${value}Of < 0.0 ? -${value}Far : ${value}Far;`,
    `const ${value} = ${value}Size < 0.625 ? ${value}Near : ${value}Signed;`,
  ].join("\n");
}
