"use strict";
// Sorting and searching; without this script the tables are as they are.
document.querySelectorAll("table.sortable").forEach((table) => {
  const body = table.tBodies[0];
  const heads = Array.from(table.tHead.rows[0].cells);
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const numbers = head.classList.contains("number");
      const rows = Array.from(body.rows).map((row) => {
        const cell = row.cells[column];
        const text = cell.dataset.sort ?? cell.textContent;
        return { row, key: numbers ? (text === "" ? -1 : Number(text)) : text };
      });
      rows.sort((a, b) => (numbers ? a.key - b.key : a.key.localeCompare(b.key)) * (up ? 1 : -1));
      body.append(...rows.map((entry) => entry.row));
    });
  });
});
const search = document.querySelector("#search");
const students = document.querySelector("#students");
if (search && students) {
  const shown = document.querySelector("#shown");
  search.closest("label").hidden = false;
  search.addEventListener("input", () => {
    const wanted = search.value.toLowerCase();
    let count = 0;
    for (const row of students.tBodies[0].rows) {
      row.hidden = !row.textContent.toLowerCase().includes(wanted);
      count += row.hidden ? 0 : 1;
    }
    shown.textContent = count + " shown";
  });
}
