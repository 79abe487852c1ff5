/* A chart as a picture at twice its size, in the fonts of the page and the colours of paper. */
(() => {
  const FONT = /url\("?(?!data:)([^")]+)"?\)/;
  const inline = async (rule) => {
    // A picture may load nothing: fonts that are files of the site go into it.
    const found = FONT.exec(rule.cssText);
    if (!found) return rule.cssText;
    const address = new URL(found[1], rule.parentStyleSheet.href || location.href);
    const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer());
    const text = bytes.reduce((sum, byte) => sum + String.fromCharCode(byte), "");
    return rule.cssText.replace(FONT, `url("data:font/woff2;base64,${btoa(text)}")`);
  };
  const faces = async () => {
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
    const told = rules.filter((rule) => rule instanceof CSSFontFaceRule);
    return (await Promise.all(told.map((rule) => inline(rule).catch(() => "")))).join("");
  };
  const picture = async (drawing) => {
    const copy = drawing.cloneNode(true);
    copy.removeAttribute("class");
    const style = document.createElementNS(drawing.namespaceURI, "style");
    style.textContent = await faces();
    copy.prepend(style);
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    const { width, height } = drawing.viewBox.baseVal;
    [canvas.width, canvas.height] = [2 * width, 2 * height];
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL("image/png");
  };
  for (const files of document.querySelectorAll(".chart-files")) {
    const drawing = files.closest("figure, p, div")?.querySelector("svg.wide");
    if (!drawing) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = files.dataset.picture;
    button.addEventListener("click", async () => {
      const link = document.createElement("a");
      link.href = await picture(drawing);
      link.download = `${files.dataset.name}.png`;
      link.click();
    });
    files.append(button);
  }
})();
