// The text of a document: every character in its place, claims marked, places found both ways.

import { last, lookOf, pieces } from "./blocks.js";
import { HIDDEN, code } from "./dom.js";

export class TextPane {
  /** `choose(keys)` is called with the claims of a place that is clicked. */
  constructor(root, choose) {
    this.root = root;
    this.starts = new WeakMap(); // where each text node begins, in units
    root.addEventListener("click", (event) => {
      const mark = event.target.closest?.("mark");
      if (mark && getSelection().isCollapsed) choose(mark.dataset.keys.split(" "));
    });
  }

  /** Show a text; `claims` are {key, spans, look, number}, spans in units, in their order. */
  show(text, sentences, claims) {
    this.text = text;
    this.root.replaceChildren();
    this.blocks = [];
    for (const [start, end] of pieces(text, sentences)) {
      const block = document.createElement("div");
      block.className = "block";
      this.blocks.push({ start, end, block, nodes: [] });
      this.root.append(block);
    }
    this.claims = new Map(claims.map((claim) => [claim.key, claim]));
    this.#assign();
    for (const one of this.blocks) this.#draw(one);
    this.root.scrollTop = 0;
  }

  /** Draw anew what is other than before. */
  update(claims) {
    const before = this.claims;
    this.claims = new Map(claims.map((claim) => [claim.key, claim]));
    const dirty = new Set();
    for (const key of new Set([...before.keys(), ...this.claims.keys()])) {
      const [old, now] = [before.get(key), this.claims.get(key)];
      if (old && now && old.look === now.look && old.number === now.number
        && String(old.spans) === String(now.spans)) continue;
      for (const claim of [old, now]) {
        for (const [start, end] of claim?.spans ?? []) {
          for (let i = this.#blockAt(start); i < this.blocks.length; i += 1) {
            if (this.blocks[i].start >= end) break;
            dirty.add(this.blocks[i]);
          }
        }
      }
    }
    this.#assign();
    for (const one of dirty) this.#draw(one);
    this.current(this.currentKey, false);
  }

  /** Show which claim is looked at, and bring it into view. */
  current(key, scroll = true) {
    for (const mark of this.root.querySelectorAll("mark.current")) mark.classList.remove("current");
    this.currentKey = key;
    const claim = this.claims.get(key);
    if (!claim) return;
    let first = null;
    for (const [start] of claim.spans) {
      for (let i = this.#blockAt(start); i < this.blocks.length; i += 1) {
        const marks = [...this.blocks[i].block.querySelectorAll("mark")]
          .filter((mark) => mark.dataset.keys.split(" ").includes(key));
        if (!marks.length) break;
        for (const mark of marks) mark.classList.add("current");
        first ??= marks[0];
      }
    }
    if (first && scroll) first.scrollIntoView({ block: "nearest" });
    const rest = claim.spans.at(-1);
    if (scroll && rest) this.reveal(rest[1] - 1);
    if (scroll && first) this.reveal(claim.spans[0][0]);
  }

  /** Paint places beside the marks: who says it, and by which word. */
  paint(name, spans) {
    if (!globalThis.CSS?.highlights) return;
    const ranges = spans.map(([start, end]) => this.range(start, end)).filter(Boolean);
    CSS.highlights.set(name, new Highlight(...ranges));
  }

  /** The DOM range of a span in units. */
  range(start, end) {
    const [from, to] = [this.#point(start, false), this.#point(end, true)];
    if (!from || !to) return null;
    const range = document.createRange();
    range.setStart(...from);
    range.setEnd(...to);
    return range;
  }

  select(start, end) {
    const range = this.range(start, end);
    if (!range) return;
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  /** Scroll so that a place is seen with some lines around it. */
  reveal(unit) {
    const range = this.range(unit, Math.min(unit + 1, this.text.length));
    range?.startContainer.parentElement.scrollIntoView({ block: "nearest" });
    const box = range?.getBoundingClientRect();
    if (!box) return;
    const pane = this.root.getBoundingClientRect();
    const margin = Math.min(80, pane.height / 4);
    if (box.top < pane.top + margin) this.root.scrollTop -= pane.top + margin - box.top;
    if (box.bottom > pane.bottom - margin) this.root.scrollTop += box.bottom - pane.bottom + margin;
  }

  /** The span that is selected in the text, in units, or null. */
  selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(this.root)) return null;
    const start = this.root.contains(range.startContainer)
      ? this.#unit(range.startContainer, range.startOffset) : 0;
    const end = this.root.contains(range.endContainer)
      ? this.#unit(range.endContainer, range.endOffset) : this.text.length;
    return start < end ? [start, end] : null;
  }

