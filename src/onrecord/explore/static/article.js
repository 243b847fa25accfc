// An article: findings by key and click, filters at once, citations to the clipboard. Everything can be had without this file.
const reading = () => document.getElementById("reading");
const cards = () => [...document.querySelectorAll(".finding")];
const form = document.querySelector("form[data-live]");
let chosen = null;
let following = true;

function runs(card) {
  const spans = card.dataset.spans.trim().split(" ").map((s) => s.split("-").map(Number));
  return [...document.querySelectorAll(".text [data-at]")].filter((run) => spans.some(([start, end]) => Number(run.dataset.at) >= start && Number(run.dataset.at) < end));
}

function forget() {
  for (const run of document.querySelectorAll(".chosen-run")) run.classList.remove("chosen-run");
  if (chosen) chosen.classList.remove("chosen");
  chosen = null;
}

function within(margin, card) {
  if (getComputedStyle(margin).position !== "sticky") return;
  const top = card.getBoundingClientRect().top - margin.getBoundingClientRect().top + margin.scrollTop;
  margin.scrollTo({ top: Math.max(0, top - margin.clientHeight / 4) });
}

function choose(card, { focus = true } = {}) {
  forget();
  chosen = card;
  card.classList.add("chosen");
  for (const run of runs(card)) run.classList.add("chosen-run");
  within(document.getElementById("findings"), card);
  history.replaceState(null, "", `#${card.dataset.id}`);
  const place = document.getElementById(card.dataset.id);
  if (!focus || !place) return;
  following = false;
  (place.querySelector("a.mark") ?? place.closest("a.mark"))?.focus({ preventScroll: true });
  place.scrollIntoView({ block: "center" });
  setTimeout(() => { following = true; }, 300);
}

function step(by) {
  const all = cards();
  if (!all.length) return;
  let at = chosen ? all.indexOf(chosen) + by : -1;
  if (!chosen) {
    const seen = all.findIndex((c) => (document.getElementById(c.dataset.id)?.getBoundingClientRect().top ?? -1) > 0);
    at = seen < 0 ? 0 : by > 0 ? seen : seen - 1;
  }
  choose(all[Math.min(Math.max(at, 0), all.length - 1)]);
}

function open(card) {
  const details = card.querySelector("details");
  details.open = true;
  details.querySelector("summary").focus({ preventScroll: true });
  within(document.getElementById("findings"), card);
}

const keysOn = () => document.querySelector(".keys input")?.checked ?? false;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not([type=checkbox]), select, textarea")) return;
  if (event.key === "Escape" && chosen) {
    const place = document.getElementById(chosen.dataset.id)?.querySelector("a.mark");
    if (event.target.closest(".finding")) place?.focus();
    else forget();
    return;
  }
  if (!reading() || !keysOn()) return;
  if (event.key === "n" || event.key === "j") step(1);
  else if (event.key === "p" || event.key === "k") step(-1);
});

document.addEventListener("click", async (event) => {
  const copy = event.target.closest("button.copy");
  if (copy) {
    await navigator.clipboard.writeText(copy.previousElementSibling.innerText.trim());
    copy.textContent = "Copied";
    setTimeout(() => { copy.textContent = "Copy the citation"; }, 2000);
    return;
  }
  if (event.target.closest("button.close")) { forget(); return; }
  const mark = event.target.closest("a.mark");
  if (mark) {
    const card = document.getElementById(decodeURIComponent(mark.hash.slice(1)));
    if (!card) return;
    event.preventDefault();
    const same = [...mark.parentElement.closest(".block").querySelectorAll(".here")].filter((h) => h.contains(mark)).map((h) => document.getElementById(`card-${h.id}`)).filter(Boolean);
    const next = same[(same.indexOf(chosen) + 1) % same.length] ?? card;
    choose(next, { focus: false });
    if (event.detail === 0) open(next);
    return;
  }
  const link = event.target.closest(".finding a[href^='#']");
  if (link) { event.preventDefault(); choose(link.closest(".finding")); }
});

function ready() {
  document.documentElement.classList.add("scripted");
  for (const keys of document.querySelectorAll(".keys")) {
    keys.hidden = false;
    const box = keys.querySelector("input");
    box.checked = localStorage.getItem("keys") !== "off";
    box.addEventListener("change", () => localStorage.setItem("keys", box.checked ? "on" : "off"));
  }
  for (const cite of document.querySelectorAll("[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy the citation";
    cite.after(button);
  }
  for (const card of cards()) {
    const close = document.createElement("button");
    close.type = "button";
    close.className = "close";
    close.textContent = "Close";
    card.prepend(close);
  }
  follow();
}

// The margin goes along with the text.
let watcher = null;
function follow() {
  watcher?.disconnect();
  const margin = document.getElementById("findings");
  if (!margin) return;
  const seen = new Map();
  watcher = new IntersectionObserver((entries) => {
    for (const e of entries) seen.set(e.target, e.isIntersecting);
    if (!following || chosen || margin.matches(":hover, :focus-within")) return;
    const first = [...document.querySelectorAll(".text a.mark")].find((m) => seen.get(m));
    const card = first && document.getElementById(decodeURIComponent(first.hash.slice(1)));
    if (card) within(margin, card);
  }, { rootMargin: "-5% 0% -55% 0%" });
  for (const mark of document.querySelectorAll(".text a.mark")) watcher.observe(mark);
}

let asking = null;
async function show(address) {
  asking?.abort();
  asking = new AbortController();
  let answer;
  try {
    answer = await fetch(address, { headers: { accept: "text/html" }, signal: asking.signal });
  } catch (error) {
    if (error.name === "AbortError") return;
    throw error;
  }
  if (!answer.ok) { location.assign(address); return; }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  chosen = null;
  reading().replaceWith(document.adoptNode(page.getElementById("reading")));
  document.querySelector("footer").replaceWith(document.adoptNode(page.querySelector("footer")));
  history.replaceState(null, "", address);
  ready();
}

form?.addEventListener("change", () => {
  const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
  show(`${form.action}?${asked}`);
});

// An address can lead to a finding that the filters leave out: then it is shown, too.
async function arrive() {
  const id = decodeURIComponent(location.hash.slice(1));
  if (!id || !reading()) return;
  let card = document.getElementById(`card-${id}`);
  if (!card && document.getElementById(id)?.classList.contains("here")) {
    const asked = new URLSearchParams(location.search);
    asked.set("finding", id);
    await show(`${location.pathname}?${asked}`);
    card = document.getElementById(`card-${id}`);
  }
  if (card) choose(card);
}

if (reading() || document.querySelector("[data-copy]")) { ready(); arrive(); }
addEventListener("hashchange", arrive);
