// Python counts code points, JavaScript UTF-16 units; few characters of a text are two units.

export class Offsets {
  constructor(text) {
    this.pairs = []; // the unit at which each surrogate pair begins
    for (const match of text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)) {
      this.pairs.push(match.index);
    }
  }

  /** The unit at which the code point `point` begins. */
  toUnits(point) {
    return point + this.#before((pair, number) => pair - number < point);
  }

  /** How many code points begin before `unit`. */
  toPoints(unit) {
    return unit - this.#before((pair) => pair + 1 < unit);
  }

  /** How many pairs `lies` holds for; it holds for the first ones or for none. */
  #before(lies) {
    let low = 0;
    let high = this.pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (lies(this.pairs[middle], middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
