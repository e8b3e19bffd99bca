/** @file What a kernel of the reference backend is once its parameters are known. */

/**
 * Runs a kernel from its first input to its first output, `repeat` times for kernels that iterate; what takes several inputs or gives several
 * outputs finds them all in `inputs` and `outputs`.
 */
export type Program = (input: Float64Array, output: Float64Array, repeat: number, inputs: readonly Float64Array[], outputs: readonly Float64Array[]) => void;
