/** @file Gaussian vectors, each in as few numbers as the ones before it leave to be known. */
import { drawGamma, requireInteger } from "@mesoscope/numerics";
import type { Stream } from "@mesoscope/numerics";

/** A source of vectors with N(0, 1) entries in a space of `dimension`. */
export interface GaussianVectors {
  readonly dimension: number;
  /** Numbers that a vector is held in: fewer than the dimension where axes are turned. */
  readonly size: number;
  readonly draw: () => Float64Array;
  /** Numbers that are not 0 in the vectors drawn so far and in their combinations: the first ones. */
  readonly inUse: () => number;
}

/** All entries, in axes that stay. */
export function plainVectors(n: number, stream: Stream): GaussianVectors {
  return { dimension: n, size: n, draw: () => stream.fillNormal(new Float64Array(n)), inUse: () => n };
}

/**
 * At most `most` vectors of `blocks` blocks of N entries, for a use that knows them through inner products over whole blocks and combinations with a factor for each block: the axes of a block may then be
 * turned. After k vectors the next has N(0, 1) entries along the k axes that they span, and of what lies off these only its length is felt: chi with N - k degrees of freedom, which becomes the
 * next axis. A block takes `most` numbers, however large N is: the columns of Bartlett's triangle. Where N is no more than `most`,
 * axes stay. Entries lie axis by axis, block after block in each.
 *
 * @throws DomainError from the draw after `most` on
 * @see Bartlett (1933), Proc. R. Soc. Edinburgh 53, 260
 */
export function turnedVectors({ N, blocks, most }: { readonly N: number; readonly blocks: number; readonly most: number }, stream: Stream): GaussianVectors {
  if (N <= most) return plainVectors(N * blocks, stream);
  let drawn = 0;
  const draw = (): Float64Array => {
    const k = requireInteger("vectors before this one", drawn, { min: 0, max: most - 1 }, "Allow for more of them.");
    drawn += 1;
    const out = new Float64Array(blocks * most);
    stream.fillNormal(out.subarray(0, blocks * k));
    for (let b = 0; b < blocks; b++) out[k * blocks + b] = Math.sqrt(2 * drawGamma(stream, (N - k) / 2));
    return out;
  };
  return { dimension: N * blocks, size: blocks * most, draw, inUse: () => blocks * drawn };
}
