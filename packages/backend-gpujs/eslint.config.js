import { packageConfig } from "@mesoscope/config/eslint";

// gpu.js, bundled.
export default [{ ignores: ["vendor/"] }, ...packageConfig(import.meta.dirname)];
