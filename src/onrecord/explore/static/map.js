// Maps: <div data-map data-src="….json" data-label="events"></div> shows where events happened: {places: [{name, lat, lon, precision, count, href}]},
// or the place of one event: {event: {place: {name, lat, lon}}, place_precision}.
// A filled circle is a town, a square a country as a whole, a broken circle a region. Land and lines are Natural Earth's (vendor/land.json, borders.json);
// what Natural Earth calls disputed, indefinite or a line of control is broken. The table beside the map says the same as its marks.
import { libraries } from "./loading.js";
import { hint, reachable } from "./reaching.js";

await libraries("d3.min.js", "topojson-client.min.js");

const LABELS = 14;
const DEEPEST = 24;
const WHOLE = { country: "the country as a whole", region: "a region", admin1: "a region" };
const loaded = {};
const once = (path) => (loaded[path] ??= fetch(path).then((answer) => answer.json()));
const made = (name, attributes = {}, text = "") => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = text;
  return element;
};

function placed(data) {
  return data.places ?? (data.event?.place?.lat == null ? [] : [{ ...data.event.place, precision: data.place_precision, count: 1 }]);
}

function mark(place, size) {
  const attributes = { class: `place ${WHOLE[place.precision] ? place.precision : "town"}` };
  if (place.precision === "country") return made("rect", { ...attributes, x: -size, y: -size, width: 2 * size, height: 2 * size });
  return made("circle", { ...attributes, r: size });
}

const say = (p, label) => `${p.name}${WHOLE[p.precision] ? ` (${WHOLE[p.precision]})` : ""}: ${p.count.toLocaleString("en-GB")} ${p.count === 1 ? label.replace(/s$/, "") : label}`;

function frame(place, land, borders) {
  const width = Math.max(Math.floor(place.clientWidth), 320);
  const height = Math.round(width * (width < 600 ? 0.75 : 0.48));
  const projection = d3.geoEqualEarth().fitExtent([[4, 4], [width - 4, height - 4]], { type: "Sphere" });
  const path = d3.geoPath(projection);
  const svg = made("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": "Map of events" });
  const ground = made("g", { "aria-hidden": "true" });
  ground.append(made("path", { class: "land", d: path(land) }));
  const lines = (kinds) => path({ type: "FeatureCollection", features: borders.features.filter((f) => kinds.includes(f.properties.kind)) });
  ground.append(made("path", { class: "border", d: lines(["agreed"]) }), made("path", { class: "border disputed", d: lines(["disputed", "control", "indefinite"]) }));
  const areas = borders.features.filter((f) => f.properties.kind === "area").map((f) => {
    const [x, y] = projection(f.geometry.coordinates);
    return { x, y, element: made("text", { class: "area", "text-anchor": "middle" }, f.properties.between[0]) };
  });
  const marks = made("g");
  const names = made("g", { "aria-hidden": "true" });
  names.append(...areas.map((a) => a.element));
  svg.append(ground, marks, names);
  return { svg, ground, marks, names, areas, projection, width, height };
}

function put(map, data, label, output) {
  const places = placed(data);
  const most = Math.max(1, ...places.map((p) => p.count));
  map.names.querySelectorAll(".name").forEach((n) => n.remove());
  map.points = places.map((place) => {
    const [x, y] = map.projection([place.lon, place.lat]);
    const size = (map.width < 600 ? 0.6 : 1) * (3.5 + 13 * Math.sqrt(place.count / most));
    const element = mark(place, size);
    const holder = place.href ? made("a", { href: place.href }) : made("g");
    holder.append(element);
    return { place, x, y, size, element, holder };
  });
  map.marks.replaceChildren(...map.points.map((p) => p.holder));
  map.points.slice(0, 60).forEach((p) => {
    p.name = made("text", { class: "name" }, p.place.name);
    map.names.append(p.name);
  });
  reachable(map.marks, map.points.map((p) => ({ element: p.element, text: say(p.place, label) })), output, 0);
}

