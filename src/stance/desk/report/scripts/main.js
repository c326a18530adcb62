// The state of the page: the form decides, the list and the line above it follow.
const list = document.getElementById("list");
const status = document.getElementById("status");

function found(wish) {
  return claims.filter((claim) => passes(claim, wish)).sort(COMPARE[wish.order]);
}

// The ids of the actors that are open.
function opened() {
  return new Set([...list.querySelectorAll("details.actor[open]")].map(({ id }) => id));
}

// `all`: everything that passes is put on the page and open, as a printer needs it.
function show({ all = false, stay = opened() } = {}) {
  const wish = wishes();
  const passing = found(wish);
  const groups = byActor(passing);
  const holders = [...groups.keys()];
  status.textContent = passing.length
    ? `${passing.length.toLocaleString("en-US")} of ${many(claims.length, "claim")}, by ${many(holders.length, "actor")}`
    : "No claim fits these filters.";
  const fresh = document.createDocumentFragment();
  if (wish.view === "list") {
    fillInside(fresh, passing, all, true);
  } else {
    page(fresh, holders, all, (holder) => {
      const element = actorElement(actors[holder], groups.get(holder));
      if (all || holders.length <= FEW || stay.has(element.id)) {
        fillInside(element.querySelector(".inside"), groups.get(holder), all);
        element.open = true;
      }
      return element;
    });
  }
  list.replaceChildren(fresh);
}

// So few actors are shown open.
const FEW = 2;

// Claims by actor, in the order in which the actors come.
function byActor(passing) {
  const groups = new Map();
  for (const claim of passing) {
    if (!groups.has(claim.actor)) groups.set(claim.actor, []);
    groups.get(claim.actor).push(claim);
  }
  return groups;
}

// A name or figure of the table shows the claims behind it.
function follow(link) {
  form.reset();
  form.elements.actor.value = link.dataset.actor;
  form.elements.label.value = link.dataset.label || "";
  if (link.dataset.side) form.elements.side.value = String(SIDES.indexOf(link.dataset.side));
  show();
  const heading = document.getElementById("claims-title");
  heading.tabIndex = -1;
  heading.scrollIntoView();
  heading.focus({ preventScroll: true });
}

function listen() {
  let waiting = 0;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => show(), 120);
  };
  form.addEventListener("input", soon);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => show()));
  document.querySelectorAll("#matrix-table a[data-actor]").forEach((link) => link.addEventListener("click", (event) => {
    event.preventDefault();
    follow(link);
  }));
  let stay = new Set();
  addEventListener("beforeprint", () => {
    stay = opened();
    show({ all: true });
  });
  addEventListener("afterprint", () => show({ stay }));
}

document.documentElement.classList.add("js");
document.getElementById("filters").open = matchMedia("(min-width: 44rem)").matches;
fillChoices();
makeSortable(document.getElementById("matrix-table"));
listen();
show();
