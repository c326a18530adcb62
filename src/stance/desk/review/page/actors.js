// The list of actors: what each says to the labels, by its claims or as it is set here.

import { $, count, el, say } from "./dom.js";
import { pickHolder } from "./pick.js";
import { actor, changed, decide, stanceOf, store } from "./store.js";
import { VALUES, chips, choice, inWords, next, probability } from "./values.js";

const FOLLOW = "follow";

export function drawActors() {
  const list = $("actor-list");
  const hadFocus = list.contains(document.activeElement);
  const focused = document.activeElement?.dataset?.focus;
  list.replaceChildren(...store.doc.actors.map(lineOf));
  const line = list.querySelector(".current");
  line?.scrollIntoView({ block: "nearest" });
  if (hadFocus) {
    (line?.querySelector(`[data-focus="${focused}"]`) ?? line?.querySelector(".line"))?.focus();
  }
}

function lineOf(row) {
  const isCurrent = row.id === store.actor;
  const isSet = Object.keys(row.set ?? {}).length > 0;
  const status = !row.listed ? "not in the text" : row.kind === "person" ? "person"
    : row.torn.some((label) => !row.set?.[label]) ? "claims disagree"
      : isSet ? "set" : row.looked ? "accepted" : "";
  const line = el(
    "li",
    { class: `claim actor ${status.replaceAll(" ", "-")}${isCurrent ? " current" : ""}` },
    el(
      "button",
      {
        type: "button", class: "line", "data-focus": "line",
        "aria-expanded": String(isCurrent), onclick: () => look(row.id),
      },
      el("span", { class: "head" }, el("span", { class: "who" }, row.name), chips((label) => stanceOf(row, label))),
      el("span", { class: "status" }, status),
    ),
  );
  if (isCurrent) line.append(details(row));
  return line;
}

function details(row) {
  const off = store.doc.finished || !row.listed || row.kind === "person";
  const mentions = store.doc.mentions[row.id] ?? 0;
  const button = (focus, text, key, act, disabled) => el(
    "button",
    { type: "button", "data-focus": focus, onclick: act, disabled, class: focus === "accept" ? "primary" : null },
    text, " ", el("kbd", {}, key),
  );
  return el(
    "div",
    { class: "details" },
    el("p", { class: "facts" }, [
      row.kind, `named ${count(mentions, "time")}`, count(row.claims, "claim"),
    ].join(" · ")),
    row.kind === "person"
      ? el("p", { class: "facts" }, "Labels hold no persons: give its claims to the state or body it speaks for.")
      : null,
    row.torn.length
      ? el("p", { class: "facts" }, "Its claims support and oppose the same: either, unless you set it.")
      : null,
    store.session.labels.map(({ id }, at) => choice(
      id, at + 1, row.set?.[id] ?? FOLLOW,
      (value) => setStance(row.id, id, value),
      {
        values: [FOLLOW, ...VALUES],
        words: { [FOLLOW]: `as its claims: ${row.said[id]}` },
        remark: probability(store.doc.probabilities[row.id]?.[id]),
        disabled: off,
      },
    )),
    el(
      "div",
      { class: "buttons" },
      button("accept", "Accept", "a", acceptActor, off),
      button("delete", row.listed ? "Not in the text" : "In the text", "x", listActor,
        store.doc.finished || row.claims > 0),
    ),
  );
}

function look(id) {
  store.tab = "actors";
  store.actor = id;
  changed("place");
  tell();
}

function tell() {
  const row = actor();
  if (row) say(`${row.name}: ${inWords((label) => stanceOf(row, label))}.`);
}

export function stepActor(by) {
  const all = store.doc?.actors ?? [];
  if (!all.length) return;
  const at = all.findIndex((row) => row.id === store.actor);
  look(all[Math.min(all.length - 1, Math.max(0, at + by))].id);
}

const setStance = (id, label, value) => decide(() => ({
  kind: "stance", actor: id, values: { [label]: value === FOLLOW ? null : value },
})).then(tell);

const rowOf = (id) => store.doc.actors.find((row) => row.id === id && row.kind !== "person");
const CYCLE = [FOLLOW, "supports", "opposes", "neither", "either"];

export function cycleStance(number, back) {
  const { actor: id } = store;
  const label = store.session.labels[number - 1]?.id;
  return decide(() => {
    const row = rowOf(id);
    if (!row?.listed || !label) return null;
    const value = next(row.set?.[label] ?? FOLLOW, back, CYCLE);
    return { kind: "stance", actor: id, values: { [label]: value === FOLLOW ? null : value } };
  }).then(tell);
}

export function clearStances() {
  const { actor: id } = store;
  const values = Object.fromEntries(store.session.labels.map((label) => [label.id, null]));
  return decide(() => rowOf(id) && { kind: "stance", actor: id, values }).then(tell);
}

export async function acceptActor() {
  const { actor: id } = store;
  const done = await decide(() => rowOf(id) && { kind: "accept", actors: [id] });
  if (done && store.actor === id) stepActor(1);
}

export function listActor() {
  const { actor: id } = store;
  return decide(() => rowOf(id) && { kind: "list", actor: id, listed: !rowOf(id).listed });
}

export function addActor() {
  if (store.doc.finished) return;
  pickHolder("Which actor does the text mention?", null, async (id) => {
    const done = await decide(() => ({ kind: "list", actor: id, listed: true }));
    if (done) look(id);
    return done;
  });
}
