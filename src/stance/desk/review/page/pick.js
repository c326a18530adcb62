// The dialog that asks for an actor, and for a missed claim also for what it says to the labels.

import { $, el, visible } from "./dom.js";
import { claims, store } from "./store.js";
import { choice, next } from "./values.js";

let save = null; // called with the actor (and the values); gives whether it was carried out
let values = null;
let at = 0;
let found = [];

/** Ask for an actor; `quote` is a claim or a span in units, to be shown, or null. */
export function pickHolder(title, quote, then) {
  ask(title, quote?.content?.map(textOf).join(" … "), null, (id) => then(id));
}

/** Ask whose claim a span is, and what it says; `then` gets both. */
export function pickClaim(quote, then) {
  const none = Object.fromEntries(store.session.labels.map(({ id }) => [id, "neither"]));
  ask("Whose claim is it?", quote, none, then);
}

const textOf = ([start, end]) => store.doc.text.slice(
  store.doc.offsets.toUnits(start), store.doc.offsets.toUnits(end),
);

function ask(title, quote, choices, then) {
  save = then;
  values = choices;
  $("pick-title").textContent = title;
  $("pick-quote").textContent = quote ? visible(quote, 240) : "";
  $("pick-quote").hidden = !quote;
  $("pick-hint").hidden = !choices;
  $("pick-problem").textContent = "";
  $("pick-input").value = "";
  drawLabels();
  drawList();
  $("pick").showModal();
  $("pick-input").focus();
}

function drawLabels() {
  $("pick-labels").replaceChildren(...(values
    ? store.session.labels.map(({ id }, n) => choice(id, n + 1, values[id], (value) => {
      values[id] = value;
    }))
    : []));
}

function focusLabel(number) {
  $("pick-labels").children[number].querySelector("input:checked").focus();
}

/** Those of the document first, then all; by the beginning of a name before the middle of one. */
function matches(wanted) {
  const here = new Set(claims().map((claim) => claim.holder));
  store.doc.actors.forEach((row) => here.add(row.id));
  const rank = (one) => {
    const names = [one.name, one.id, ...one.also].map((name) => name.toLowerCase());
    if (names.some((name) => name === wanted)) return 0;
    if (names.some((name) => name.startsWith(wanted))) return 1;
    return names.some((name) => name.includes(wanted)) ? 2 : null;
  };
  return store.session.actors
    .map((one) => ({ one, here: here.has(one.id), rank: wanted ? rank(one) : here.has(one.id) ? 0 : 1 }))
    .filter(({ rank: place }) => place !== null)
    .sort((a, b) => a.rank - b.rank || Number(b.here) - Number(a.here));
}

function drawList() {
  $("pick-problem").textContent = "";
  const wanted = $("pick-input").value.trim().toLowerCase();
  found = matches(wanted).slice(0, 60);
  at = 0;
  $("pick-list").replaceChildren(...found.map(({ one, here }, n) => el(
    "li",
    {
      role: "option", id: `pick-${n}`,
      onclick: () => {
        at = n;
        mark();
        if (!values) submit();
      },
    },
    el("span", { class: "who" }, one.name),
    el("span", { class: "remark" }, `${one.id} · ${one.kind}${here ? " · in this text" : ""}`),
  )));
  if (!found.length) $("pick-list").replaceChildren(el("li", { class: "empty", role: "option", "aria-disabled": "true" }, "No actor has such a name."));
  mark();
}

function mark() {
  [...$("pick-list").children].forEach((line, n) => {
    line.setAttribute("aria-selected", String(n === at && found.length > 0));
    if (n === at) line.scrollIntoView({ block: "nearest" });
  });
  if (found.length) $("pick-input").setAttribute("aria-activedescendant", `pick-${at}`);
  else $("pick-input").removeAttribute("aria-activedescendant");
}

async function submit() {
  if (!found.length) {
    $("pick-problem").textContent = "Choose an actor of the list.";
    return;
  }
  const done = await save(found[at].one.id, values);
  if (done !== false) $("pick").close();
  else $("pick-problem").textContent = "Not saved: see the message at the top. What you chose is still here; save again, or cancel.";
}

export function setUpPick() {
  $("pick-input").addEventListener("input", drawList);
  $("pick-labels").addEventListener("keydown", (event) => {
    const label = store.session.labels[Number(event.key) - 1];
    if (!label || event.ctrlKey || event.altKey || event.metaKey) return;
    values[label.id] = next(values[label.id]);
    drawLabels();
    focusLabel(Number(event.key) - 1);
  });
  $("pick-input").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && values && found.length) {
      event.preventDefault();
      focusLabel(0);
      return;
    }
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (!by) return;
    event.preventDefault();
    at = Math.min(found.length - 1, Math.max(0, at + by));
    mark();
  });
  $("pick-form").addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
}

