// How far this annotator and another agree, and where they do not.

import { agreements } from "./api.js";
import { $, count, el } from "./dom.js";
import { nameOf } from "./list.js";
import { short, store } from "./store.js";

export async function showAgreement(openAt) {
  const body = $("agreement-body");
  body.replaceChildren(el("p", {}, "Counting …"));
  $("agreement").showModal();
  const found = await agreements();
  body.replaceChildren(...(found.length ? found.map((one) => pair(one, openAt)) : [el(
    "p",
    {},
    "Nobody else has labelled these documents yet. A second person starts stance review with the "
      + "same --labels and another --annotator, or sends a labels file that you save beside yours "
      + "under that person’s name: labels.NAME.jsonl.",
  )]));
}

function pair(one, openAt) {
  const words = ({ value, cases }) => (cases === 0 ? "no cases"
    : value === null ? `all alike (n = ${cases})` : `${value.toFixed(3)} (n = ${cases})`);
  return el(
    "section",
    {},
    el("h3", {}, `${one.one} and ${one.other}`),
    el("p", {}, one.documents
      ? `${count(one.documents, "document")} finished by both; ${one.both} of ${count(one.either, "actor")} listed by both.`
      : `${one.other} has finished ${count(one.finished, "document")}; none of them is finished by you yet.`),
    one.documents ? el(
      "table",
      {},
      el("caption", {}, "Krippendorff’s alpha (nominal) over actors and labels; cases in which one of them says “either” are not counted "
        + `(${one.open}).`),
      el("tbody", {}, [["all labels", one.all], ...Object.entries(one.labels).map(([label, alpha]) => [short(label), alpha])]
        .map(([name, alpha]) => el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, words(alpha))))),
    ) : null,
    one.differences.length ? el("h4", {}, `Where they differ (${one.differences.length})`) : null,
    one.differences.length ? el("div", { class: "wide", tabindex: "0", role: "region", "aria-label": "Differences" }, el(
      "table",
      {},
      el("thead", {}, el("tr", {}, ["Document", "Actor", "Label", one.one, one.other].map((name) => el("th", { scope: "col" }, name)))),
      el("tbody", {}, one.differences.map((difference) => line(difference, openAt))),
    )) : null,
  );
}

function line(difference, openAt) {
  const row = store.session.documents.find(({ key }) => key === difference.sha256);
  return el(
    "tr",
    {},
    el("td", {}, el("button", {
      type: "button", class: "link", onclick: () => openAt(difference.sha256, difference.actor),
    }, row ? row.title || nameOf(row.id) : difference.sha256.slice(0, 8))),
    el("td", {}, difference.name),
    el("td", {}, difference.label ? short(difference.label) : "(listed)"),
    el("td", {}, difference.one),
    el("td", {}, difference.other),
  );
}
