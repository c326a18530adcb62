// The table of actors: sorted by any column, and folded to its first rows.
const FOLDED = 25;

function makeSortable(table) {
  if (!table) return;
  const headers = [...table.querySelectorAll("th[data-sort]")];
  const columns = columnsOf(table, headers);
  headers.forEach((header) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener("click", () => {
      const falling = header.dataset.sort === "number" ? header.getAttribute("aria-sort") !== "descending" : header.getAttribute("aria-sort") === "ascending";
      headers.forEach((one) => one.removeAttribute("aria-sort"));
      header.setAttribute("aria-sort", falling ? "descending" : "ascending");
      sortRows(table, columns.get(header), header.dataset.sort, falling);
    });
  });
  fold(table);
}

// Which cell of a row stands below a header: the heads of two rows are laid side by side.
function columnsOf(table, headers) {
  const [upper, lower] = [...table.tHead.rows].map((row) => [...row.cells]);
  const columns = new Map();
  let at = 0;
  for (const cell of upper) {
    if (cell.colSpan === 1) columns.set(cell, at++);
    else for (let wide = 0; wide < cell.colSpan; wide++) columns.set(lower.shift(), at++);
  }
  return columns;
}

function sortRows(table, column, kind, falling) {
  const body = table.tBodies[0];
  const value = (row) => row.cells[column].dataset.value;
  const rows = [...body.rows].sort((left, right) => {
    const order = kind === "number" ? Number(value(left)) - Number(value(right)) : byName(value(left), value(right));
    return falling ? -order : order;
  });
  rows.forEach((row, at) => row.classList.toggle("beyond", at >= FOLDED));
  body.append(...rows);
}

function fold(table) {
  const button = document.getElementById("unfold");
  if (!button) return;
  table.classList.add("folded");
  const all = button.textContent;
  button.addEventListener("click", () => {
    const folded = table.classList.toggle("folded");
    button.setAttribute("aria-expanded", String(!folded));
    button.textContent = folded ? all : `Show the first ${FOLDED} only`;
  });
}
