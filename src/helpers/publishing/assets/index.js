(() => {
  const box = document.querySelector(".find");
  const input = box && box.querySelector("input");
  if (!input) return;
  box.hidden = false;
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/đ/g, "d").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  const found = box.querySelector(".found");
  const show = () => {
    const words = fold(input.value).split(" ").filter(Boolean);
    let count = 0;
    for (const item of document.querySelectorAll("[data-text]")) {
      const text = item.dataset.text;
      item.hidden = !words.every((word) => text.includes(word));
      if (!item.hidden) count += 1;
    }
    for (const unit of document.querySelectorAll(".unit")) {
      unit.hidden = !unit.querySelector("[data-text]:not([hidden])");
    }
    for (const year of document.querySelectorAll(".year")) {
      year.hidden = !year.querySelector(".unit:not([hidden])");
    }
    found.textContent = words.length ? `${count} báo cáo khớp` : "";
  };
  input.addEventListener("input", show);
  show();
})();
