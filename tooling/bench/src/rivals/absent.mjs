/** @file Who cannot take part, and why: tables name it. */

/** A competitor that is not installed here, or cannot do what was asked. */
export class Absent extends Error {
  name = "Absent";
}

/** The module, or Absent. */
export async function optional(name) {
  try {
    return await import(name);
  } catch (error) {
    throw new Absent(`${name} is not installed (${error.code ?? error.message})`);
  }
}
