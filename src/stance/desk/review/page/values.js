// The choice of what is said to a label: radio buttons, and how values are shown.

import { el } from "./dom.js";
import { short, store } from "./store.js";

export const VALUES = ["supports", "opposes", "neither", "either"];
export const SIGNS = { supports: "+", opposes: "−", neither: "·", either: "?" };
const CYCLE = ["neither", "supports", "opposes", "either"];

/** The value after (or before) one, as the number keys go round. */
export function next(value, back, cycle = CYCLE) {
  const at = cycle.indexOf(value);
  return cycle[(at + (back ? cycle.length - 1 : 1)) % cycle.length];
}

let groups = 0;

/** One label: its name, a choice of values, and a remark (a probability). */
export function choice(label, number, value, choose, { remark = "", values = VALUES, words = {}, disabled = false } = {}) {
  const name = `choice-${(groups += 1)}`;
  return el(
    "div",
    { class: "choice", role: "radiogroup", "aria-label": short(label) },
    el("span", { class: "choice-name" }, el("kbd", {}, String(number)), ` ${short(label)}`),
    el(
      "span",
      { class: "options" },
      values.map((one) => el(
        "label",
        { class: `option ${one}` },
        el("input", {
          type: "radio", name, value: one, checked: one === value, disabled,
          onchange: () => choose(one),
        }),
        el("span", {}, words[one] ?? one),
      )),
    ),
    remark ? el("span", { class: "remark" }, remark) : null,
  );
}

/** Short signs for what is said to the labels; nothing for a neutral one. */
export function chips(valueOf) {
  const made = store.session.labels
    .filter(({ id }) => valueOf(id) !== "neither")
    .map(({ id, short: name }) => el(
      "span",
      { class: `chip ${valueOf(id)}` },
      valueOf(id) === "either" ? `${name}: either` : `${valueOf(id)} ${name}`,
    ));
  return made.length ? made : [el("span", { class: "chip neither" }, "neutral")];
}

/** The same in words. */
export function inWords(valueOf) {
  const said = store.session.labels
    .filter(({ id }) => valueOf(id) !== "neither")
    .map(({ id, short: name }) => (valueOf(id) === "either" ? `${name}, either` : `${valueOf(id)} ${name}`));
  return said.join("; ") || "neutral";
}

/** As `stance predict` shows it: half up, and never 1.00. */
const shown = (one) => (one + 1e-9 >= 0.995 ? ">0.99" : (one + 1e-9).toFixed(2));

/** Probabilities of both sides, as a person reads them. */
export function probability(pair) {
  if (!pair) return "";
  const [supports, opposes] = pair;
  if (Math.max(supports, opposes) < 0.05) return "";
  return supports >= opposes ? `supports ${shown(supports)}` : `opposes ${shown(opposes)}`;
}
