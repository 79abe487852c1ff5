// Types texts into the search of a site: the scripts as the browser loads them, the first hit of each text.
import { readFileSync, readdirSync } from "node:fs";
const [, , logic, site] = process.argv;
globalThis.window = globalThis;
const asked = JSON.parse(readFileSync(0, "utf-8"));
for (const file of [`${site}/chung/tim-kiem.js`, ...readdirSync(`${site}/chung/tim-kiem`).map((name) => `${site}/chung/tim-kiem/${name}`), logic])
  (0, eval)(readFileSync(file, "utf-8"));
const found = [];
for (const text of asked) {
  const start = performance.now();
  const hits = await chisoFind(text);
  found.push({ hits: hits.map((hit) => [hit.address, hit.label, hit.note]), took: performance.now() - start });
}
process.stdout.write(JSON.stringify(found));
