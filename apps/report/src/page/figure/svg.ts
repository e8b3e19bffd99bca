import { parseHTML } from "linkedom";
import { escaped, escapeText, trusted, type Html } from "../html.js";

/** The document in which drawings are composed; nothing of it is ever shown. */
export const drawingBoard: Document = parseHTML("<!doctype html><html><body></body></html>").document;

const textNode = 3;
const elementNode = 1;
/** Everything a drawing may consist of: a name that is not here is not written. */
const elements = new Set(["svg", "g", "path", "line", "rect", "circle", "text", "tspan"]);
const roundedAttributes = new Set(["d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "transform", "dx", "dy"]);
const attributes = new Set([
  ...roundedAttributes,
  ...["viewBox", "class", "fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "stroke-linecap", "stroke-linejoin"],
  ...["stroke-dasharray", "stroke-miterlimit", "text-anchor", "font-size", "font-weight", "font-family", "font-variant", "opacity", "shape-rendering"],
]);
const onlyOnTheRoot = new Set(["role", "aria-hidden", "aria-label", "aria-description", "focusable"]);

/**
 * A drawing as markup. What the chart library wrote passes a list of allowed elements and attributes: no style attributes
 * (a content security policy with hashes would block them), no style elements, no links, no scripts; coordinates are rounded
 * to 1/100 pixel, so that engines that differ in a last bit write the same bytes.
 */
export function svgMarkup(root: Element): Html {
  return trusted(elementMarkup(root, true));
}

function elementMarkup(element: Element, isRoot: boolean): string {
  const name = element.localName;
  if (!elements.has(name)) return "";
  const children = [...element.childNodes].map((child) => childMarkup(child)).join("");
  if (name === "g" && children === "") return "";
  const listed = [...element.attributes]
    .filter((attribute) => attributes.has(attribute.name) || (isRoot && onlyOnTheRoot.has(attribute.name)))
    .map((attribute) => ` ${attribute.name}="${roundedAttributes.has(attribute.name) ? escaped(rounded(attribute.value)) : escapeText(attribute.value)}"`)
    .sort()
    .join("");
  return `<${name}${listed}>${children}</${name}>`;
}

function childMarkup(child: ChildNode): string {
  if (child.nodeType === textNode) return escapeText(child.textContent ?? "");
  return child.nodeType === elementNode ? elementMarkup(child as Element, false) : "";
}

function rounded(value: string): string {
  return value.replace(/-?\d*\.\d+(?:e[-+]?\d+)?/g, (decimals) => String(Number(Number(decimals).toFixed(2))));
}
