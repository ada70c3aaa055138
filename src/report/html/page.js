"use strict";
(() => {
  const find = (id) => document.getElementById(id);
  const all = (query) => Array.from(document.querySelectorAll(query));
  const [path, group, voice, count] = ["f-path", "f-group", "f-voice", "f-count"].map(find);
  if (!path) return;
  const lists = all("details.lines");
  const heads = all("#lines [data-p]:not(details)");
  const show = (element, on) => on ? element.removeAttribute("data-off") : element.setAttribute("data-off", "");
  const holds = (element, value) => !value || element.dataset.p.split(" ").includes(value);
  const voiced = (found) => {
    const wanted = voice.value;
    return !wanted || found === wanted || (wanted === "o" && found !== "q");
  };
  // Some of the lines of a path: which of their attributes, its values, and what they are in words.
  let only = null;
  const meant = (line) =>
    !only || (line.dataset[only.name] || "").split(" ").some((value) => only.values.includes(value));
  const filter = () => {
    let lines = 0;
    const met = new Set();
    for (const list of lists) {
      let here = 0;
      if (holds(list, path.value) && (!group.value || list.dataset.g === group.value)) {
        for (const line of list.querySelectorAll("li")) {
          const on = voiced(line.dataset.v) && meant(line);
          show(line, on);
          here += on;
        }
      }
      show(list, here > 0);
      if (here) for (const above of list.dataset.p.split(" ")) met.add(above);
      lines += here;
    }
    for (const head of heads) show(head, met.has(head.dataset.p.split(" ")[0]) && holds(head, path.value));
    for (const mark of all("#beside mark")) mark.classList.toggle("dim", !holds(mark, path.value));
    for (const item of all("#beside li[data-p]")) show(item, holds(item, path.value));
    const said = lines + (lines === 1 ? " line" : " lines") + (only ? " " + only.words : "");
    count.textContent = path.value || group.value || voice.value || only ? said : "";
  };
  const open = (target) => {
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  };
  const go = (link) => {
    const wanted = { p: link.dataset.p, g: link.dataset.g, v: link.dataset.v };
    path.value = wanted.p;
    group.value = wanted.g;
    voice.value = wanted.v;
    const { k: name, x: values, s: words } = link.dataset;
    only = name ? { name, values: values.split(" "), words } : null;
    filter();
    const found = lists.filter((list) => !list.hasAttribute("data-off"));
    for (const list of found) list.open = true;
    const target = found.length ? found[0].querySelector("summary") : path;
    target.scrollIntoView({ block: "center" });
    target.focus({ preventScroll: true });
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-p]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState(null, "", link.getAttribute("href"));
    go(link);
  });
  for (const select of [path, group, voice]) {
    select.addEventListener("change", () => {
      only = null;
      filter();
    });
  }
  find("f-clear").addEventListener("click", () => {
    path.value = group.value = voice.value = "";
    only = null;
    filter();
    path.focus();
  });
  const arrive = () => {
    const target = location.hash.length > 1 && find(location.hash.slice(1));
    if (!target) return;
    const hidden = !target.checkVisibility || !target.checkVisibility();
    open(target);
    if (hidden) target.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", arrive);
  all(".filters").forEach((box) => box.removeAttribute("hidden"));
  arrive();
})();
