/** The course of a KPI as a small line. */

const NS = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT] = [120, 24];

/** @param {import("../../messages.js").KpiPoint[]} points */
export function sparkline(points) {
  const known = points.flatMap(({ value }) => (value === null ? [] : [value]));
  if (known.length === 0) return "no value";
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const label = `${shortNumber(low)} to ${shortNumber(high)} over ${points.length} ${points.length === 1 ? "period" : "periods"}`;
  if (points.length === 1) return label;
  const svg = document.createElementNS(NS, "svg");
  svg.setAttribute("viewBox", `-2 -2 ${WIDTH + 4} ${HEIGHT + 4}`);
  svg.setAttribute("class", "sparkline");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  const x = (/** @type {number} */ i) => (i * WIDTH) / (points.length - 1);
  const y = (/** @type {number} */ value) => (high > low ? HEIGHT * (1 - (value - low) / (high - low)) : HEIGHT / 2);
  const path = document.createElementNS(NS, "path");
  // A period without a value breaks the line.
  const steps = points.map(({ value }, i) => {
    if (value === null) return "";
    const begins = i === 0 || points[i - 1].value === null;
    return `${begins ? "M" : "L"}${x(i).toFixed(1)} ${y(value).toFixed(1)}${begins ? "h0.01" : ""}`;
  });
  path.setAttribute("d", steps.join(""));
  svg.append(path);
  return svg;
}

/** @param {number} value of a KPI */
export function shortNumber(value) {
  return value.toLocaleString("en", { maximumSignificantDigits: 5 });
}
