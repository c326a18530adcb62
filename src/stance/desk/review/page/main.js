// The page: which document is open, what is shown of it, and what the keys do.

import { acceptActor, addActor, clearStances, cycleStance, drawActors, listActor, stepActor } from "./actors.js";
import { showAgreement } from "./agreement.js";
import { session } from "./api.js";
import {
  acceptClaim, acceptRest, changeHolder, clearLabels, cycleLabel, deleteClaim, drawClaims, look, step, tell,
} from "./claims.js";
import { $, alertLine, closeAlert, count, el, isTyping, say } from "./dom.js";
import { setUpKeys } from "./keys.js";
import { drawList, neighbour, setUpList } from "./list.js";
import { setUpPick } from "./pick.js";
import { beginSelection, endSelection, extendWords, setUpSelection } from "./select.js";
import { drawHead, drawState, marks } from "./shown.js";
import { current, decide, onChange, open, short, standing, stanceOf, store } from "./store.js";
import { TextPane } from "./text.js";

const pane = new TextPane($("text"), (keys) => {
  const at = keys.indexOf(store.claim);
  look(keys[(at + 1) % keys.length]);
});

function drawPlace() {
  for (const tab of ["claims", "actors"]) {
    const chosen = store.tab === tab;
    $(`panel-${tab}`).hidden = !chosen;
    $(`tab-${tab}`).setAttribute("aria-selected", String(chosen));
    $(`tab-${tab}`).tabIndex = chosen ? 0 : -1;
  }
  const claim = current();
  const place = (span) => span && [store.doc.offsets.toUnits(span.start), store.doc.offsets.toUnits(span.end)];
  const shown = claim && !claim.gone ? claim : null;
  pane.paint("stance-source", [place(shown?.source)].filter(Boolean));
  pane.paint("stance-cue", [place(shown?.cue)].filter(Boolean));
}

let shownClaim = null;
onChange((what) => {
  if (what === "document") {
    endSelection();
    drawHead();
    pane.show(store.doc.text, store.doc.sentences, marks());
  } else if (what === "claims") {
    pane.update(marks());
  }
  drawPlace();
  drawClaims(what === "document");
  drawActors();
  drawState();
  if (what !== "place") drawList(go);
  if (what === "document" || shownClaim !== store.claim) pane.current(store.claim);
  shownClaim = store.claim;
});

// ---- what can be done

async function go(key, place) {
  if (!key) {
    say("There is no further document.");
    return;
  }
  closeAlert("finished");
  try {
    await open(key, place);
    $("document-list").querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
    say(`${$("title").textContent}. ${count(store.doc.order.length, "claim")}, ${store.doc.row.left} to check.`);
  } catch (error) {
    alertLine("problem", error.status ? error.message : "stance review does not answer; is it still running?", "refused");
  }
}

function showTab(tab) {
  store.tab = tab;
  drawPlace();
  if (tab === "actors") drawActors();
  tell();
}

const otherTab = () => showTab(store.tab === "claims" ? "actors" : "claims");
const onClaims = (claimAction, actorAction) => (event) => (
  store.doc && (store.tab === "claims" ? claimAction(event) : actorAction(event))
);

async function finish() {
  if (store.doc.finished) return;
  const { left } = store.doc.row;
  const torn = store.doc.actors.flatMap((row) => row.torn
    .filter((label) => !row.set?.[label] && stanceOf(row, label) === "either")
    .map((label) => `${row.name}, ${short(label)}`));
  const persons = standing().filter((claim) => claim.holder.startsWith("person:")).length;
  if (!left && !torn.length) {
    await reallyFinish();
    return;
  }
  $("done-text").replaceChildren(...[
    left ? `${count(left, "claim has", "claims have")} not been checked: ${left === 1 ? "it is taken as it is" : "they are taken as they are"} shown.` : null,
    torn.length ? `Claims support and oppose the same: either, unless you set it: ${torn.join("; ")}.` : null,
    persons ? `${count(persons, "claim is held by a person", "claims are held by persons")} and not written.` : null,
  ].filter(Boolean).map((line) => el("p", {}, line)));
  $("done").showModal();
}

async function reallyFinish() {
  const done = await decide(() => ({ kind: "finish" }));
  if (!done) return;
  $("done").close();
  const next = neighbour(1, true);
  if (next) await go(next);
  alertLine("note", next
    ? `Finished: its labels are in ${store.session.labelsFile}. This is the next document.`
    : `Finished: all documents are done, and their labels are in ${store.session.labelsFile}.`, "finished");
}

const reopen = () => decide(() => (store.doc.finished ? { kind: "reopen" } : null));
const undo = () => decide(() => (store.doc.canUndo ? { kind: "undo" } : null)).then(tell);
const redo = () => decide(() => (store.doc.canRedo ? { kind: "redo" } : null)).then(tell);

function showNote() {
  $("note-text").value = store.doc.note;
  $("note-text").readOnly = store.doc.finished;
  $("note-problem").textContent = "";
  $("note").showModal();
  $("note-text").focus();
}

