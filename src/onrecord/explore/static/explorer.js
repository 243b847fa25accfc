// What pages do besides being read: the theme. Everything else works without this file.
const root = document.documentElement;
const remembered = localStorage.getItem("theme");
if (remembered) root.dataset.theme = remembered;
const button = document.querySelector("button.theme");
const dark = () => (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
const shown = () => { button.setAttribute("aria-pressed", String(dark())); };
button.hidden = false;
shown();
button.addEventListener("click", () => {
  root.dataset.theme = dark() ? "light" : "dark";
  localStorage.setItem("theme", root.dataset.theme);
  shown();
});
