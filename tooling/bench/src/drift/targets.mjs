/** @file What the drift is meant to reach. */

const each = (sizes, dtype, threads, against, atLeast) => sizes.map((size) => ({ size, dtype, threads, against, atLeast }));

export const targets = [
  ...each(["(2048, 16)"], "f32", 1, "plain JS", 30),
  ...each(["(2048, 16)"], "f64", 1, "plain JS", 15),
  ...each(["(512, 3)", "(2048, 3)", "(2048, 16)", "(8192, 16)"], "f64", 1, "NumPy textbook", 2),
  ...each(["(512, 3)", "(2048, 3)"], "f64", 1, "NumPy in chunks", 0.85),
  ...each(["(2048, 16)", "(8192, 16)"], "f64", 1, "NumPy in chunks", 0.65),
  ...["f64", "f32"].flatMap((dtype) => each(["(2048, 3)", "(2048, 16)", "(2048, 128)"], dtype, 2, "one thread", 1.5)),
  ...["f64", "f32"].flatMap((dtype) => each(["(8192, 16)"], dtype, 2, "one thread", 1.7)),
];
