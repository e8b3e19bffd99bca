export { default } from "./vitest.browser.js";
