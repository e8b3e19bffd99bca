import config from "@mesoscope/config/vitest";

/**
 * Files share their modules (nothing here changes a module's state), and what is built is imported as Node would: loading
 * KaTeX, Plot and the mathematics for each file again took longer than the tests.
 */
export default { ...config, test: { ...config.test, isolate: false, server: { deps: { external: [/\/dist\//] } } } };
