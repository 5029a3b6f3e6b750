/**
 * The measured learning curves: drawn by uPlot, read out at a point that a slider chooses, and all of it as a table.
 *
 * A canvas says nothing to the ear and knows no keys, so the slider and the tables carry what is drawn.
 */
import uPlot from "../../vendor/uplot.js";
import { element } from "../parts/element.js";
import { table } from "../parts/table.js";
import { percent } from "../parts/words.js";
import curves from "./curves.js";

/** @typedef {import("./curves.js").LearningCurve} LearningCurve */

/** What the strategies are called here; one that is not listed is shown under its own name. */
const NAMES = new Map([
  ["random", "Any way of answering, at random"],
  ["always DirectAnswer", "Always a direct answer"],
  ["Q-learning", "Q-learning alone"],
  ["+ replay", "… going over its ratings again (replay)"],
  ["+ coarse states", "… and sharing between similar questions"],
  ["+ pooled start", "… and starting from its category's agents"],
  ["+ federation", "… and with two colleagues' learning"],
]);
const QUESTIONS = curves[0].questions;
const LAST = QUESTIONS[QUESTIONS.length - 1];
/** The point that the target for the learner names. */
const FIRST_SHOWN = Math.min(100, LAST);
const READ_AT = "Share of the best possible reward";
/** @type {import("../parts/table.js").Column[]} */
const COLUMNS = [
  { title: "Way of learning", kind: "text" },
  { title: "Share", kind: "number" },
  { title: "95 % band", kind: "number" },
];
const TABLE_AT = [0, 20, 60, 100, 200];
const HEIGHT = 300;
const WIDTH_OF_AXIS = 52;

/** @returns {HTMLElement} which draws itself once it has a width */
export function learningChart() {
  const canvas = element("div", { class: "chart", "aria-hidden": true });
  const readings = table({ label: READ_AT, caption: READ_AT, className: "readings", columns: COLUMNS, hasRowHeads: true, narrow: "columns" });
  const swatches = curves.map((_, i) => element("span", { class: "swatch", "data-curve": i + 1, "aria-hidden": true }));
  const told = element("output", { for: "chart-at", class: "number" });
  const slider = element("input", { type: "range", id: "chart-at", min: 0, max: LAST, step: LAST / (QUESTIONS.length - 1), value: FIRST_SHOWN });
  let redraw = () => {};

  function read() {
    const at = nearest(Number(slider.value));
    const words = `${QUESTIONS[at]} rated questions`;
    told.textContent = words;
    slider.setAttribute("aria-valuetext", words);
    readings.show(curves.map((curve, i) => ({ cells: reading(curve, swatches[i], at) })));
    redraw();
  }
  slider.addEventListener("input", read);
  read();
  const pick = (/** @type {number} */ questions) => {
    slider.value = String(QUESTIONS[nearest(questions)]);
    read();
  };
  // The colours are the stylesheet's: they are known once the swatches are in the document.
  const whenSized = new ResizeObserver(([{ contentRect }]) => {
    if (!contentRect.width) return;
    whenSized.disconnect();
    redraw = draw(canvas, swatches, () => nearest(Number(slider.value)), pick);
  });
  whenSized.observe(canvas);
  return element(
    "div",
    { class: "learning-chart" },
    element(
      "div",
      { class: "stack" },
      canvas,
      element("div", { class: "chart-at" }, element("label", { for: "chart-at" }, "Read it after"), slider, told),
    ),
    readings.root,
    element("details", { class: "more" }, element("summary", {}, "The curves as a table"), wholeTable()),
  );
}

/** @param {number} questions @returns {number} the index of the nearest measured point */
function nearest(questions) {
  const distance = (/** @type {number} */ i) => Math.abs(QUESTIONS[i] - questions);
  return QUESTIONS.reduce((best, _, i) => (distance(i) < distance(best) ? i : best), 0);
}

