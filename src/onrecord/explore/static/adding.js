// Asks how far an adding is, and shows the page anew when something has been written or it is over.
const shown = document.querySelector("#adding");
const read = shown.querySelector("[data-of=read]");
let before = null;

async function ask() {
  try {
    const answer = await fetch(shown.dataset.progress);
    if (!answer.ok) return location.reload();
    const now = await answer.json();
    read.textContent = now.read;
    const written = JSON.stringify([now.state, now.tally]);
    if (before !== null && written !== before) return location.reload();
    before = written;
  } catch {
    // the explorer may be starting anew: ask again
  }
  setTimeout(ask, 1000);
}
ask();
