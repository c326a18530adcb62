// Claims and actors as elements. Every text goes in as text, never as markup.
function isolated(text) {
  const element = document.createElement("bdi");
  element.textContent = text;
  return element;
}

function claimElement(claim, withHolder) {
  const element = document.getElementById("claim-template").content.firstElementChild.cloneNode(true);
  const part = (name) => element.querySelector(`.${name}`);
  element.classList.toggle("unsure", claim.uncertain);
  if (withHolder) {
    part("holder").hidden = false;
    part("holder").append(isolated(actors[claim.actor].name));
  }
  part("takes").append(...(claim.takes.length ? claim.takes.map(takeElement) : [noSide(claim)]));
  part("passage").append(...segmentNodes(claim.segments));
  part("said").append(isolated(claim.said));
  part("where").append(...whereNodes(claim));
  return element;
}

// As `stance predict` shows it: half up, and never 1.00.
function shownProbability(probability) {
  return probability + 1e-9 >= 0.995 ? ">0.99" : (probability + 1e-9).toFixed(2);
}

function takeElement([label, side, probability, uncertain]) {
  const element = document.createElement("li");
  element.className = `take ${SIDES[side]}${uncertain ? " unsure" : ""}`;
  element.append(`${SIDES[side]} `, isolated(data.labels[label]), " ", spanOf("probability", shownProbability(probability)));
  if (uncertain) element.append(" ", spanOf("flag", "uncertain"));
  return element;
}

function noSide(claim) {
  const element = document.createElement("li");
  element.className = "take no";
  element.textContent = claim.near ? "takes no side (nearly)" : "takes no side";
  return element;
}

function segmentNodes(segments) {
  const nodes = [];
  for (let at = 0; at < segments.length; at += 2) {
    const [roles, text] = [segments[at], segments[at + 1]];
    const names = [[CONTENT, "content"], [SOURCE, "source"], [CUE, "cue"]].filter(([role]) => roles & role).map(([, name]) => name);
    if (!names.length) {
      nodes.push(text);
      continue;
    }
    const element = document.createElement(roles & CONTENT ? "mark" : "span");
    element.className = names.join(" ");
    element.textContent = text;
    nodes.push(element);
  }
  return nodes;
}

function whereNodes({ text, notes }) {
  const nodes = [isolated(text.title)];
  if (text.outlet) nodes.push(" · ", isolated(text.outlet));
  if (text.date) nodes.push(` · ${text.date}`);
  if (text.speaker) nodes.push(" · speaker: ", isolated(text.speaker));
  if (text.name) nodes.push(" · ", isolated(text.name));
  if (text.reviewed) nodes.push(" · reviewed by a person");
  notes.forEach((note) => nodes.push(` · ${note}`));
  return nodes;
}

function spanOf(name, text) {
  const element = document.createElement("span");
  element.className = name;
  element.textContent = text;
  return element;
}

function actorElement(actor, own) {
  const element = document.getElementById("actor-template").content.firstElementChild.cloneNode(true);
  element.id = `actor-${actor.index}`;
  element.querySelector("h3").append(isolated(actor.name));
  const where = actor.documents ? `${many(actor.documents, "document")}${actor.outlets ? `, ${many(actor.outlets, "outlet")}` : ""}; ` : "";
  element.querySelector(".sources").textContent = `${where}${many(own.length, "claim")}`;
  element.querySelector(".takes").append(...actor.cells.map(chipElement));
  element.addEventListener("toggle", () => {
    const inside = element.querySelector(".inside");
    if (element.open && !inside.firstChild) fillInside(inside, own);
  });
  return element;
}

function chipElement([label, side, documents, highest, uncertain]) {
  const all = uncertain === documents;
  const element = takeElement([label, side, highest, all]);
  if (documents > 1) element.querySelector(".probability").before("up to ");
  element.querySelector(".probability").after(" ", spanOf("count", `in ${many(documents, "document")}`));
  if (uncertain && !all) element.append(" ", spanOf("flag", `${uncertain} uncertain`));
  return element;
}

// The claims of one actor: the certain ones, then the others under a heading of their own.
function fillInside(inside, own, all = false, withHolder = false) {
  const sure = own.filter((claim) => !claim.uncertain);
  const unsure = own.filter((claim) => claim.uncertain);
  const make = (claim) => claimElement(claim, withHolder);
  if (sure.length) page(inside, sure, all, make);
  if (!unsure.length) return;
  const heading = document.createElement("h4");
  heading.textContent = `Uncertain (${unsure.length.toLocaleString("en-US")})`;
  const rest = document.createElement("div");
  inside.append(heading, rest);
  page(rest, unsure, all, make);
}

// Puts `items` into `box`, `PAGE` at a time, with a button for the next ones behind them.
const PAGE = 50;

function page(box, items, all, make) {
  const shown = document.createElement("div");
  box.append(shown);
  let at = 0;
  const button = document.createElement("button");
  const next = () => {
    const upTo = all ? items.length : at + PAGE;
    const fresh = items.slice(at, upTo).map(make);
    shown.append(...fresh);
    at += fresh.length;
    button.hidden = at >= items.length;
    button.textContent = `Show ${Math.min(PAGE, items.length - at)} more of ${(items.length - at).toLocaleString("en-US")}`;
    return fresh[0];
  };
  next();
  button.type = "button";
  button.addEventListener("click", () => {
    const first = next();
    first.tabIndex = -1;
    first.focus();
  });
  if (!button.hidden) box.append(button);
}