function lay(map, transform) {
  const { k } = transform;
  map.ground.setAttribute("transform", transform);
  map.ground.setAttribute("stroke-width", 1 / k);
  const taken = [];
  for (const p of map.points) {
    const [x, y] = transform.apply([p.x, p.y]);
    p.holder.setAttribute("transform", `translate(${x},${y})`);
    if (!p.name) continue;
    const box = [x + p.size + 3, y - 8, x + p.size + 3 + 6.6 * p.place.name.length, y + 6];
    const free = taken.length < LABELS && box[0] > 0 && box[2] < map.width && box[1] > 0 && box[3] < map.height
      && !taken.some((t) => t[0] < box[2] && box[0] < t[2] && t[1] < box[3] && box[1] < t[3]);
    p.name.setAttribute("visibility", free ? "visible" : "hidden");
    if (!free) continue;
    taken.push(box);
    p.name.setAttribute("x", box[0]);
    p.name.setAttribute("y", y + 4);
  }
  for (const a of map.areas) {
    const [x, y] = transform.apply([a.x, a.y]);
    a.element.setAttribute("visibility", k >= 4 ? "visible" : "hidden");
    a.element.setAttribute("x", x);
    a.element.setAttribute("y", y);
  }
}

function fitted(map) {
  const [xs, ys] = [d3.extent(map.points, (p) => p.x), d3.extent(map.points, (p) => p.y)];
  if (!map.points.length) return d3.zoomIdentity;
  const k = Math.max(1, Math.min(6, 0.8 / Math.max((xs[1] - xs[0]) / map.width, (ys[1] - ys[0]) / map.height, 0.01)));
  const at = [map.width / 2 - (k * (xs[0] + xs[1])) / 2, map.height / 2 - (k * (ys[0] + ys[1])) / 2];
  const kept = (v, size) => Math.min(0, Math.max(size * (1 - k), v));
  return d3.zoomIdentity.translate(kept(at[0], map.width), kept(at[1], map.height)).scale(k);
}

function controls(svg, zoom, map) {
  const bar = Object.assign(document.createElement("div"), { className: "zoom" });
  const still = d3.select(svg);
  for (const [text, name, act] of [
    ["+", "Nearer", () => still.call(zoom.scaleBy, 1.6)], ["−", "Farther", () => still.call(zoom.scaleBy, 1 / 1.6)],
    ["▣", "All places", () => still.call(zoom.transform, fitted(map))], ["◯", "The world", () => still.call(zoom.transform, d3.zoomIdentity)],
  ]) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: text, title: name });
    button.setAttribute("aria-label", name);
    button.addEventListener("click", act);
    bar.append(button);
  }
  return bar;
}

export async function draw(place) {
  const [world, borders, answer] = await Promise.all([once("/static/vendor/land.json"), once("/static/vendor/borders.json"), fetch(place.dataset.src)]);
  if (!answer.ok) return undefined;
  let data = await answer.json();
  const land = topojson.feature(world, world.objects.land);
  const label = place.dataset.label ?? "events";
  const output = hint("Point at a mark, or reach it with Tab and the arrow keys. Drag to move, or hold Ctrl and turn the wheel to come nearer.");
  let map;
  const show = () => {
    map = frame(place, land, borders);
    put(map, data, label, output);
    const zoom = d3.zoom().scaleExtent([1, DEEPEST]).translateExtent([[0, 0], [map.width, map.height]])
      .filter((event) => (event.type === "wheel" ? event.ctrlKey : !event.button)).on("zoom", (event) => lay(map, event.transform));
    d3.select(map.svg).call(zoom).call(zoom.transform, fitted(map));
    place.replaceChildren(controls(map.svg, zoom, map), map.svg, output);
  };
  let before = 0;
  new ResizeObserver(() => {
    if (Math.abs(place.clientWidth - before) < 2) return;
    before = place.clientWidth;
    show();
  }).observe(place);
  return async (src) => {
    data = await (await fetch(src)).json();
    put(map, data, label, output);
    lay(map, d3.zoomTransform(map.svg));
  };
}

for (const place of document.querySelectorAll("[data-map]")) place.drawn = draw(place);
