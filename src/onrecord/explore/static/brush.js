// The timeline under the map: dragging over it sets the days in the form, the address, the map and the list.
// The form alone does the same, without a mouse and without this file.
import { libraries } from "./loading.js";
import { hint } from "./reaching.js";

await libraries("d3.min.js");

const form = document.querySelector("form.filters");
const line = document.querySelector("[data-brush]");
const day = d3.utcFormat("%Y-%m-%d");

const asked = (since, until) => {
  const query = new URLSearchParams([...new FormData(form)].filter(([name, value]) => value && !["since", "until"].includes(name)));
  if (since) query.set("since", since);
  if (until) query.set("until", until);
  return String(query);
};

async function choose(since, until) {
  const query = asked(since, until);
  const page = await (await fetch(`/map?${query}`, { headers: { accept: "text/html" } })).text();
  const found = new DOMParser().parseFromString(page, "text/html");
  for (const id of ["found", "shown"]) document.getElementById(id).replaceWith(found.getElementById(id));
  form.elements.since.value = since ?? "";
  form.elements.until.value = until ?? "";
  history.replaceState(null, "", `/map?${query}`);
  (await document.querySelector("[data-map]").drawn)?.(`/map.json?${query}`);
}

function binned(days) {
  const [first, last] = d3.extent(days, (d) => d.date);
  const interval = last - first > 3 * 365 * 864e5 ? d3.utcMonth : last - first > 200 * 864e5 ? d3.utcWeek : d3.utcDay;
  return { interval, bins: d3.rollups(days, (group) => d3.sum(group, (d) => d.count), (d) => +interval(d.date)) };
}

function show(days) {
  const width = Math.max(line.clientWidth, 320);
  const [height, left, bottom] = [110, 14, 22];
  const { interval, bins } = binned(days);
  const x = d3.scaleUtc([d3.min(bins, (b) => b[0]), interval.offset(new Date(d3.max(bins, (b) => b[0])), 1)], [left, width - left]);
  const y = d3.scaleLinear([0, d3.max(bins, (b) => b[1])], [height - bottom, 4]);
  const svg = d3.create("svg").attr("viewBox", `0 0 ${width} ${height}`).attr("width", width).attr("height", height).attr("role", "group").attr("aria-label", "Timeline: choose days");
  svg.append("g").attr("aria-hidden", "true").selectAll("rect").data(bins).join("rect").attr("class", "bar").attr("x", (b) => x(b[0]))
    .attr("width", (b) => Math.max(1, x(interval.offset(new Date(b[0]), 1)) - x(b[0]) - 0.5)).attr("y", (b) => y(b[1])).attr("height", (b) => y(0) - y(b[1]));
  svg.append("g").attr("aria-hidden", "true").attr("transform", `translate(0,${height - bottom})`).call(d3.axisBottom(x).ticks(width / 90).tickSizeOuter(0));
  const output = hint("Drag over the timeline to choose days, or set them in the form above.");
  const told = ([from, to]) => [day(x.invert(from)), day(new Date(x.invert(to) - 1))];
  const brush = d3.brushX().extent([[left, 0], [width - left, height - bottom]]);
  const area = svg.append("g").call(brush);
  const chosen = [form.elements.since.value, form.elements.until.value].map((text) => (/^\d{4}/.test(text) ? new Date(`${text}-01-01`.slice(0, 10)) : null));
  const kept = (v) => Math.min(width - left, Math.max(left, v));
  if (chosen[0] || chosen[1]) {
    const until = form.elements.until.value;
    const end = chosen[1] && (until.length > 7 ? d3.utcDay : until.length > 4 ? d3.utcMonth : d3.utcYear).offset(chosen[1], 1);
    area.call(brush.move, [kept(chosen[0] ? x(chosen[0]) : left), kept(end ? x(end) : width - left)]);
  }
  brush.on("brush", ({ selection }) => { output.textContent = told(selection).join(" to "); });
  brush.on("end", ({ selection, sourceEvent }) => { if (sourceEvent) choose(...(selection ? told(selection) : [])); });
  line.replaceChildren(svg.node(), output);
}

const data = await (await fetch(line.dataset.src)).json();
const days = data.days.map((d) => ({ date: new Date(d.day), count: d.count }));
let before = 0;
if (days.length) {
  new ResizeObserver(() => {
    if (Math.abs(line.clientWidth - before) < 2) return;
    before = line.clientWidth;
    show(days);
  }).observe(line);
}
