// The list of documents: which are done, which are left, the most uncertain first.

import { $, el } from "./dom.js";
import { store } from "./store.js";

const AT_ONCE = 200;
let most = AT_ONCE;

export function drawList(choose) {
  const wanted = $("filter").value.trim().toLowerCase();
  const which = $("which").value;
  const rows = store.session.documents.filter((row) => (
    (which === "all" || row.finished === (which === "done"))
    && (!wanted || `${row.title} ${row.id} ${row.date}`.toLowerCase().includes(wanted))
  ));
  $("document-list").replaceChildren(...rows.slice(0, most).map((row) => el(
    "li",
    {},
    el(
      "button",
      {
        type: "button",
        class: row.finished ? "document done" : row.begun ? "document begun" : "document",
        "aria-current": row.key === store.doc?.row.key ? "true" : null,
        onclick: () => choose(row.key),
      },
      el("span", { class: "name" }, row.title || nameOf(row.id)),
      el("span", { class: "remark" }, remarkOf(row)),
    ),
  )));
  if (!rows.length) $("document-list").replaceChildren(el("li", { class: "empty" }, "No document is like that."));
  $("more").hidden = rows.length <= most;
  $("more").textContent = `Show more (${(rows.length - most).toLocaleString("en")})`;
}

/** The file without its folders. */
export const nameOf = (id) => id.split("/").at(-1) || id;

function remarkOf(row) {
  const parts = [];
  if (row.date) parts.push(row.date);
  if (row.finished) parts.push("done");
  else if (!row.claims) parts.push("no claims");
  else parts.push(row.left ? `${row.left.toLocaleString("en")} to check` : "all checked");
  if (row.uncertain && !row.finished) parts.push(`${row.uncertain} uncertain`);
  return parts.join(" · ");
}

export function setUpList(choose) {
  const again = () => {
    most = AT_ONCE;
    drawList(choose);
  };
  $("filter").addEventListener("input", again);
  $("which").addEventListener("change", again);
  $("more").addEventListener("click", () => {
    most += AT_ONCE;
    drawList(choose);
  });
}

/** The document after the one that is open (by -1: before it); of those not done where `left`. */
export function neighbour(by, left = false) {
  const all = store.session.documents;
  const at = all.findIndex((row) => row.key === store.doc?.row.key);
  if (!left) return all[at + by]?.key ?? null;
  const rest = [...all.slice(at + 1), ...all.slice(0, Math.max(0, at))];
  return rest.find((row) => !row.finished)?.key ?? null;
}
