import { expect, test } from "vitest";
import { BACKEND_VERSION, checkBackendVersion, referenceBackend } from "../src/index.js";

test("an implementation of this version is given back as it is", () => {
  const backend = referenceBackend();
  expect(checkBackendVersion(backend)).toBe(backend);
});

test("another version is refused with who, what, needed and what to do, all from the constants", () => {
  const newer = { backendVersion: BACKEND_VERSION + 1, id: "abacus" };
  const message = `backend "abacus" has backendVersion ${BACKEND_VERSION + 1}: @mesoscope/kernels speaks backend version ${BACKEND_VERSION}. Install a newer release of @mesoscope/kernels and of the packages that use it.`;
  expect(() => checkBackendVersion(newer)).toThrow(message);
  expect(() => checkBackendVersion({ ...newer, backendVersion: BACKEND_VERSION - 1 })).toThrow(/Install a newer release of this backend/);
});

test.each([[undefined], [null], [3], [{}], [{ id: "abacus", backendVersion: "1" }]])("%j is no backend", (value) => {
  expect(() => checkBackendVersion(value)).toThrow(/has no backendVersion.*Give an object that implements the Backend interface/);
});
