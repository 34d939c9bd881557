"use strict";
(function () {
  const root = document.documentElement;
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const form = document.querySelector(".filters");
  const files = all(".file");
  const gravity = ["error", "warning", "info"];
  let current = files[0] || null;
  let chosen = null;
  root.classList.add("scripted");

  function checked(name) {
    return new Set(all('input[name="' + name + '"]:checked', form).map((input) => input.value));
  }

  function isShown(item) {
    return item !== null && !item.hidden;
  }

  // Hide what the boxes leave out, in the list and in the text, and count what is left in the file on show.
  function filter() {
    if (!form) return;
    const severities = checked("severity");
    const families = checked("family");
    for (const item of all(".item")) {
      item.hidden = !(severities.has(item.dataset.severity) && families.has(item.dataset.family));
    }
    for (const fold of all(".fold")) fold.hidden = !all(".item", fold).some(isShown);
    for (const mark of all(".mark")) {
      const items = mark.dataset.items.split(" ").map((id) => document.getElementById(id)).filter(isShown);
      mark.classList.remove("sev-error", "sev-warning", "sev-info");
      mark.classList.toggle("off", items.length === 0);
      if (items.length === 0) {
        mark.tabIndex = -1;
        continue;
      }
      mark.removeAttribute("tabindex");
      mark.setAttribute("href", "#" + items[0].id);
      mark.classList.add("sev-" + gravity.find((s) => items.some((item) => item.dataset.severity === s)));
    }
    for (const nothing of all(".nothing")) {
      nothing.hidden = all(".item", nothing.parentElement).some(isShown);
    }
    count();
  }

  function count() {
    if (!form || !current) return;
    const items = all(".item", current);
    for (const input of all("input", form)) {
      const n = items.filter((item) => item.dataset[input.name] === input.value).length;
      input.parentElement.querySelector(".count").textContent = String(n);
    }
    const shown = items.filter(isShown).length;
    form.querySelector(".shown").textContent = "显示 " + shown + "／" + items.length + " 处";
  }

  function show(file) {
    current = file;
    for (const each of files) each.hidden = each !== file;
    for (const link of all(".files a")) {
      if (link.getAttribute("href") === "#" + file.id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    count();
  }

  function marksOf(item) {
    return all(".mark", item.closest(".file")).filter((mark) => mark.dataset.items.split(" ").includes(item.id));
  }

  // Make one finding the chosen one; `target` is where the reader is taken: its mark or its list item.
  function choose(item, target) {
    for (const old of all(".here")) old.classList.remove("here");
    chosen = item;
    if (item.closest(".file") !== current) show(item.closest(".file"));
    const fold = item.closest("details");
    if (fold) fold.open = true;
    item.classList.add("here");
    const marks = marksOf(item);
    for (const mark of marks) mark.classList.add("here");
    const mark = marks[0] || null;
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const way = { block: "center", behavior: calm ? "auto" : "smooth" };
    const wide = window.matchMedia("(min-width: 60.01rem)").matches;
    if (target === "mark" && mark) {
      mark.scrollIntoView(way);
      mark.focus({ preventScroll: true });
      if (wide) near(item);
    } else if (wide && mark && item.closest(".list")) {
      near(item);
      item.focus({ preventScroll: true });
    } else {
      item.scrollIntoView(way);
      item.focus({ preventScroll: true });
    }
  }

  // Move the list, and only the list, until the item is in sight.
  function near(item) {
    const list = item.closest(".list");
    if (!list) return;
    const box = list.getBoundingClientRect();
    const at = item.getBoundingClientRect();
    if (at.top < box.top || at.bottom > box.bottom) list.scrollTop += at.top - box.top - box.height / 3;
  }

  function step(by) {
    if (!current) return;
    const items = all(".item", current).filter(isShown);
    items.sort((a, b) => order(a) - order(b));
    if (items.length === 0) return;
    const at = items.indexOf(chosen);
    const next = at < 0 ? (by > 0 ? 0 : items.length - 1) : (at + by + items.length) % items.length;
    choose(items[next], "mark");
  }

  function order(item) {
    return Number(item.id.split("-")[2]);
  }

  function follow(hash) {
    const target = hash.length > 1 ? document.getElementById(hash.slice(1)) : null;
    if (!target) return false;
    if (target.classList.contains("file")) {
      show(target);
      target.focus({ preventScroll: true });
      return true;
    }
    const item = document.getElementById(hash.slice(1).replace(/^m-/, "f-"));
    if (!item || !item.classList.contains("item")) return false;
    choose(item, hash.startsWith("#m-") ? "mark" : "item");
    return true;
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      const hash = link.getAttribute("href");
      if (link.classList.contains("off")) event.preventDefault();
      else if (follow(hash)) {
        event.preventDefault();
        if (window.location.hash !== hash) window.history.pushState(null, "", hash);
      }
      return;
    }
    const item = event.target.closest(".item");
    if (item && window.getSelection().isCollapsed) choose(item, "mark");
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
  });
  window.addEventListener("popstate", () => follow(window.location.hash));
  if (form) {
    form.addEventListener("change", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    for (const button of all("[data-step]", form)) {
      button.addEventListener("click", () => step(Number(button.dataset.step)));
    }
    form.querySelector("[data-theme-switch]").addEventListener("click", () => {
      const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
      const now = root.dataset.theme || (dark ? "dark" : "light");
      root.dataset.theme = now === "dark" ? "light" : "dark";
    });
    // The list sticks below the bar, however many rows that takes.
    new ResizeObserver(() => root.style.setProperty("--bar", form.offsetHeight + "px")).observe(form);
  }
  if (current) show(current);
  filter();
  follow(window.location.hash);
})();
