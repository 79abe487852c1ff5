/* Sortable tables, large figures. Every page reads well without it. */
(() => {
  "use strict";
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/[đð]/g, "d").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  const make = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };
  // Tables --------------------------------------------------------------------------------------

  const order = new Intl.Collator("vi", { sensitivity: "variant", numeric: true });
  const leading = /^[^\p{L}\d+\u2212-]*([+\u2212-]?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?/u;
  const number = (text) => {
    const found = leading.exec(text);
    if (!found) return null;
    const value = Number(`${found[2].replaceAll(".", "")}.${found[3] || 0}`);
    return found[1] && found[1] !== "+" ? -value : value;
  };
  const SORTABLE = 8;
  const FILTERED = 20;

  const sortable = (table) => {
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = make("button", { type: "button", class: "sort" });
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const rows = [...body.rows];
        const texts = rows.map((row) => (row.cells[column]?.textContent || "").trim());
        const numbers = texts.map(number);
        const filled = texts.filter((text) => text && text !== "–").length;
        const numeric = numbers.filter((value) => value !== null).length > filled / 2;
        const values = numeric ? numbers : texts.map((text) => (text === "–" ? "" : text));
        const before = head.getAttribute("aria-sort");
        // Names begin at A, figures at the highest.
        const down = before ? before === "ascending" : numeric;
        const empty = (value) => value === null || value === "";
        const sorted = rows.map((row, place) => [values[place], place, row]).sort((a, b) => {
          if (empty(a[0]) || empty(b[0])) return empty(a[0]) - empty(b[0]) || a[1] - b[1];
          const by = numeric ? a[0] - b[0] : order.compare(a[0], b[0]);
          return (down ? -by : by) || a[1] - b[1];
        });
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        body.append(...sorted.map((item) => item[2]));
      });
    });
  };

  const filtered = (table, place) => {
    const rows = [...table.tBodies[0].rows].map((row) => [fold(row.textContent), row]);
    const id = `loc-${place}`;
    const input = make("input", { id, type: "search", autocomplete: "off" });
    const told = make("output", { for: id });
    input.addEventListener("input", () => {
      const words = fold(input.value).split(" ").filter(Boolean);
      let count = 0;
      for (const [text, row] of rows) {
        row.hidden = !words.every((word) => text.includes(word));
        if (!row.hidden) count += 1;
      }
      told.textContent = words.length ? `${count}/${rows.length} dòng` : "";
    });
    const box = make("div", { class: "filter" }, make("label", { for: id }, "Lọc dòng của bảng"), input, told);
    (table.closest(".table-scroll") || table).before(box);
  };

  document.querySelectorAll("main table").forEach((table, place) => {
    if (!table.tHead?.rows.length || !table.tBodies.length || table.matches(".criteria, .plain-table, .key *")) return;
    const count = table.tBodies[0].rows.length;
    if (count >= SORTABLE) sortable(table);
    if (count >= FILTERED) filtered(table, place);
  });

  // Figures -------------------------------------------------------------------------------------

  let dialog = null;
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.zoom");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !window.HTMLDialogElement) return;
    event.preventDefault();
    if (!dialog) {
      const button = (text, label) => make("button", { type: "button", "aria-label": label }, text);
      const [less, more, close] = [button("−", "Thu nhỏ"), button("+", "Phóng to"), button("Đóng", "Đóng")];
      const view = make("div", { class: "view", tabindex: "0", role: "region", "aria-label": "Hình" });
      dialog = make("dialog", { class: "large" }, make("div", { class: "bar" }, make("p"), less, more, close), view);
      // Zoomed about the middle of what is seen; a finger or the scroll bars move the rest into view.
      const zoom = (by) => {
        const [x, y] = [view.scrollLeft + view.clientWidth / 2, view.scrollTop + view.clientHeight / 2];
        const before = Number(view.dataset.zoom || 1), after = Math.min(6, Math.max(1, before * by));
        view.dataset.zoom = after;
        view.style.setProperty("--zoom", after);
        view.scrollTo((x * after) / before - view.clientWidth / 2, (y * after) / before - view.clientHeight / 2);
      };
      less.addEventListener("click", () => zoom(1 / 1.5));
      more.addEventListener("click", () => zoom(1.5));
      view.addEventListener("wheel", (turned) => {
        if (!turned.ctrlKey) return;
        turned.preventDefault();
        zoom(turned.deltaY < 0 ? 1.2 : 1 / 1.2);
      }, { passive: false });
      view.addEventListener("pointermove", (moved) => {
        if (moved.pointerType === "mouse" && moved.buttons === 1) view.scrollBy(-moved.movementX, -moved.movementY);
      });
      close.addEventListener("click", () => dialog.close());
      dialog.addEventListener("click", (clicked) => { if (clicked.target === dialog) dialog.close(); });
      document.body.append(dialog);
    }
    const small = link.querySelector("img"), drawing = link.querySelector("svg.wide");
    const caption = link.closest("figure")?.querySelector("figcaption")?.textContent.trim() || "Hình";
    dialog.setAttribute("aria-label", caption);
    dialog.querySelector("p").textContent = caption;
    // A drawing is shown as text in the fonts and colours of the page; a file of its own has neither.
    const large = drawing
      ? make("div", { class: "whole", role: "img", "aria-label": drawing.parentNode.getAttribute("aria-label") })
      : make("img", { src: link.href, alt: small.alt });
    if (drawing) large.append(drawing.cloneNode(true));
    const shown = dialog.querySelector(".view");
    shown.dataset.zoom = 1;
    shown.style.setProperty("--zoom", 1);
    shown.replaceChildren(large);
    dialog.showModal();
  });

  // A traced number leads to its source in a folded list.
  const unfold = () => {
    const target = location.hash.startsWith("#nguon-") && document.getElementById(location.hash.slice(1));
    const list = target && target.closest("details");
    if (list && !list.open) { list.open = true; target.scrollIntoView(); }
  };
  addEventListener("hashchange", unfold);
  unfold();

  // Contents ------------------------------------------------------------------------------------

  const details = document.querySelector(".contents details");
  if (!details) return;
  const wide = matchMedia("(min-width: 64rem)");
  const fitContents = () => { details.open = wide.matches; };
  fitContents();
  wide.addEventListener("change", fitContents);
  details.querySelector("summary").addEventListener("click", (event) => { if (wide.matches) event.preventDefault(); });
  const links = new Map();
  for (const link of details.querySelectorAll("a")) links.set(decodeURIComponent(link.hash.slice(1)), link);
  const headings = [...document.querySelectorAll("main h2, main h3")].filter((h) => links.has(h.id));
  const mark = () => {
    const current = headings.filter((h) => h.getBoundingClientRect().top < 120).at(-1) || headings[0];
    for (const link of links.values()) link.removeAttribute("aria-current");
    if (current) links.get(current.id).setAttribute("aria-current", "true");
  };
  addEventListener("scroll", mark, { passive: true });
  mark();
})();