  /** The first unit that is seen. */
  top() {
    const pane = this.root.getBoundingClientRect();
    const seen = this.blocks.find(({ block }) => block.getBoundingClientRect().bottom > pane.top + 8);
    for (const [start, node] of seen?.nodes ?? []) {
      const range = document.createRange();
      range.selectNodeContents(node);
      if (range.getBoundingClientRect().bottom > pane.top + 8) return start;
    }
    return seen?.start ?? 0;
  }

  #assign() {
    for (const one of this.blocks) one.claims = [];
    for (const claim of this.claims.values()) {
      for (const [start, end] of claim.spans) {
        for (let i = this.#blockAt(start); i < this.blocks.length; i += 1) {
          if (this.blocks[i].start >= end) break;
          this.blocks[i].claims.push([start, end, claim]);
        }
      }
    }
  }

  #draw(one) {
    const cuts = new Set([one.start, one.end]);
    const begins = new Map();
    const ends = new Map();
    for (const [start, end, claim] of one.claims) {
      const [from, to] = [Math.max(start, one.start), Math.min(end, one.end)];
      cuts.add(from).add(to);
      begins.set(from, [...(begins.get(from) ?? []), [claim, start]]);
      ends.set(to, [...(ends.get(to) ?? []), claim]);
    }
    const places = [...cuts].sort((a, b) => a - b);
    const open = new Map(); // claims may have several spans that touch
    one.nodes = [];
    const made = [];
    for (let i = 0; i + 1 < places.length; i += 1) {
      for (const claim of ends.get(places[i]) ?? []) open.set(claim, open.get(claim) - 1);
      const fresh = begins.get(places[i]) ?? [];
      for (const [claim] of fresh) open.set(claim, (open.get(claim) ?? 0) + 1);
      const here = [...open].filter(([, times]) => times > 0).map(([claim]) => claim);
      const parts = this.#nodes(one, places[i], places[i + 1]);
      if (!here.length) {
        made.push(...parts);
        continue;
      }
      const mark = document.createElement("mark");
      mark.dataset.keys = here.map((claim) => claim.key).join(" ");
      mark.className = lookOf(here);
      const numbers = fresh.filter(([claim, start]) => start === places[i] && start === claim.spans[0][0])
        .map(([claim]) => claim.number);
      if (numbers.length) mark.dataset.number = numbers.join(" ");
      mark.append(...parts);
      made.push(mark);
    }
    one.block.replaceChildren(...made);
  }

  /** Text nodes from `start` to `end`; what would be hidden stands apart, with its number. */
  #nodes(one, start, end) {
    const made = [];
    let at = start;
    const keep = (node, from) => {
      this.starts.set(node, from);
      one.nodes.push([from, node]);
      return node;
    };
    const piece = this.text.slice(start, end);
    if (HIDDEN.test(piece)) {
      for (const match of piece.matchAll(new RegExp(`(?:${HIDDEN.source})`, "gu"))) {
        const from = start + match.index;
        if (from > at) made.push(keep(document.createTextNode(this.text.slice(at, from)), at));
        const span = document.createElement("span");
        span.className = "concealed";
        span.dataset.code = code(match[0]);
        span.append(keep(document.createTextNode(match[0]), from));
        made.push(span);
        at = from + match[0].length;
      }
    }
    if (at < end) made.push(keep(document.createTextNode(this.text.slice(at, end)), at));
    return made;
  }

  #blockAt(unit) {
    return last(this.blocks, (one) => one.start <= unit);
  }

  /** The text node and the place in it; at a border the node that ends there for an end. */
  #point(unit, isEnd) {
    const find = isEnd ? unit - 1 : unit;
    const one = this.blocks[this.#blockAt(Math.max(0, find))];
    const found = one?.nodes[last(one.nodes, ([start]) => start <= Math.max(0, find))];
    return found ? [found[1], Math.min(unit - found[0], found[1].length)] : null;
  }

  #unit(node, offset) {
    if (node.nodeType === Node.TEXT_NODE) return (this.starts.get(node) ?? 0) + offset;
    const walker = document.createTreeWalker(this.root, NodeFilter.SHOW_TEXT);
    const child = node.childNodes[offset];
    walker.currentNode = child ?? node;
    if (child?.nodeType === Node.TEXT_NODE) return this.starts.get(child) ?? 0;
    if (!child) while (walker.currentNode.lastChild) walker.currentNode = walker.currentNode.lastChild;
    const next = child ? walker.nextNode() : walker.currentNode;
    if (!next || !this.starts.has(next)) return child ? this.text.length : 0;
    return this.starts.get(next) + (child ? 0 : next.length);
  }
}
