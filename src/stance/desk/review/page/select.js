// Words of the text are selected with the mouse, or with the keyboard alone.

import { $, count, el, say, visible } from "./dom.js";
import { pickClaim } from "./pick.js";
import { current, decide, store, units } from "./store.js";

let pane = null;
let span = null; // [start, end] in units
let mode = null; // "words" or "claim" while the keyboard selects, else null
let edge = "end"; // which end the arrows move
let before = null; // what had the focus before the keyboard selected

export const isSelecting = () => mode !== null;

export function setUpSelection(textPane) {
  pane = textPane;
  document.addEventListener("selectionchange", () => {
    if (mode || document.querySelector("dialog[open]")) return;
    span = store.doc && !store.doc.finished ? pane.selected() : null;
    draw();
  });
}

/** Select words for the current claim ("words") or for a new one ("claim"). */
export function beginSelection(wanted) {
  if (!store.doc || store.doc.finished) return null;
  if (span) return finish(wanted);
  const claim = current();
  if (wanted === "words" && (!claim || claim.gone)) return null;
  mode = wanted;
  edge = "end";
  before = document.activeElement;
  span = wanted === "words" ? [...units(claim)[0]] : sentenceAt(startPlace(claim));
  move(0);
  $("text").focus({ preventScroll: true });
  return null;
}

export function endSelection() {
  if (mode && document.activeElement === $("text") && before?.isConnected) before.focus();
  if (mode && document.activeElement === $("text")) $("text").blur();
  mode = null;
  span = null;
  getSelection().removeAllRanges();
  draw();
}

const LINES = { ArrowDown: 1, ArrowUp: -1 };
const WORDS = { ArrowRight: 1, ArrowLeft: -1 };

/** Whether a key is for the selection. */
export const isSelectionKey = (event) => !event.ctrlKey && !event.metaKey && !event.altKey
  && (event.key in LINES || event.key in WORDS || ["Enter", "Escape", "Tab"].includes(event.key));

/** Keys while the keyboard selects. */
export function selectionKey(event) {
  const { key } = event;
  if (key === "Enter") return finish(mode);
  if (key === "Escape") endSelection();
  else if (key === "Tab") {
    edge = edge === "end" ? "start" : "end";
    move(0);
  } else if (key in WORDS) move(WORDS[key], event.shiftKey);
  else if (key in LINES) {
    span = sentenceAt(LINES[key] > 0 ? span[1] : span[0] - 1, LINES[key]);
    edge = "end";
    move(0);
  }
  return null;
}

function startPlace(claim) {
  if (!claim) return pane.top();
  return units(claim).at(-1)[1];
}

/** The sentence at a place or, where it lies between two, the one in the direction of `by`. */
function sentenceAt(unit, by = 1) {
  const { sentences, text } = store.doc;
  if (!sentences.length) return [0, Math.min(200, text.length)];
  const at = sentences.findIndex(([, end]) => end > unit);
  const here = at < 0 ? sentences.length - 1 : by < 0 && sentences[at][0] > unit ? at - 1 : at;
  return [...sentences[Math.max(0, here)]];
}

function move(by, byCharacter = false) {
  const { text } = store.doc;
  let [start, end] = span;
  if (by && edge === "end") end = moved(text, end, by, byCharacter);
  if (by && edge === "start") start = moved(text, start, by, byCharacter);
  if (start < end) span = [start, end];
  pane.select(...span);
  pane.reveal(edge === "end" ? span[1] - 1 : span[0]);
  draw();
  say(`${edge === "end" ? "End" : "Beginning"}: ${visible(text.slice(...span), 300)}`);
}

/** The next border of a word, or of a character. */
function moved(text, unit, by, byCharacter) {
  const isSpace = (at) => /\s/.test(text[at]);
  let at = unit;
  if (byCharacter) {
    at += by;
    if (/[\udc00-\udfff]/.test(text[at] ?? "") && /[\ud800-\udbff]/.test(text[at - 1] ?? "")) at += by;
  } else if (by > 0) {
    while (at < text.length && isSpace(at)) at += 1;
    while (at < text.length && !isSpace(at)) at += 1;
    if (edge === "start") while (at < text.length && isSpace(at)) at += 1;
  } else {
    while (at > 0 && isSpace(at - 1)) at -= 1;
    while (at > 0 && !isSpace(at - 1)) at -= 1;
    if (edge === "end") while (at > 0 && isSpace(at - 1)) at -= 1;
  }
  return Math.min(text.length, Math.max(0, at));
}

const points = ([start, end]) => ({
  start: store.doc.offsets.toPoints(start), end: store.doc.offsets.toPoints(end),
});

function finish(wanted, extend = false) {
  const chosen = span;
  if (!chosen) return null;
  if (wanted === "words") {
    const claim = current();
    if (!claim) return null;
    return decide(() => ({
      kind: "words",
      claim: claim.key,
      content: [...(extend ? units(claim) : []), chosen].map(points),
    })).then((done) => done && endSelection());
  }
  pane.paint("stance-selection", [chosen]);
  const key = store.doc.row.key;
  pickClaim(store.doc.text.slice(...chosen), async (holder, values) => {
    const known = new Set(store.doc.order);
    const done = store.doc.row.key === key && await decide(() => ({
      kind: "add", holder, content: [points(chosen)], values: { ...values },
    }));
    if (done) {
      store.claim = store.doc.order.find((one) => !known.has(one)) ?? store.claim;
      endSelection();
    }
    return done;
  });
  return null;
}

function draw() {
  const bar = $("selection");
  if (pane) pane.paint("stance-selection", []);
  bar.hidden = !span;
  if (!span) return;
  const claim = current();
  const number = claim ? store.doc.order.indexOf(claim.key) + 1 : 0;
  const button = (text, key, act) => el(
    "button", { type: "button", onmousedown: (event) => event.preventDefault(), onclick: act },
    text, " ", el("kbd", {}, key),
  );
  const hint = mode
    ? `Arrows: the ${edge} by words, with Shift by characters, up and down by sentences. Tab: the other end.`
    : `${count([...store.doc.text.slice(...span)].length, "character")} selected`;
  bar.replaceChildren(
    el("p", { class: "hint" }, hint),
    el("div", { class: "buttons" }, [
      mode !== "words" ? button("Add as a claim", mode ? "Enter" : "m", () => finish("claim")) : null,
      mode !== "claim" && claim
        ? button(`Make them the words of claim ${number}`, mode ? "Enter" : "w", () => finish("words")) : null,
      !mode && claim ? button(`Add them to claim ${number}`, "+", () => finish("words", true)) : null,
      button("Cancel", "Esc", endSelection),
    ]),
  );
}

export const extendWords = () => span && finish("words", true);
