/**
 * @file Figures are pure functions from a record to a drawing; the drawings of the gallery are their snapshots. What changes a drawing
 * shows in `docs/gallery`, where it is to be looked at: `npm run gallery` writes it anew.
 */
import { describe, expect, it } from "vitest";
import { renderStandalone } from "../../src/page/figure/standalone.js";
import { entries } from "./entries.js";

const folder = "../../../../docs/gallery";
const roles = Object.entries(entries);

describe("the gallery", () => {
  it.each(roles)("%s", async (role, { figure }) => {
    expect(figure.panels.flatMap(({ layers }) => layers.map((layer) => layer.role))).toContain(role);
    await expect(renderStandalone(figure, `The gallery's figure of the role "${role}".`)).toMatchFileSnapshot(`${folder}/${role}.svg`);
  });

  it("has a page", async () => {
    const parts = roles.map(([role, { use, figure }]) => `## ${role}\n\nFor ${use}.\n\n![${figure.title}. ${figure.finding}](${role}.svg)\n`);
    const head = [
      "# The figure grammar",
      "",
      "A record says what a figure shows, never how a chart library draws it: a figure is one or more panels over shared axes, a panel is a stack of layers, a layer has one of these roles. Theory is drawn as lines, simulation as points with intervals, predicted fluctuation as bands.",
      "",
      "Each role is one file in `apps/report/src/page/figure/`. These drawings are made by `npm run gallery` in `apps/report` and are the snapshots its tests compare with.",
      "",
    ].join("\n");
    await expect(`${head}\n${parts.join("\n")}`).toMatchFileSnapshot(`${folder}/README.md`);
  });
});
