"use strict";
(() => {
  const table = document.querySelector("table");
  const rows = [...table.tBodies[0].rows];
  const heads = [...table.tHead.rows[0].cells];
  const words = document.getElementById("words");
  const answer = document.getElementById("answer");
  const told = document.getElementById("told");
  const key = (row, column) => row.cells[column].dataset.key ?? row.cells[column].textContent.trim();
  const numbers = new Intl.Collator("en", { numeric: true });

  // What has no value comes last, whichever way the rest is sorted.
  const compare = (column, way) => (one, other) => {
    const [a, b] = [key(one, column), key(other, column)];
    if (a === "" || b === "") return (a === "") - (b === "");
    const difference = a - b;
    return way * (Number.isNaN(difference) ? numbers.compare(a, b) : difference);
  };
  const sort = (head, column) => {
    const way = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    heads.forEach((each) => each.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", way === 1 ? "ascending" : "descending");
    table.tBodies[0].append(...rows.sort(compare(column, way)));
  };
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(head, column));
    head.append(button);
  });

  const filter = () => {
    const wanted = words.value.toLowerCase().split(/\s+/);
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      const fits = wanted.every((word) => text.includes(word)) && (answer.value === "" || row.dataset.answer === answer.value);
      row.hidden = !fits;
      shown += fits;
    }
    told.textContent = `${shown} of ${rows.length} shown`;
  };
  words.addEventListener("input", filter);
  answer.addEventListener("change", filter);
  document.querySelector(".filter").hidden = false;
  // A browser may have kept what was typed before the page was loaded anew.
  filter();
})();