async function saveNote(event) {
  event?.preventDefault();
  const text = $("note-text").value;
  if (text === store.doc.note || await decide(() => ({ kind: "note", text }))) $("note").close();
  else $("note-problem").textContent = "Not saved: see the message at the top. Your words are still here; save again, or cancel.";
}

function toggleDocuments() {
  const hidden = document.body.classList.toggle("no-documents");
  $("open-documents").setAttribute("aria-expanded", String(!hidden));
  if (!hidden) $("filter").focus();
}

const DIGITS = [..."123456789"];
const KEYS = [
  ["Claims", [
    [["j", "ArrowDown"], "next claim (or actor)", onClaims(() => step(1), () => stepActor(1))],
    [["k", "ArrowUp"], "the one before", onClaims(() => step(-1), () => stepActor(-1))],
    [["n"], "next claim to check", () => step(1, true)],
    [["a", "Enter"], "accept", onClaims(acceptClaim, acceptActor)],
    [["A"], "accept all that is left", acceptRest],
    [DIGITS, "label by number: neither → supports → opposes → either",
      onClaims((event) => cycleLabel(Number(event.key)), (event) => cycleStance(Number(event.key)))],
    [DIGITS.map((digit) => `Shift ${digit}`), "the same backwards", onClaims(
      (event) => cycleLabel(Number(event.code.at(-1)), true),
      (event) => cycleStance(Number(event.code.at(-1)), true),
    )],
    [["0"], "all labels neither (an actor: as its claims say)", onClaims(clearLabels, clearStances)],
    [["h"], "change the holder", onClaims(changeHolder, () => {})],
    [["w"], "change the words", () => beginSelection("words")],
    [["+"], "add the selected words to the claim", extendWords],
    [["x", "Delete"], "delete or restore (an actor: not in the text)", onClaims(deleteClaim, listActor)],
    [["m"], "add a missed claim (or actor)", onClaims(() => beginSelection("claim"), addActor)],
    [["v"], "claims or actors", otherTab],
  ]],
  ["Document", [
    [["z", "Ctrl z"], "undo, as often as you like", undo],
    [["y", "Ctrl y", "Ctrl Shift z"], "do again", redo],
    [["t"], "note", showNote],
    [["f"], "finish: its labels are written", finish],
    [["r"], "reopen a finished document", reopen],
    [["]"], "next document", () => go(neighbour(1))],
    [["["], "document before", () => go(neighbour(-1))],
    [["d"], "list of documents", toggleDocuments],
    [["g"], "agreement with another annotator", () => showAgreement(openAt)],
    [["?"], "this help", () => $("help").showModal()],
    [["Escape"], "close; drop the selection", () => endSelection()],
  ]],
  ["Selecting words by keyboard (after w or m)", [
    [["←", "→"], "move the end by a word; with Shift by a character"],
    [["↑", "↓"], "the sentence before or after"],
    [["Tab"], "move the other end"],
    [["Enter"], "done"],
  ]],
];

function openAt(key, id) {
  $("agreement").close();
  go(key, { actor: id });
}

function setUp() {
  setUpPick();
  setUpSelection(pane);
  setUpList(go);
  setUpKeys(KEYS);
  for (const [id, act] of [
    ["open-documents", toggleDocuments], ["open-agreement", () => showAgreement(openAt)],
    ["open-help", () => $("help").showModal()], ["undo", undo], ["redo", redo], ["open-note", showNote],
    ["finish", () => (store.doc.finished ? reopen() : finish())],
    ["tab-claims", () => showTab("claims")], ["tab-actors", () => showTab("actors")],
    ["add-claim", () => beginSelection("claim")], ["accept-rest", acceptRest], ["add-actor", addActor],
  ]) $(id).addEventListener("click", () => store.doc && act());
  for (const tab of ["claims", "actors"]) {
    $(`tab-${tab}`).addEventListener("keydown", (event) => {
      if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
      otherTab();
      $(`tab-${store.tab}`).focus();
    });
  }
  $("note-form").addEventListener("submit", saveNote);
  $("note-text").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) saveNote(event);
  });
  $("done-form").addEventListener("submit", (event) => {
    event.preventDefault();
    reallyFinish();
  });
  for (const button of document.querySelectorAll("dialog .cancel")) {
    button.addEventListener("click", () => button.closest("dialog").close());
  }
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.addEventListener("keydown", (event) => {
      if (event.key === "?" && dialog.id === "help" && !isTyping(event.target)) dialog.close();
    });
  }
}

async function begin() {
  setUp();
  store.session = await session();
  const { session: known } = store;
  $("issue").textContent = `${known.issue} · ${known.annotator}`;
  if (matchMedia("(max-width: 60rem)").matches) toggleDocuments();
  for (const remark of known.remarks) alertLine("note", remark);
  const wanted = location.hash.slice(1);
  const row = known.documents.find(({ key }) => key === wanted)
    ?? known.documents.find(({ finished }) => !finished) ?? known.documents[0];
  await go(row.key);
}

begin().catch((error) => {
  alertLine("problem", `The page cannot begin: ${error.message}. Reload it when stance review runs.`);
});
