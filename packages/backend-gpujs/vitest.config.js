export { default } from "@mesoscope/config/vitest";
