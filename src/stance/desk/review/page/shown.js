// What stands around the text: the document's name, the progress, the buttons.

import { $, count, el } from "./dom.js";
import { nameOf } from "./list.js";
import { claims, standing, store, units } from "./store.js";

/** The claims as the text shows them. */
export function marks() {
  return claims().map((claim, index) => {
    const values = new Set(Object.values(claim.values));
    const both = values.has("supports") && values.has("opposes");
    const look = both ? "both" : ["supports", "opposes", "either"].find((one) => values.has(one)) ?? "neither";
    return { key: claim.key, spans: claim.gone ? [] : units(claim), look, number: String(index + 1) };
  });
}

/** Which document it is. */
export function drawHead() {
  const { doc } = store;
  $("title").textContent = doc.row.title || nameOf(doc.row.id);
  const about = [
    doc.row.title ? doc.row.id : null, doc.row.date, doc.outlet,
    doc.speaker ? `speech of ${doc.speaker}` : null,
    doc.row.copies ? `${count(doc.row.copies, "copy", "copies")} of the same text not shown` : null,
    ...doc.warnings,
  ].filter(Boolean);
  $("about").textContent = about.join(" · ");
  document.title = `${$("title").textContent} · stance review`;
}

/** How far the work has come, and what can be done now. */
export function drawState() {
  const { doc, session: known } = store;
  const done = known.documents.filter((row) => row.finished).length;
  const left = known.documents.reduce((sum, row) => sum + (row.finished ? 0 : row.left), 0);
  $("bar").max = known.documents.length;
  $("bar").value = done;
  $("progress-text").textContent = `${done.toLocaleString("en")} of ${count(known.documents.length, "document")} done · `
    + `${count(left, "claim")} to check, ${doc.finished ? 0 : doc.row.left} here`;
  $("undo").disabled = !doc.canUndo;
  $("redo").disabled = !doc.canRedo;
  document.body.classList.toggle("finished", doc.finished);
  $("finish").replaceChildren(doc.finished ? "Reopen " : "Finish document ", el("kbd", {}, doc.finished ? "r" : "f"));
  $("open-note").replaceChildren(doc.note ? "Note ● " : "Note ", el("kbd", {}, "t"));
  $("count-claims").textContent = String(standing().length);
  $("count-actors").textContent = String(doc.actors.filter((row) => row.listed && row.kind !== "person").length);
  $("accept-rest").disabled = doc.finished || !doc.row.left;
  $("add-claim").disabled = doc.finished;
  $("add-actor").disabled = doc.finished;
}
