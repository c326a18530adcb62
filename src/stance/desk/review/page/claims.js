// The list of claims: one line each, and the one that is looked at with all its choices.

import { $, count, el, say, visible } from "./dom.js";
import { pickHolder } from "./pick.js";
import { beginSelection } from "./select.js";
import { changed, claims, current, decide, standing, store, units } from "./store.js";
import { chips, choice, inWords, next, probability } from "./values.js";

const drawn = new Map(); // key → what the line was drawn from, and the line

/** Draw the lines that are other than before. */
export function drawClaims(anew) {
  const list = $("claim-list");
  if (anew) {
    drawn.clear();
    list.replaceChildren();
  }
  const hadFocus = list.contains(document.activeElement);
  const focused = document.activeElement?.dataset?.focus;
  const lines = claims().map((claim, index) => {
    const isCurrent = claim.key === store.claim;
    const old = drawn.get(claim.key);
    if (old && old.claim === claim && old.isCurrent === isCurrent && old.index === index
      && old.finished === store.doc.finished) return old.line;
    const line = lineOf(claim, index, isCurrent);
    drawn.set(claim.key, { claim, isCurrent, index, finished: store.doc.finished, line });
    return line;
  });
  if (lines.length !== list.children.length || lines.some((line, at) => line !== list.children[at])) {
    if (lines.length === list.children.length) {
      lines.forEach((line, at) => list.children[at] !== line && list.children[at].replaceWith(line));
    } else list.replaceChildren(...lines);
  }
  if (!lines.length) list.replaceChildren(el("li", { class: "empty" }, "No claims were found here. Select words in the text to add one."));
  const line = drawn.get(store.claim)?.line;
  line?.scrollIntoView({ block: "nearest" });
  if (hadFocus && !list.contains(document.activeElement)) {
    (line?.querySelector(`[data-focus="${focused}"]`) ?? line?.querySelector(".line"))?.focus();
  }
}

function lineOf(claim, index, isCurrent) {
  const status = claim.gone ? "deleted" : claim.added ? "added" : claim.changed ? "corrected"
    : claim.looked ? "accepted" : claim.uncertain ? "uncertain" : "to check";
  const line = el(
    "li",
    { class: `claim ${status.replace(" ", "-")}${isCurrent ? " current" : ""}` },
    el(
      "button",
      {
        type: "button", class: "line", "data-focus": "line",
        "aria-expanded": String(isCurrent), onclick: () => look(claim.key),
      },
      el("span", { class: "number" }, String(index + 1)),
      el("span", { class: "head" }, el("span", { class: "who" }, claim.name), chips((label) => claim.values[label])),
      el("span", { class: "status" }, status),
      isCurrent ? null : el("span", { class: "words" }, wordsOf(claim, 90)),
    ),
  );
  if (isCurrent) line.append(details(claim));
  return line;
}

const wordsOf = (claim, most) => visible(
  units(claim).map(([start, end]) => store.doc.text.slice(start, Math.min(end, start + 2 * most))).join(" … "),
  most,
);

function details(claim) {
  const off = store.doc.finished || claim.gone;
  const facts = [
    claim.own ? (claim.person ? `said by ${claim.person}` : null)
      : claim.speakerName ? `reported by ${claim.speakerName}` : "in the author’s words",
    claim.polarity === "negated" ? "negated" : null,
    claim.modality !== "asserted" ? claim.modality : null,
    claim.time === "past" ? "past" : null,
    claim.holder.startsWith("person:")
      ? "a person: not written to the labels; give it to the state or body it speaks for (h)" : null,
  ].filter(Boolean);
  const button = (focus, text, key, act, extra = {}) => el(
    "button",
    { type: "button", "data-focus": focus, onclick: act, disabled: store.doc.finished, ...extra },
    text, " ", el("kbd", {}, key),
  );
  return el(
    "div",
    { class: "details" },
    el("blockquote", {}, wordsOf(claim, 600)),
    facts.length ? el("p", { class: "facts" }, facts.join(" · ")) : null,
    store.session.labels.map(({ id }, at) => choice(
      id, at + 1, claim.values[id],
      (value) => setLabel(claim.key, id, value),
      { remark: probability(claim.scores?.[id]), disabled: off },
    )),
    el(
      "div",
      { class: "buttons" },
      button("accept", "Accept", "a", acceptClaim, { class: "primary", disabled: off }),
      button("holder", "Holder", "h", changeHolder, { disabled: off }),
      button("words", "Words", "w", () => beginSelection("words"), { disabled: off }),
      button("delete", claim.gone ? "Restore" : "Delete", "x", deleteClaim),
    ),
  );
}

/** Look at a claim. */
export function look(key) {
  store.tab = "claims";
  store.claim = key;
  changed("place");
  tell();
}

/** Say which claim is looked at. */
export function tell() {
  const claim = current();
  if (!claim) return;
  const at = store.doc.order.indexOf(claim.key) + 1;
  say(`Claim ${at} of ${store.doc.order.length}. ${claim.name}: ${inWords((label) => claim.values[label])}.`
    + `${claim.gone ? " Deleted." : claim.looked ? " Checked." : " To check."}`);
}

/** The next claim (or the one before), of all or of those to check. */
export function step(by, left = false) {
  const all = claims();
  if (!all.length) return;
  const at = all.findIndex((claim) => claim.key === store.claim);
  if (!left) {
    look(all[Math.min(all.length - 1, Math.max(0, at + by))].key);
    return;
  }
  const todo = [...all.slice(at + 1), ...all.slice(0, at)].find((one) => !one.looked && !one.gone);
  if (todo) look(todo.key);
  else say("Every claim of this document is checked. Press f to finish it.");
}

export async function acceptClaim() {
  const { claim: key } = store;
  const done = await decide(() => isThere(key) && { kind: "accept", claims: [key] });
  if (done && store.claim === key) step(1, true);
}

const isThere = (key) => store.doc.claims[key] && !store.doc.claims[key].gone;

export const acceptRest = () => decide(() => {
  const left = standing().filter((claim) => !claim.looked).map((claim) => claim.key);
  say(`${count(left.length, "claim")} accepted.`);
  return left.length ? { kind: "accept", claims: left } : null;
});

export const setLabel = (key, label, value) => decide(
  () => isThere(key) && { kind: "label", claim: key, values: { [label]: value } },
).then(tell);

export function cycleLabel(number, back) {
  const { claim: key } = store;
  const label = store.session.labels[number - 1]?.id;
  return decide(() => isThere(key) && label && {
    kind: "label", claim: key, values: { [label]: next(store.doc.claims[key].values[label], back) },
  }).then(tell);
}

export function clearLabels() {
  const { claim: key } = store;
  const values = Object.fromEntries(store.session.labels.map(({ id }) => [id, "neither"]));
  return decide(() => isThere(key) && { kind: "label", claim: key, values }).then(tell);
}

/** Delete a claim and go to the next one to check; or restore it, and stay. */
export async function deleteClaim() {
  const { claim: key } = store;
  let gone = false;
  const done = await decide(() => {
    if (!store.doc.claims[key]) return null;
    gone = !store.doc.claims[key].gone;
    return { kind: "delete", claim: key, gone };
  });
  if (done && gone && store.claim === key) step(1, true);
  else tell();
}

export function changeHolder() {
  const claim = current();
  if (!claim || claim.gone || store.doc.finished) return;
  pickHolder("Whose claim is it?", claim, (id) => decide(
    () => ({ kind: "holder", claim: claim.key, actor: id }),
  ));
}
