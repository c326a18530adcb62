// The filters: what the form says, and which claims pass.
const form = document.getElementById("form");
const DATE = /^\d{4}(-\d{2}(-\d{2})?)?$/;

function wishes() {
  const value = (name) => (form.elements[name] ? form.elements[name].value.trim() : "");
  const number = (name) => (value(name) === "" ? null : Number(value(name)));
  return {
    words: folded(value("words")).split(/\s+/).filter(Boolean),
    actor: number("actor"), label: number("label"), side: value("side"), certainty: number("certainty"),
    voice: value("voice"), outlet: value("outlet"), from: date("from"), to: date("to"),
    view: value("view"), order: value("order"),
  };
}

// A date that is no date is marked and filters nothing.
function date(name) {
  const field = form.elements[name];
  if (!field) return "";
  const value = field.value.trim();
  const good = value === "" || DATE.test(value);
  field.setAttribute("aria-invalid", String(!good));
  return good ? value : "";
}

function passes(claim, wish) {
  if (wish.actor !== null && claim.actor !== wish.actor) return false;
  if (wish.voice && claim.voice !== wish.voice) return false;
  if (wish.outlet && claim.text.outlet !== wish.outlet) return false;
  return inTime(claim.text.date, wish) && onSide(claim, wish)
    && wish.words.every((word) => searchable(claim).includes(word));
}

// A year stands for all of its days: "2024" passes from 2024-06 on and up to 2024-06.
function inTime(when, { from, to }) {
  if (!from && !to) return true;
  if (!when) return false;
  return (!from || when.padEnd(10, "~") >= from) && (!to || when <= to.padEnd(10, "~"));
}

function onSide(claim, { side, label, certainty }) {
  const fits = (take) => (label === null || take[0] === label)
    && (side === "some" || side === "all" || take[1] === Number(side))
    && (certainty === null || take[3] === certainty);
  if (side !== "none" && claim.takes.some(fits)) return true;
  const none = claim.takes.length === 0 && (side === "none" || side === "all") && (label === null || side === "none");
  return none && (certainty === null || claim.near === certainty);
}

const surestFirst = (left, right) => left.uncertain - right.uncertain || right.surest - left.surest || left.index - right.index;
const dated = (claim) => claim.text.date || "";
const COMPARE = {
  documents: (left, right) => left.actor - right.actor || surestFirst(left, right),
  surest: surestFirst,
  name: (left, right) => places()[left.actor] - places()[right.actor] || surestFirst(left, right),
  oldest: (left, right) => (dated(left) === "") - (dated(right) === "") || compared(dated(left), dated(right)) || left.index - right.index,
  newest: (left, right) => (dated(left) === "") - (dated(right) === "") || compared(dated(right), dated(left)) || left.index - right.index,
};

// The place of each actor by name, reckoned once.
let kept = null;

function places() {
  if (kept === null) {
    kept = [];
    [...actors].sort((left, right) => byName(left.name, right.name)).forEach(({ index }, place) => { kept[index] = place; });
  }
  return kept;
}

function compared(left, right) {
  return left < right ? -1 : Number(left > right);
}

function fillChoices() {
  const fill = (select, values) => values.forEach(([value, text]) => select.add(new Option(text, value)));
  fill(form.elements.actor, actors.map(({ index, name }) => [index, name]).sort((left, right) => byName(left[1], right[1])));
  if (form.elements.outlet) {
    const outlets = [...new Set(texts.map(({ outlet }) => outlet).filter(Boolean))].sort(byName);
    fill(form.elements.outlet, outlets.map((outlet) => [outlet, outlet]));
  }
}