/** @param {LearningCurve} curve @param {HTMLElement} swatch @param {number} at @returns {import("../parts/table.js").Cell[]} */
function reading({ strategy, mean, low, high }, swatch, at) {
  return [[swatch, NAMES.get(strategy) ?? strategy], percent(mean[at]), `${percent(low[at])} to ${percent(Math.min(high[at], 1))}`];
}

function wholeTable() {
  const at = TABLE_AT.map((questions) => QUESTIONS.indexOf(questions)).filter((i) => i >= 0);
  const after = at.map((i) => ({ title: `After ${QUESTIONS[i]}`, kind: /** @type {const} */ ("number") }));
  const share = (/** @type {LearningCurve} */ { mean, high }, /** @type {number} */ i) =>
    `${percent(mean[i])} ± ${Math.round((high[i] - mean[i]) * 100)}`;
  const rows = curves.map((curve) => ({ cells: [NAMES.get(curve.strategy) ?? curve.strategy, ...at.map((i) => share(curve, i))] }));
  return table({ label: "Learning curves", columns: [COLUMNS[0], ...after], rows, hasRowHeads: true }).root;
}

/**
 * Draw, and keep up with the width and the theme.
 * @param {HTMLElement} place @param {HTMLElement[]} swatches @param {() => number} chosen @param {(questions: number) => void} pick
 * @returns {() => void} draws again
 */
function draw(place, swatches, chosen, pick) {
  const chart = new uPlot(options(place, swatches, chosen), columns(), place);
  chart.over.addEventListener("pointermove", ({ offsetX }) => pick(chart.posToVal(offsetX, "x")));
  new ResizeObserver(() => chart.setSize({ width: place.clientWidth, height: HEIGHT })).observe(place);
  const again = () => chart.redraw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  new MutationObserver(again).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return again;
}

/** @returns {uPlot.AlignedData} the measured points: x, then mean, low and high of each curve */
function columns() {
  return [QUESTIONS, ...curves.flatMap(({ mean, low, high }) => [mean, low, high])];
}

/** @param {HTMLElement} place @param {HTMLElement[]} swatches @param {() => number} chosen @returns {uPlot.Options} */
function options(place, swatches, chosen) {
  const colour = (/** @type {number} */ i) => getComputedStyle(swatches[i]).backgroundColor;
  const ink = () => getComputedStyle(place).color;
  const line = { stroke: () => getComputedStyle(place).borderTopColor, width: 1 };
  const font = `12px ${getComputedStyle(place).fontFamily}`;
  const axis = { stroke: ink, grid: line, ticks: line, font, labelFont: font };
  const band = { stroke: "transparent", width: 1, points: { show: false } };
  return {
    width: place.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false, range: [0, LAST] }, y: { range: [0, 1.04] } },
    axes: [
      { ...axis, label: "Rated questions", labelSize: 20 },
      { ...axis, size: WIDTH_OF_AXIS, values: (_, splits) => splits.map(percent) },
    ],
    series: [
      {},
      ...curves.flatMap((_, i) => [{ stroke: () => colour(i), width: 2, points: { show: false } }, band, band]),
    ],
    bands: curves.map((_, i) => ({ series: [3 * i + 3, 3 * i + 2], fill: () => faint(colour(i)) })),
    hooks: { draw: [(chart) => mark(chart, chosen(), ink(), colour)] },
  };
}

/** @param {string} colour as the browser computes it */
function faint(colour) {
  return `color-mix(in srgb, ${colour} 16%, transparent)`;
}

/** @param {uPlot} chart @param {number} at @param {string} ink @param {(i: number) => string} colour */
function mark(chart, at, ink, colour) {
  const { ctx, bbox } = chart;
  const x = chart.valToPos(QUESTIONS[at], "x", true);
  ctx.save();
  ctx.strokeStyle = ink;
  ctx.setLineDash([4, 4]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  curves.forEach(({ mean }, i) => {
    ctx.fillStyle = colour(i);
    ctx.beginPath();
    ctx.arc(x, chart.valToPos(mean[at], "y", true), 4 * devicePixelRatio, 0, 2 * Math.PI);
    ctx.fill();
  });
  ctx.restore();
}
