// The data of the page: lists (see data.py) made into objects, once.
const data = JSON.parse(document.getElementById("data").textContent);
const actors = data.actors.map(([name, kind, documents, of, outlets, cells], index) => (
  { index, name, kind, documents, of, outlets, cells }));
const texts = data.texts.map(([title, name, outlet, date, speaker, reviewed]) => (
  { title: title || name, name: title && title !== name ? name : "", outlet, date, speaker, reviewed }));
const claims = data.claims.map(([actor, text, takes, near, voice, said, notes, segments], index) => ({
  index, actor, text: texts[text], takes, near, voice, said, notes, segments,
  surest: takes.reduce((best, take) => Math.max(best, take[2]), 0),
  uncertain: takes.length > 0 && takes.every((take) => take[3]),
}));
const SIDES = ["supports", "opposes"];
const [SOURCE, CUE, CONTENT] = [1, 2, 4];

// The words in which a claim is searched: made at the first search, kept.
function searchable(claim) {
  if (claim.words === undefined) {
    const passage = claim.segments.filter((_, at) => at % 2 === 1).join("");
    const { title, name, outlet } = claim.text;
    claim.words = folded([actors[claim.actor].name, claim.said, passage, title, name, outlet].join("\n"));
  }
  return claim.words;
}

// Lower case, without accents.
function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

const byName = new Intl.Collator("en").compare;

// "1 claim", "1,200 claims".
function many(number, word) {
  return `${number.toLocaleString("en-US")} ${word}${number === 1 ? "" : "s"}`;
}
