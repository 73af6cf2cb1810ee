"use strict";
(() => {
  const words = JSON.parse(document.body.dataset.words);
  const lang = document.documentElement.lang;
  const [thousands, point] = lang === "nl" ? [".", ","] : [",", "."];
  const number = (shown) => {
    const plain = shown.replaceAll(thousands, "").replace(point, ".").replace("−", "-").replace(/[+%\s]/g, "");
    return plain === "–" || plain === "" ? -Infinity : Number(plain);
  };
  const plain = (shown) => shown.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  const sortable = (table) => {
    const body = table.tBodies[0];
    const own = [...body.rows];
    const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];

    const filter = document.createElement("p");
    const label = document.createElement("label");
    const input = document.createElement("input");
    const told = document.createElement("output");
    input.type = "search";
    input.id = table.caption.id + "-filter";
    label.htmlFor = input.id;
    label.textContent = words.filter;
    told.setAttribute("aria-live", "polite");
    filter.className = "filter";
    filter.append(label, input, told);
    table.parentElement.before(filter);
    input.addEventListener("input", () => {
      const wanted = plain(input.value.trim());
      let shown = 0;
      for (const row of own) {
        row.hidden = !plain(row.textContent).includes(wanted);
        shown += row.hidden ? 0 : 1;
      }
      told.textContent = shown + " " + words.shown;
    });

    heads.forEach((head, column) => {
      const numeric = head.classList.contains("n");
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const first = numeric ? "descending" : "ascending";
        const second = numeric ? "ascending" : "descending";
        const was = head.getAttribute("aria-sort");
        const now = was === null ? first : was === first ? second : null;
        heads.forEach((each) => each.removeAttribute("aria-sort"));
        let rows = own;
        if (now) {
          head.setAttribute("aria-sort", now);
          const sign = now === "ascending" ? 1 : -1;
          const keys = new Map(own.map((row) => [row, row.cells[column].textContent.trim()]));
          const compare = numeric
            ? (a, b) => number(keys.get(a)) - number(keys.get(b)) || 0
            : (a, b) => keys.get(a).localeCompare(keys.get(b), lang);
          rows = [...own].sort((a, b) => sign * compare(a, b));
        }
        body.append(...rows);
        told.textContent = head.textContent + ": " + (now ? words[now] : words.own_order);
      });
    });
  };
  const tables = () => {
    for (const table of document.querySelectorAll("table[data-sorts]:not([data-ready])")) {
      table.dataset.ready = "";
      sortable(table);
    }
  };

  // map and table mark what the other points at
  const mark = (event, on) => {
    const from = event.target.closest("tr[data-code], svg [data-code]");
    if (!from) return;
    const code = CSS.escape(from.dataset.code);
    for (const each of document.querySelectorAll(`tr[data-code="${code}"], svg [data-code="${code}"]`)) {
      each.classList.toggle("marked", on);
    }
  };
  for (const [on, kinds] of [[true, ["mouseover", "focusin"]], [false, ["mouseout", "focusout"]]]) {
    for (const kind of kinds) document.addEventListener(kind, (event) => mark(event, on));
  }

  const open = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const around = target && target.closest("details");
    if (around) {
      around.open = true;
      target.scrollIntoView();
    }
  };
  window.addEventListener("hashchange", open);
  window.addEventListener("answered", tables);
  tables();
  open();
})();
