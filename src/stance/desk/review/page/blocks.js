// The blocks of a text: where they begin and end, and which of them holds a place.

const PIECE = 12000; // units of one block: a change draws one block anew, and no more

/** The last of `items` for which `holds` is true; it is for the first ones or for none. */
export function last(items, holds) {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(items[middle])) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

/** How a place is marked on which several claims lie. */
export function lookOf(claims) {
  const looks = new Set(claims.map((claim) => claim.look));
  if (looks.has("supports") && looks.has("opposes")) return "both";
  return ["both", "supports", "opposes", "either"].find((look) => looks.has(look)) ?? "neither";
}

/** Where blocks begin and end: behind a line end, else a sentence, else anywhere. */
export function* pieces(text, sentences) {
  let start = 0;
  let next = 0;
  while (text.length - start > PIECE) {
    const most = start + PIECE;
    let end = text.lastIndexOf("\n", most) + 1;
    if (end <= start + PIECE / 4) {
      while (next < sentences.length && sentences[next][0] <= most) next += 1;
      end = next ? sentences[next - 1][0] : 0;
    }
    if (end <= start + PIECE / 4) {
      const low = text.charCodeAt(most);
      end = low >= 0xdc00 && low <= 0xdfff ? most - 1 : most;
    }
    yield [start, end];
    start = end;
  }
  yield [start, text.length];
}
