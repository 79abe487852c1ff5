(() => {
  const details = document.querySelector(".contents details");
  if (!details) return;
  // Beside the text the contents stay open; above it, on a small screen, they would push it away.
  const wide = matchMedia("(min-width: 64rem)");
  const fit = () => { details.open = wide.matches; };
  fit();
  wide.addEventListener("change", fit);
  details.querySelector("summary").addEventListener("click", (event) => {
    if (wide.matches) event.preventDefault();
  });
  const links = new Map();
  for (const link of details.querySelectorAll("a")) {
    links.set(decodeURIComponent(link.hash.slice(1)), link);
  }
  const headings = [...document.querySelectorAll("main h2, main h3")].filter((h) => links.has(h.id));
  const mark = () => {
    const passed = headings.filter((h) => h.getBoundingClientRect().top < 120);
    const current = passed.at(-1) || headings[0];
    for (const link of links.values()) link.removeAttribute("aria-current");
    if (current) links.get(current.id).setAttribute("aria-current", "true");
  };
  addEventListener("scroll", mark, { passive: true });
  mark();
})();
