"use strict";
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const words = read("words"), verdicts = read("verdicts");
  for (const grid of document.querySelectorAll(".grid")) {
    const table = grid.querySelector("table");
    const heads = table.tHead.rows[0].cells;
    const said = grid.nextElementSibling;
    let at = null;
    const tell = (cell) => {
      if (!cell || cell.cellIndex < 2 || !cell.closest("tbody")) return;
      if (at) at.classList.remove("at");
      at = cell;
      cell.classList.add("at");
      const head = heads[cell.cellIndex];
      const kind = cell.className.split(" ").find((name) => verdicts[name]) || "p";
      const most = head.dataset.m;
      const points = kind === "p" ? most : cell.dataset.p || "0";
      const text = words[cell.dataset.w];
      said.textContent = `${cell.parentNode.cells[0].textContent}, ${head.title}: ` +
        `${verdicts[kind].toLowerCase()}, ${points} of ${most}.${text ? " " + text : ""}`;
    };
    grid.addEventListener("mouseover", (event) => tell(event.target.closest("td")));
    grid.addEventListener("click", (event) => tell(event.target.closest("td")));
    grid.addEventListener("keydown", (event) => {
      const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
      if (!step) return;
      event.preventDefault();
      const rows = table.tBodies[0].rows;
      const row = at ? at.parentNode.sectionRowIndex + step[0] : 0;
      const column = at ? at.cellIndex + step[1] : 2;
      const next = rows[row] && rows[row].cells[column];
      tell(next);
      if (at) at.scrollIntoView({ block: "nearest", inline: "nearest" });
    });
  }
})();
