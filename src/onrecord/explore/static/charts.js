// Charts: <div data-chart="KIND" data-src="….json" data-label="what it shows"></div> becomes a chart; the table beside it in the page says the same.
//   events-by-day   {days: [{day: "2021-03-07", count: 3, href}]}
//   over-time       {periods: [{period: "2021-03", count: 3, series, href}]}   (days, months or years; bars on top of each other by series)
//   timeline        {items: [{day: "2021-03-07", label, lane, href}]}          (a row for each lane)
// What a mark stands for is said beneath the chart when it is pointed at or reached with the arrow keys; Enter follows its link.
import { libraries } from "./loading.js";
import { hint, reachable } from "./reaching.js";

await libraries("d3.min.js", "plot.min.js");

const COLOURS = ["var(--event)", "var(--speech)", "var(--position)", "var(--neither)"];
const FEWEST = 320;

const date = (text) => new Date(`${text}-01-01`.slice(0, 10));
const step = (periods) => (periods.some((p) => p.length > 7) ? "day" : periods.some((p) => p.length > 4) ? "month" : "year");
const said = (text) => date(text).toLocaleDateString("en-GB", {
  timeZone: "UTC", year: "numeric", ...(text.length > 4 && { month: "long" }), ...(text.length > 7 && { day: "numeric" }),
});

function bars(rows, key, width, label, days = []) {
  const every = step(rows.map((r) => r[key]));
  const domain = days.every((d) => d?.length === 10) && days.length ? { domain: [date(days[0]), d3.utcDay.offset(date(days[1]), 1)] } : {};
  const series = [...new Set(rows.map((r) => r.series ?? ""))];
  return {
    options: {
      width, height: 200, marginLeft: 44, marginRight: 14,
      x: { type: "utc", label: null, ticks: Math.max(2, Math.floor(width / 90)), tickFormat: every === "day" ? "%-d %b\n%Y" : undefined, ...domain }, y: { grid: true, label: `↑ ${label}`, interval: 1, ticks: 4, nice: true },
      color: { domain: series, range: COLOURS },
      marks: [
        Plot.rectY(rows, {
          x: (r) => date(r[key]), interval: every, y: "count", fill: (r) => r.series ?? "", href: "href", insetLeft: 0.5, insetRight: 0.5,
        }),
        Plot.ruleY([0]),
      ],
    },
    marks: "rect",
    series,
    shown: rows.filter((r) => r.count > 0),
    say: (r) => `${said(r[key])}: ${r.count.toLocaleString("en-GB")} ${r.series ?? label}`,
  };
}

const KINDS = {
  "events-by-day": (data, width, label) => bars(data.days, "day", width, label, [data.since, data.until]),
  "over-time": (data, width, label) => bars(data.periods, "period", width, label),
  timeline: (data, width) => {
    const rows = data.items.filter((i) => i.day);
    const lanes = [...new Set(rows.map((i) => i.lane ?? ""))];
    return {
      options: {
        width, height: 60 + 28 * lanes.length, marginLeft: lanes.some(Boolean) ? Math.min(160, width / 3) : 14, marginRight: 14,
        x: { type: "utc", label: null, grid: true }, y: { domain: lanes, label: null, tickSize: 0, tickFormat: (t) => (t.length > 24 ? `${t.slice(0, 23)}…` : t) },
        marks: [Plot.dot(rows, { x: (i) => date(i.day), y: (i) => i.lane ?? "", r: 6, fill: "var(--event)", stroke: "var(--card)", href: "href" })],
      },
      marks: "circle",
      shown: rows,
      say: (i) => `${said(i.day)}: ${i.label}${i.lane ? ` (${i.lane})` : ""}`,
    };
  },
};

function legend(series = []) {
  const list = Object.assign(document.createElement("ul"), { className: "legend" });
  for (const [n, name] of series.length > 1 ? series.entries() : []) {
    const item = Object.assign(document.createElement("li"), { textContent: name });
    const swatch = d3.create("svg").attr("viewBox", "0 0 24 14").attr("aria-hidden", "true");
    swatch.append("rect").attr("x", 5).attr("width", 14).attr("height", 14).attr("fill", COLOURS[n % COLOURS.length]);
    item.prepend(swatch.node());
    list.append(item);
  }
  return list;
}

function drawn(svg, chart) {
  const marks = [...svg.querySelectorAll(`g[aria-label] ${chart.marks}`)].filter((m) => chart.marks !== "rect" || Number(m.getAttribute("height")) > 0);
  return marks.map((element, n) => ({ element, text: chart.say(chart.shown[n]) }));
}

export async function draw(place) {
  const answer = await fetch(place.dataset.src, { headers: { accept: "application/json" } });
  if (!answer.ok) return;
  const data = await answer.json();
  let before = 0;
  new ResizeObserver(() => {
    const width = Math.max(Math.floor(place.clientWidth), FEWEST);
    if (width === before) return;
    before = width;
    const label = place.dataset.label ?? "";
    const chart = KINDS[place.dataset.chart](data, width, label);
    if (!chart.shown.length) return;
    const svg = Plot.plot(chart.options);
    const output = hint("Point at a mark, or reach it with Tab and the arrow keys.");
    svg.setAttribute("role", "group");
    svg.setAttribute("aria-label", `Chart: ${label}`);
    reachable(svg, drawn(svg, chart), output);
    for (const group of svg.querySelectorAll("g[aria-label]")) {
      group.removeAttribute("aria-label");
      if (!group.querySelector("[tabindex]")) group.setAttribute("aria-hidden", "true");
    }
    place.replaceChildren(svg, legend(chart.series), output);
  }).observe(place);
}

for (const place of document.querySelectorAll("[data-chart]")) draw(place);
