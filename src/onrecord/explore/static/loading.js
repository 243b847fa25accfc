// Libraries of charts and maps, once the page has been painted: nobody waits for them to read.
const painted = new Promise((done) => { requestAnimationFrame(() => setTimeout(done)); setTimeout(done, 1000); });
const loaded = {};

const script = (name) => new Promise((done, failed) => {
  const element = Object.assign(document.createElement("script"), { src: `/static/vendor/${name}`, onload: done, onerror: failed, async: false });
  document.head.append(element);
});

export async function libraries(...names) {
  await painted;
  await Promise.all(names.map((name) => (loaded[name] ??= script(name))));
}
