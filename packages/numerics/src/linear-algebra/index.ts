export { cholesky, choleskySolve } from "./cholesky.js";
export type { Cholesky, CholeskyOptions } from "./cholesky.js";
export { eigenvalues } from "./eigenvalues.js";
export type { Eigenvalues } from "./eigenvalues.js";
export { leastSquares, qr } from "./qr.js";
export type { LeastSquares, LeastSquaresOptions, Qr } from "./qr.js";
export { symmetricEigen } from "./symmetric-eigen.js";
export type { SymmetricEigen } from "./symmetric-eigen.js";
