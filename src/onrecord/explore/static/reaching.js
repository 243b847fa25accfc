// Marks of a chart or map that can be pointed at or reached: one stop for the Tab key, then the arrow keys; what a mark stands for is said in `output`.
// marks: [{element, text}]; an element in a link is reached as that link.
export function reachable(holder, marks, output, first = marks.length - 1) {
  const stops = marks.map(({ element, text }, n) => {
    const stop = element.closest("a") ?? element;
    stop.setAttribute("tabindex", n === first ? "0" : "-1");
    if (stop === element) stop.setAttribute("role", "img");
    stop.setAttribute("aria-label", text);
    for (const event of ["focus", "mouseenter"]) stop.addEventListener(event, () => { output.textContent = text; });
    return stop;
  });
  holder.addEventListener("keydown", (event) => {
    const at = stops.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: stops.length - 1 }[event.key];
    if (at < 0 || to === undefined || !stops[to]) return;
    event.preventDefault();
    stops[at].setAttribute("tabindex", "-1");
    stops[to].setAttribute("tabindex", "0");
    stops[to].focus();
  });
}

export function hint(text) {
  return Object.assign(document.createElement("p"), { className: "pointed line", textContent: text });
}
