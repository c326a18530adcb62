// Elements are made here, and text is only ever text.

export const $ = (id) => document.getElementById(id);

/** An element with attributes, listeners (`onclick`) and children: elements or strings. */
export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key in made && typeof value === "boolean") made[key] = value;
    else made.setAttribute(key, value === true ? "" : String(value));
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

export const HIDDEN = /(?![\u00ad\u200c\u200d\t\n\r])[\p{Cc}\p{Cf}\p{Cs}]/u;
const ALL_HIDDEN = new RegExp(HIDDEN.source, "gu");

/** `text` on one line; what would be hidden, or turn the line round, as its number. */
export function visible(text, most = Infinity) {
  const shown = text.slice(0, most * 2).replace(/\s+/g, " ").replace(ALL_HIDDEN, code);
  return shown.length > most ? `${shown.slice(0, most).trimEnd()}…` : shown;
}

export function code(character) {
  return `<U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}>`;
}

/** Tell those who listen to the page. */
export function say(line) {
  $("said").textContent = line;
}

/** A line at the top until it is closed; `kind` is problem, note or offline. */
export function alertLine(kind, line, id = null) {
  if (id !== null) closeAlert(id);
  const box = el("div", { class: `alert ${kind}`, role: kind === "note" ? "status" : "alert" });
  if (id !== null) box.dataset.id = id;
  box.append(
    el("p", {}, line),
    el("button", { type: "button", "aria-label": "Close this message", onclick: () => box.remove() }, "×"),
  );
  $("alerts").append(box);
  while ($("alerts").childElementCount > 4) $("alerts").firstElementChild.remove();
}

export function closeAlert(id) {
  for (const box of [...$("alerts").children]) if (box.dataset.id === id) box.remove();
}

/** A dialog that is closed keeps the focus until the next frame: its keys are the page's. */
export const inClosedDialog = (target) => target.closest("dialog:not([open])") !== null;

/** Whether keys belong to a field in which something is typed. */
export function isTyping(target) {
  return target instanceof HTMLElement && !inClosedDialog(target)
    && (target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])")
      || target.isContentEditable);
}

export const count = (n, one, many = `${one}s`) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
