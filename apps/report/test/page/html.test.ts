import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeText, Html, html, trusted } from "../../src/page/html.js";

describe("html", () => {
  it("escapes every hole that is not markup, and keeps markup", () => {
    expect(html`<p title="${'"a"'}">${"<b>"}${html`<i>${"&"}</i>`}${[1, "'"]}${undefined}${null}</p>`.toString()).toBe(
      '<p title="&quot;a&quot;">&lt;b&gt;<i>&amp;</i>1&#39;</p>',
    );
  });

  it("cannot be deceived by an object that looks like markup", () => {
    const forged = { toString: () => "<script>", markup: "<script>", "#markup": "<script>" };
    expect(Html.is(forged)).toBe(false);
    expect(Html.is(trusted("<hr>"))).toBe(true);
  });

  it("leaves no character that could end a text or an attribute", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        const escaped = escapeText(text);
        expect(escaped).not.toMatch(/[<>"'\u2028\u2029\u202A-\u202E\u2066-\u2069]/);
        expect(escaped).not.toMatch(/&(?!(amp|lt|gt|quot|#39|#x202[89]);)/);
        expect(escaped).not.toMatch(/[\uD800-\uDFFF]/u);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ["</script><script>alert(1)</script>", "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;"],
    ["<!-- -->", "&lt;!-- --&gt;"],
    ["a\u2028b\u2029c", "a&#x2028;b&#x2029;c"],
    ["\u202Egnp.exe", "\uFFFDgnp.exe"],
    ["\uD800x", "\uFFFDx"],
    ["x\uDC00", "x\uFFFD"],
    ["\uD83D\uDE00", "\uD83D\uDE00"],
    ["a\u0000b\u0007", "a\uFFFDb\uFFFD"],
  ])("makes %j harmless", (hostile, harmless) => {
    expect(escapeText(hostile)).toBe(harmless);
  });

  it("cuts text that nobody would read, and says by how much", () => {
    const escaped = escapeText("a".repeat(10_000_000));
    expect(escaped.length).toBeLessThan(21_000);
    expect(escaped).toContain("9995000 more characters");
  });
});
