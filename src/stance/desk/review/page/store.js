// What is shown, and the one way to change it: decisions go to the server one after the other.

import { documentOf, send } from "./api.js";
import { alertLine, closeAlert } from "./dom.js";
import { Offsets } from "./offsets.js";

export const store = {
  session: null,
  doc: null, // the document that is open, with `offsets`, `units` by claim, and `order`
  claim: null, // key of the claim that is looked at
  actor: null, // id of the actor that is looked at
  tab: "claims",
};

const listeners = [];
export const onChange = (listener) => listeners.push(listener);
/** Tell all parts of the page; `what` is document, claims or place. */
export const changed = (what) => listeners.forEach((listener) => listener(what));

let queue = Promise.resolve(true);
let pending = 0;

/** Whether a decision waits for its answer; `idle` is when none does. */
export const isBusy = () => pending > 0;
export const idle = () => queue;

export const claims = () => store.doc?.order.map((key) => store.doc.claims[key]) ?? [];
export const standing = () => claims().filter((claim) => !claim.gone);
export const current = () => store.doc?.claims[store.claim] ?? null;
export const actor = () => store.doc?.actors.find((one) => one.id === store.actor) ?? null;
export const short = (label) => store.session.labels.find((one) => one.id === label)?.short ?? label;

/** What a row of an actor says to a label. */
export const stanceOf = (row, label) => row.set?.[label] ?? row.said[label];

/** The spans of a claim in units. */
export function units(claim) {
  const { offsets } = store.doc;
  return claim.content.map(([start, end]) => [offsets.toUnits(start), offsets.toUnits(end)]);
}

export async function open(key, place = {}) {
  await queue;
  const found = await documentOf(key);
  const same = store.doc?.row.key === key;
  found.offsets = new Offsets(found.text);
  found.sentences = found.sentences
    .map(([start, end]) => [found.offsets.toUnits(start), found.offsets.toUnits(end)]);
  store.doc = found;
  merge(found);
  if (!same || !found.claims[store.claim]) {
    store.claim = (claims().find((claim) => !claim.looked && !claim.gone) ?? claims()[0])?.key ?? null;
  }
  store.claim = place.claim ?? store.claim;
  store.actor = place.actor
    ?? (found.actors.some((one) => one.id === store.actor) ? store.actor : found.actors[0]?.id ?? null);
  if (place.actor) store.tab = "actors";
  else if (!same) store.tab = "claims";
  history.replaceState(null, "", `#${key}`);
  changed("document");
}

function merge(found) {
  const { doc, session } = store;
  const { claims: fresh, order, actors, row, revision, finished, note, canUndo, canRedo } = found;
  Object.assign(doc, { order, actors, row, revision, finished, note, canUndo, canRedo });
  doc.claims = Object.fromEntries(order.map((key) => [key, fresh[key] ?? doc.claims[key]]));
  const at = session.documents.findIndex((one) => one.key === row.key);
  session.documents[at] = row;
}

/**
 * Carry out a decision. `make` gives it when its turn has come, or null for none; it sees what
 * the decisions before it have come to. Gives whether it was carried out: on false what was typed
 * is to be kept.
 */
export function decide(make) {
  pending += 1;
  const turn = queue.then(async () => {
    const { doc } = store;
    const decision = doc && make();
    if (!decision) return false;
    try {
      const found = await send(doc.row.key, doc.revision, decision);
      const touched = Object.keys(found.claims);
      const gone = doc.order.filter((key) => !found.order.includes(key));
      merge(found);
      closeAlert("refused");
      closeAlert("finished");
      if (found.remark) alertLine("note", found.remark);
      if (decision.kind === "undo" || decision.kind === "redo") follow(touched);
      if (gone.includes(store.claim)) store.claim = doc.order[0] ?? null;
      changed("claims");
      return true;
    } catch (error) {
      await refused(error, doc.row.key);
      return false;
    }
  });
  queue = turn.catch(() => false).finally(() => {
    pending -= 1;
  });
  return turn;
}

/** After an undo, what it changed is looked at. */
function follow(touched) {
  if (touched.length && touched.length < 20) {
    store.claim = store.doc.order.find((key) => touched.includes(key)) ?? store.claim;
  }
}

async function refused(error, key) {
  if (error.status !== 409) {
    alertLine("problem", error.message, "refused");
    return;
  }
  alertLine(
    "problem",
    "This document was changed in another tab. It is shown as it is now; your last change was not "
      + "made, and what you typed is still there: look, and do it again if it is still wanted.",
    "refused",
  );
  const found = await documentOf(key);
  if (store.doc.row.key !== key) return;
  store.doc.claims = {};
  merge(found);
  if (!store.doc.claims[store.claim]) store.claim = store.doc.order[0] ?? null;
  changed("claims");
}
