/* Search: words with their tones first, a place that is named filters, one slip of the finger at last. */
(() => {
  "use strict";
  const TONES = { "\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5 };
  const WORDS = /[^\p{L}\p{N}]+/gu;
  const YEAR = /^(19|20)\d\d$/;
  const spread = (text) => text.normalize("NFC").toLowerCase().replaceAll("ð", "đ").replace(WORDS, " ").trim();
  const bareOf = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d");
  // "Hoà" and "hòa" are one word: the tone stands behind the letters.
  const word = (raw) => {
    let tone = "", letters = "";
    for (const part of raw.normalize("NFD")) { if (TONES[part]) tone += TONES[part]; else letters += part; }
    const full = letters.normalize("NFC") + tone, bare = bareOf(raw);
    return { raw, full, bare, marked: full !== bare };
  };
  const wordsOf = (text) => spread(text).split(" ").filter(Boolean).map(word);
  const joined = (words) => words.map((one) => one.bare).join("");
  // Words that say nothing of what is sought. Typed without tones they may be part of a name ("ha tinh").
  const EMPTY = wordsOf("năm tỉnh thành phố tp của ở tại và các cho về là điểm kết quả xem city province of in the year");
  const isEmpty = (one) => EMPTY.some((empty) => empty.full === one.full);
  const mayBeEmpty = (one) => EMPTY.some((empty) => empty.full === one.full || empty.bare === one.full);

  // Whether two words are at most one letter apart: more, less, another, or two changed about.
  const near = (one, other) => {
    if (Math.abs(one.length - other.length) > 1 || Math.min(one.length, other.length) < 3) return false;
    if (/\d/.test(one)) return false;
    let at = 0;
    while (at < one.length && one[at] === other[at]) at += 1;
    const [a, b] = [one.slice(at), other.slice(at)];
    return a.slice(1) === b.slice(1) || a === b.slice(1) || a.slice(1) === b
      || (a.length > 1 && a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2));
  };
  // How well a typed word is a word of an entry: 1 with its tones, 0.9 typed without, 0.5 a beginning.
  const fit = (typed, there, loose) => {
    if (typed.full === there.full) return 1;
    const agree = !typed.marked || !there.marked;
    if (typed.bare === there.bare && (agree || loose)) return agree ? 0.9 : 0.4;
    if (there.bare.startsWith(typed.bare) && (!typed.marked || there.raw.startsWith(typed.raw))) return 0.5;
    return loose && near(typed.bare, there.bare) ? 0.3 : 0;
  };
  const best = (typed, words, loose) => words.reduce((most, there) => Math.max(most, fit(typed, there, loose)), 0);

  // The index as words, made once.
  let made = null;
  const prepare = (lines) => {
    if (made?.lines === lines) return made;
    const entries = lines.map(([kind, label, note, address, keys, named = [], piece = "", index = ""]) => ({
      kind, label, note, address, piece, index,
      keys: [...keys, ...named].map((key, place) => ({ text: key, words: wordsOf(key), named: place >= keys.length })),
    }));
    const places = entries.filter((entry) => entry.kind === 0)
      .flatMap((entry) => entry.keys.map((key) => ({ entry, key, joined: joined(key.words) })));
    const ofIndex = new Map();
    for (const entry of entries.filter((one) => one.index)) {
      // The short name first, then what the index is called and about, then its criteria.
      const about = ofIndex.get(entry.index) || { short: [], keys: [] };
      if (entry.kind === 1) about.short.push(...entry.keys[0].words);
      for (const key of entry.keys) about.keys.push({ words: key.words, worth: entry.kind === 1 ? 0.7 : 0.5 });
      ofIndex.set(entry.index, about);
    }
    made = { lines, entries, places, ofIndex };
    return made;
  };

  // Places that are named in full, the longest name only: with it the words that are not part of it.
  const named = (typed, places, loose) => {
    let longest = 0, found = [];
    for (let from = 0; from < typed.length; from += 1) {
      for (let to = from + 1; to <= Math.min(typed.length, from + 7); to += 1) {
        const part = typed.slice(from, to), text = joined(part);
        if (text.length < Math.max(2, longest)) continue;
        for (const place of places) {
          const words = place.key.words;
          const equal = place.joined === text;
          if (!equal && !(loose && text.length > 3 && near(text, place.joined))) continue;
          const tones = part.length !== words.length || part.every((one, at) => fit(one, words[at], false) >= 0.9);
          if (!tones && !loose) continue;
          if (text.length > longest) { longest = text.length; found = []; }
          found.push({ entry: place.entry, key: place.key, rest: [...typed.slice(0, from), ...typed.slice(to)] });
        }
      }
    }
    return found.filter((one, at) => found.findIndex((other) => other.entry === one.entry) === at);
  };
  // Places whose name begins with the last words typed.
  const begun = (typed, places) => {
    for (let from = 0; from < typed.length; from += 1) {
      const part = typed.slice(from);
      if (joined(part).length < 2) break;
      const fits = places.filter(({ key }) => key.words.length >= part.length
        && part.every((one, at) => fit(one, key.words[at], false) >= (at < part.length - 1 ? 0.9 : 0.5)));
      const found = fits.filter((one, at) => fits.findIndex((other) => other.entry === one.entry) === at);
      if (found.length) return found.map(({ entry, key }) => ({ entry, key, rest: typed.slice(0, from) }));
    }
    return [];
  };

  // An entry that is no place: all words in one key, in their order, whole, begun, or spread over the keys.
  const score = (entry, typed, loose) => {
    let most = 0;
    const all = entry.keys.flatMap((key) => key.words);
    const whole = typed.map((one) => best(one, all, loose));
    if (whole.some((value) => !value)) return 0;
    most = 20 + 15 * Math.min(...whole);
    const text = ` ${typed.map((one) => one.full).join(" ")} `, bare = ` ${typed.map((one) => one.bare).join(" ")} `;
    for (const { words } of entry.keys) {
      const fits = typed.map((one) => best(one, words, loose));
      if (fits.some((value) => !value)) continue;
      let value = 30 + 40 * Math.min(...fits);
      if (Math.min(...fits) >= 0.9) {
        const full = ` ${words.map((one) => one.full).join(" ")} `, folded = ` ${words.map((one) => one.bare).join(" ")} `;
        if (full === text || folded === bare) value += 30;
        else if (full.startsWith(text) || folded.startsWith(bare)) value += 15;
        else if (full.includes(text) || folded.includes(bare)) value += 8;
      }
      most = Math.max(most, value - Math.min(5, (words.length - typed.length) * 0.2));
    }
    return most - entry.kind * 2;
  };

  const hit = (value, entry, key) => {
    const said = key?.named ? [key.text, entry.note].filter(Boolean).join(" · ") : entry.note;
    return { value, kind: entry.kind, label: entry.label, note: said, address: entry.address };
  };
  const reports = async (place, index, pieceOf, loose) => {
    const rest = place.rest.filter((one) => !mayBeEmpty(one));
    const found = [];
    for (const [label, note, address, key, year] of place.entry.piece ? await pieceOf(place.entry.piece) : []) {
      const about = index.ofIndex.get(key) || { short: [], keys: [] };
      const own = [...wordsOf(label), ...about.short];
      const fits = rest.map((one) => YEAR.test(one.raw) ? Number(one.raw === String(year)) : best(one, own, loose));
      const missing = rest.filter((one, at) => !fits[at]);
      // What the report's title does not say must stand whole in one thing that its index is about.
      const worth = Math.max(0, ...about.keys.filter(({ words }) =>
        missing.every((one) => words.some((there) => ![0, 0.5].includes(fit(one, there, loose))))).map((one) => one.worth));
      if (missing.length && (!worth || missing.some((one) => YEAR.test(one.raw)))) continue;
      const total = fits.reduce((sum, one) => sum + (one || worth), 0);
      found.push({ value: 60 + 20 * (rest.length ? total / rest.length : 0), kind: 4, label, note, address });
    }
    return found;
  };

  const search = async (index, typed, pieceOf, loose) => {
    const hits = [];
    let places = named(typed, index.places, false);
    // "Hà Tỉnh": a wrong tone or letter in what is nothing but a name; among other words only at last.
    if (!places.length) places = named(typed, index.places, true).filter((one) => loose || !one.rest.length);
    const sure = places.length > 0;
    if (!sure && !loose) places = begun(typed, index.places);
    const pieces = new Set();
    for (const place of places) {
      const rest = place.rest.filter((one) => !mayBeEmpty(one));
      if (!rest.length) hits.push(hit(sure ? 100 : 55, place.entry, place.key));
      else if (rest.every((one) => YEAR.test(one.raw))) hits.push(hit(50, place.entry, place.key));
      if (!place.entry.piece || pieces.has(place.entry.piece) || pieces.size === 3) continue;
      pieces.add(place.entry.piece);
      hits.push(...(await reports(place, index, pieceOf, loose)).map((one) => ({ ...one, value: sure ? one.value : one.value / 2 })));
    }
    // A place that is named filters: nothing that is not about it is shown, rather nothing at all.
    if (sure) return hits;
    const told = typed.filter((one) => !isEmpty(one));
    const others = index.entries.filter((entry) => entry.kind !== 0);
    const general = (words) => others.map((entry) => hit(score(entry, words, loose), entry)).filter((one) => one.value > 0);
    let found = general(told.length ? told : typed);
    const fewer = told.filter((one) => !mayBeEmpty(one));
    if (!found.length && !hits.length && fewer.length && fewer.length < told.length) found = general(fewer);
    hits.push(...found);
    return hits;
  };

  const find = async (lines, text, pieceOf, most = 12) => {
    const typed = wordsOf(text).slice(0, 16);
    if (!typed.length) return [];
    const index = prepare(lines);
    let hits = await search(index, typed, pieceOf, false);
    if (!hits.length) hits = await search(index, typed, pieceOf, true);
    return hits.map((one, place) => ({ ...one, place }))
      .sort((a, b) => b.value - a.value || a.place - b.place).slice(0, most);
  };

  // Scripts, not fetched files: a page opened from a folder may load them too.
  const loading = new Map();
  const load = (name, get) => {
    if (get() !== undefined) return Promise.resolve(get());
    if (!loading.has(name)) {
      loading.set(name, new Promise((done) => {
        const script = document.createElement("script");
        script.src = `${root}chung/${name}.js`;
        script.addEventListener("load", () => done(get() || []));
        script.addEventListener("error", () => { loading.delete(name); done([]); });
        document.head.append(script);
      }));
    }
    return loading.get(name);
  };
  const pieceOf = (name) => load(`tim-kiem/${name}`, () => window.chisoSearchOf?.[name]);
  const start = () => load("tim-kiem", () => window.chisoSearch);
  window.chisoFind = async (text) => find(await start(), text, pieceOf);

  const root = window.document?.querySelector("[data-root]")?.dataset.root || "";
  const make = (name, attributes, ...children) => {
    const one = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value);
    one.append(...children);
    return one;
  };
  for (const form of window.document?.querySelectorAll(".search") || []) {
    const input = form.querySelector("input");
    const list = form.querySelector(".results");
    const told = form.querySelector(".found");
    const show = async () => {
      const text = input.value;
      const hits = await window.chisoFind(text);
      if (text !== input.value) return;  // typed on while a piece was loading
      list.replaceChildren(...hits.map(({ label, note, address }) =>
        make("li", {}, make("a", { href: root + address }, label, ...(note ? [make("small", {}, note)] : [])))));
      const asked = wordsOf(text).length > 0;
      if (asked && !hits.length) list.append(make("li", { class: "nothing" }, "Không tìm thấy. Hãy thử tên khác."));
      list.hidden = !asked;
      told.textContent = asked ? (hits.length ? `${hits.length} kết quả` : "Không có kết quả") : "";
    };
    input.addEventListener("focus", start, { once: true });
    input.addEventListener("input", show);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      show().then(() => list.querySelector("a")?.click());
    });
    form.addEventListener("keydown", (event) => {
      const links = [...list.querySelectorAll("a")];
      const at = links.indexOf(document.activeElement);
      if (event.key === "Escape") { list.hidden = true; input.focus(); }
      if (!links.length || list.hidden) return;
      if (event.key === "ArrowDown") { event.preventDefault(); links[Math.min(at + 1, links.length - 1)].focus(); }
      if (event.key === "ArrowUp") { event.preventDefault(); (at > 0 ? links[at - 1] : input).focus(); }
    });
    document.addEventListener("click", (event) => { if (!form.contains(event.target)) list.hidden = true; });
    form.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !form.contains(event.relatedTarget)) list.hidden = true;
    });
  }
})();
