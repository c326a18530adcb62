// One key for each thing that can be done, and the table of them that `?` shows.

import { $, el, inClosedDialog, isTyping } from "./dom.js";
import { isSelecting, isSelectionKey, selectionKey } from "./select.js";
import { idle, isBusy } from "./store.js";

const OFF = "stance-review-keys-off";

/** `table` holds groups of [keys, what they do, action]; an action gets the event. */
export function setUpKeys(table) {
  const actions = new Map();
  for (const [, lines] of table) {
    for (const [keys, , action] of lines) if (action) for (const key of keys) actions.set(key, action);
  }
  $("help-keys").append(...table.map(([title, lines]) => el(
    "section",
    {},
    el("h3", {}, title),
    el("dl", {}, lines.map(([keys, words]) => el(
      "div",
      {},
      el("dt", {}, shown(keys).map((key) => el("kbd", {}, NAMES[key] ?? key))),
      el("dd", {}, words),
    ))),
  )));
  $("keys-on").checked = localStorage.getItem(OFF) === null;
  $("keys-on").addEventListener("change", () => {
    if ($("keys-on").checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  });
  const handle = (event) => {
    if (document.querySelector("dialog[open]")) return null;
    if (isSelecting()) return selectionKey(event);
    return actions.get(name(event))?.(event);
  };
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
    if (isTyping(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const key = name(event);
    const isMine = isSelecting() ? isSelectionKey(event)
      : actions.has(key) && ($("keys-on").checked || key.startsWith("Ctrl")) && !isNative(event);
    if (!isMine) return;
    event.preventDefault();
    inTurn(() => handle(event), AT_ONCE.has(key));
  });
}

const AT_ONCE = new Set(["?", "Escape", "d"]);
let turn = Promise.resolve();
let waiting = 0;

/** Keys act one after the other: who types ahead of the answers gets what would come of it slowly. */
function inTurn(act, atOnce) {
  const run = () => Promise.resolve(act()).catch(() => {}).then(idle);
  if (atOnce) {
    act();
    return;
  }
  const first = waiting === 0 && !isBusy();
  waiting += 1;
  turn = (first ? run() : turn.then(idle).then(run)).finally(() => {
    waiting -= 1;
  });
}

const NAMES = { ArrowDown: "↓", ArrowUp: "↑", Escape: "Esc", Delete: "Del" };

/** Of many keys that do the same, the first and the last. */
const shown = (keys) => (keys.length > 4 ? [keys[0], "…", keys.at(-1)] : keys);

function name(event) {
  const control = event.ctrlKey || event.metaKey;
  if (event.altKey) return null;
  if (control) return `Ctrl ${event.shiftKey ? "Shift " : ""}${event.key.toLowerCase()}`;
  if (/^Digit\d$/.test(event.code) && event.shiftKey) return `Shift ${event.code.at(-1)}`;
  return event.key;
}

/** Keys that the element with the focus needs itself. */
function isNative(event) {
  const on = event.target;
  if (!(on instanceof HTMLElement) || inClosedDialog(on)) return false;
  const isArrow = event.key.startsWith("Arrow");
  if (on.matches("input[type=radio], [role=tab]") && isArrow) return true;
  if (on.id === "text" && isArrow) return true;
  return on.matches("button, a, input, summary") && ["Enter", " "].includes(event.key);
}
