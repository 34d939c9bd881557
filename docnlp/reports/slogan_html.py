"""What the two pages of slogans are made of: the template, and what they add to the style of a check's page."""

from __future__ import annotations

STYLE = """
:root {
  --numeric: #7138a8; --campaign: #1c6c8c; --parallel: #2a7030; --policy: #b02a37;
  --numeric-back: #efe4fb; --campaign-back: #dff2f9; --parallel-back: #e1f3de; --policy-back: #fde3e5;
}
@media (prefers-color-scheme: dark) {
  :root:not([data-theme="light"]) {
    --numeric: #cba6f0; --campaign: #7cc7e8; --parallel: #97d18f; --policy: #ff8a94;
    --numeric-back: #38244f; --campaign-back: #143a4a; --parallel-back: #1f3b1d; --policy-back: #4b1f26;
  }
}
:root[data-theme="dark"] {
  --numeric: #cba6f0; --campaign: #7cc7e8; --parallel: #97d18f; --policy: #ff8a94;
  --numeric-back: #38244f; --campaign-back: #143a4a; --parallel-back: #1f3b1d; --policy-back: #4b1f26;
}
.t-numeric { --tone: var(--numeric); --back: var(--numeric-back); --stroke: double; }
.t-campaign { --tone: var(--campaign); --back: var(--campaign-back); --stroke: dashed; }
.t-parallel { --tone: var(--parallel); --back: var(--parallel-back); --stroke: solid; }
.t-policy { --tone: var(--policy); --back: var(--policy-back); --stroke: dotted; }
.mark[class*="t-"] { background: var(--back); border-bottom: 2px var(--stroke) var(--tone); }
.mark.t-numeric { border-bottom-width: 3px; }
.mark.off { background: none; border-bottom-color: transparent; pointer-events: none; }
.mark:target, .item:target { background: var(--here); }
.badge[class*="t-"] { background: var(--back); color: var(--tone); }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0; padding: 0; font-size: .9rem; }
.legend .mark { cursor: inherit; padding: 0 .15em; }
.item-head .phrase { overflow-wrap: anywhere; }
.item .places { display: flex; flex-wrap: wrap; gap: .1rem .75rem; font-size: .85rem; }
.item details { font-size: .85rem; } .item summary, .phrases summary { cursor: pointer; color: var(--link); }
.item .sure { color: var(--soft); font-size: .8rem; }
.panel { margin: 0 0 1.25rem; padding: 1rem 1.25rem 1.25rem; background: var(--paper); border: 1px solid var(--line); border-radius: .4rem; }
.panel h2 { margin-bottom: .6rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .95rem; }
th, td { padding: .35rem .75rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { white-space: nowrap; border-bottom-width: 2px; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.phrases { width: 100%; }
.phrases .phrase { min-width: 11rem; overflow-wrap: anywhere; font-weight: normal; }
.phrases .forms { display: block; color: var(--soft); font-size: .8rem; }
.phrases ul { margin: .25rem 0 0; padding-left: 1.1rem; font-size: .85rem; overflow-wrap: anywhere; min-width: 11rem; }
.phrases thead button { font: inherit; font-weight: bold; padding: 0; border: 0; background: none; color: var(--link); cursor: pointer; }
.phrases thead button::after { content: "⇅"; margin-left: .25em; font-size: .8em; color: var(--soft); }
.phrases [aria-sort="ascending"] button::after { content: "▲"; }
.phrases [aria-sort="descending"] button::after { content: "▼"; }
.bars { display: block; max-width: 60rem; overflow: hidden; font-size: 14px; }
.bars text { fill: var(--ink); } .bars .amount { fill: var(--soft); font-size: 13px; }
.bars rect { fill: var(--tone); }
@media (max-width: 60rem) { .panel { padding: .75rem; } th, td { padding: .3rem .5rem; } .phrases .phrase { min-width: 8rem; } }
@media print {
  :root, :root[data-theme] {
    --numeric: #7138a8; --campaign: #1c6c8c; --parallel: #2a7030; --policy: #b02a37;
    --numeric-back: #fff; --campaign-back: #fff; --parallel-back: #fff; --policy-back: #fff;
  }
  .filters { display: flex; position: static; } .filters .tools, .filters input { display: none; }
  .bars rect { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .phrases tr { break-inside: avoid; } .phrases thead button::after { content: ""; } .phrases thead button { color: inherit; }
  .wide { overflow: visible; }
}
"""

SCRIPT = """
"use strict";
(function () {
  const root = document.documentElement;
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const form = document.querySelector(".filters");
  root.classList.add("scripted");
  if (!form) return;

  // Hide what the boxes leave out, in the list and in the text.
  function filter() {
    const types = new Set(all("input:checked", form).map((input) => input.value));
    for (const each of all("main [data-type]")) {
      const off = !types.has(each.dataset.type);
      if (!each.classList.contains("mark")) {
        each.hidden = off;
        continue;
      }
      each.classList.toggle("off", off);
      if (off) each.tabIndex = -1;
      else each.removeAttribute("tabindex");
    }
    for (const nothing of all(".nothing")) {
      nothing.hidden = all("[data-type]:not(.mark)", nothing.parentElement).some((each) => !each.hidden);
    }
    const phrases = all("main [data-type]:not(.mark)");
    form.querySelector(".shown").textContent = "显示 " + phrases.filter((each) => !each.hidden).length + "／" + phrases.length + " 个";
  }

  // Sort by a column: first the greatest number or the first word, then the other way round. Blanks stay behind.
  function sort(table, column, button) {
    const head = button.closest("th");
    const numeric = head.classList.contains("number");
    const up = head.hasAttribute("aria-sort") ? head.getAttribute("aria-sort") === "descending" : !numeric;
    for (const other of all("th", table.tHead)) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const value = (row) => row.cells[column].dataset.value || row.cells[column].textContent.trim();
    const rows = Array.from(table.tBodies[0].rows);
    rows.sort((a, b) => {
      const x = value(a);
      const y = value(b);
      if (x === "" || y === "") return (x === "") - (y === "");
      const order = numeric ? parseFloat(x) - parseFloat(y) : x.localeCompare(y, "zh-CN");
      return up ? order : -order;
    });
    table.tBodies[0].append(...rows);
  }

  for (const table of all("table.phrases")) {
    all("th", table.tHead).forEach((head, column) => {
      if (!head.dataset.sort) return;
      const button = document.createElement("button");
      button.type = "button";
      button.title = "按这一列排序";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sort(table, column, button));
      head.append(button);
    });
  }
  form.addEventListener("change", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector("[data-theme-switch]").addEventListener("click", () => {
    const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
    const now = root.dataset.theme || (dark ? "dark" : "light");
    root.dataset.theme = now === "dark" ? "light" : "dark";
  });
  // The list sticks below the bar, however many rows that takes.
  new ResizeObserver(() => root.style.setProperty("--bar", form.offsetHeight + "px")).observe(form);
  filter();
})();
"""

TEMPLATE = """\
{% macro piece_html(p) %}
{%- if p.type -%}
<a class="mark t-{{ p.type }}{% if p.kind %} k-{{ p.kind }}{% endif %}"{% if p.anchor %} id="{{ p.anchor }}"{% endif %} href="#{{ p.item }}" data-type="{{ p.type }}" title="{{ names[p.type] }}">{{ p.text }}</a>
{%- elif p.kind -%}
<span class="k-{{ p.kind }}">{{ p.text }}</span>
{%- else -%}
{{ p.text }}
{%- endif -%}
{% endmacro %}
{% macro place_links(places) %}
<p class="places">{% for p in places %}<a href="#{{ p.mark }}">第 {{ p.line }} 行第 {{ p.column }} 字</a>{{ "\n" if not loop.last else "" }}{% endfor %}</p>
{% endmacro %}
<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '{{ style_hash }}'; script-src '{{ script_hash }}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="docnlp {{ version }}">
<title>{{ title }}</title>
<style>{{ style|safe }}</style>
</head>
<body>
<header class="top">
<h1>{{ title }}</h1>
<p class="summary">{{ summary }}</p>
</header>
{% if types %}
<form class="filters" aria-label="类型" autocomplete="off">
<ul class="legend">
{% for t in types %}
<li><label><input class="needs-script" type="checkbox" name="type" value="{{ t.type }}" checked><span class="mark t-{{ t.type }}">{{ names[t.type] }}</span> <span class="count">{{ t.phrases }} 个</span></label></li>
{% endfor %}
</ul>
<p class="tools needs-script"><output class="shown"></output>
<button type="button" data-theme-switch>深色／浅色</button></p>
</form>
{% endif %}
{% if failed %}
<section class="unreadable" aria-label="无法读取的文件"><h2>无法读取的文件</h2>
<ul>{% for path, error in failed %}<li><b>{{ path }}</b>：{{ error }}</li>{% endfor %}</ul></section>
{% endif %}
{% if pages|length > 1 %}
<nav class="files" aria-label="文件"><ol>
{% for p in pages %}
<li><a href="#{{ p.id }}"><span class="name">{{ p.path }}</span>
<span class="tally">{% for t in p.types %}<span class="badge t-{{ t.type }}">{{ names[t.type] }} {{ t.phrases }}</span>{% else %}<span class="badge ok">没有</span>{% endfor %}</span></a></li>
{% endfor %}
</ol></nav>
{% endif %}
<main>
{% for p in pages %}
<section class="file" id="{{ p.id }}" aria-labelledby="{{ p.id }}-name">
<h2 id="{{ p.id }}-name">{{ p.path }}</h2>
<p class="facts">{% if p.items %}{{ p.items|length }} 个用语，出现 {{ p.count }} 次{% else %}{{ nothing }}{% endif %}</p>
<div class="columns">
<article class="text" aria-label="原文">
{% for line in p.lines %}
<p class="line{% if line.kind %} k-{{ line.kind }}{% if line.level %} level-{{ line.level }}{% endif %}{% endif %}" data-line="{{ line.number }}">{% for s in line.pieces %}{{ piece_html(s) }}{% endfor %}</p>
{% endfor %}
</article>
{% if p.items %}
<aside class="list" aria-label="用语列表">
<h3>用语列表</h3>
<ol class="items">
{% for i in p.items %}
<li class="item" id="{{ i.id }}" data-type="{{ i.type }}">
<p class="item-head"><span class="badge t-{{ i.type }}">{{ names[i.type] }}</span>
<b class="phrase">{{ i.text }}</b>
<span class="sure">{{ i.places|length }} 次，把握 {{ i.sure }}</span></p>
{{ place_links(i.places[:shown]) }}
{% if i.places|length > shown %}
<details><summary>还有 {{ i.places|length - shown }} 处</summary>
{{ place_links(i.places[shown:]) }}
</details>
{% endif %}
</li>
{% endfor %}
</ol>
<p class="nothing" hidden>筛选之后没有要看的。</p>
</aside>
{% endif %}
</div>
</section>
{% endfor %}
{% if inventory and inventory.entries %}
<section class="panel" aria-labelledby="types-name">
<h2 id="types-name">各类用语</h2>
<div class="wide">
<table class="types">
<thead><tr><th scope="col">类型</th><th scope="col" class="number">用语</th><th scope="col" class="number">出现次数</th><th scope="col" class="number">文件</th></tr></thead>
<tbody>
{% for t in types %}
<tr><th scope="row"><span class="badge t-{{ t.type }}">{{ names[t.type] }}</span></th><td class="number">{{ t.phrases }}</td><td class="number">{{ t.count }}</td><td class="number">{{ t.files }}</td></tr>
{% endfor %}
</tbody>
</table>
</div>
</section>
<section class="panel" aria-labelledby="bars-name">
<h2 id="bars-name">{{ chart.title }}</h2>
<svg class="bars" width="100%" height="{{ chart.height }}" role="img" aria-labelledby="bars-title bars-text">
<title id="bars-title">{{ chart.title }}</title>
<desc id="bars-text">{{ chart.text }}</desc>
{% for b in chart.bars %}
<g class="t-{{ b.type }}"><text x="0" y="{{ b.top + 15 }}">{{ b.label }}</text><rect x="0" y="{{ b.top + 22 }}" width="{{ b.width }}%" height="12" rx="2"></rect><text class="amount" x="{{ b.width }}%" dx="8" y="{{ b.top + 33 }}">{{ b.count }} 次　{{ names[b.type] }}</text></g>
{% endfor %}
</svg>
</section>
<section class="panel" aria-labelledby="phrases-name">
<h2 id="phrases-name">全部用语</h2>
<div class="wide" role="region" aria-labelledby="phrases-name" tabindex="0">
<table class="phrases">
<thead><tr><th scope="col" data-sort="1">用语</th><th scope="col" data-sort="1">类型</th><th scope="col" class="number" data-sort="1" aria-sort="descending">次数</th><th scope="col" class="number" data-sort="1">文件数</th><th scope="col" class="number" data-sort="1">最早</th><th scope="col" class="number" data-sort="1">最晚</th><th scope="col" class="number" data-sort="1">把握</th><th scope="col">文件</th></tr></thead>
<tbody>
{% for e in inventory.entries %}
<tr data-type="{{ e.type }}"><th scope="row" class="phrase" data-value="{{ e.text|visible }}">{{ e.text|visible }}{% if e.forms|length > 1 %}<span class="forms">也写作：{% for text, n in e.forms[1:] %}{{ text|visible }}（{{ n }} 次）{% endfor %}</span>{% endif %}</th><td><span class="badge t-{{ e.type }}">{{ names[e.type] }}</span></td><td class="number">{{ e.count }}</td><td class="number">{{ e.files|length }}</td><td class="number">{{ e.first or "" }}</td><td class="number">{{ e.last or "" }}</td><td class="number">{{ "%.0f%%"|format(e.score * 100) }}</td><td><details><summary>{{ e.files|length }} 个文件</summary><ul>{% for path, n in e.files %}<li>{{ path|visible }}{% if n > 1 %}（{{ n }} 次）{% endif %}</li>{% endfor %}</ul></details></td></tr>
{% endfor %}
</tbody>
</table>
<p class="nothing" hidden>筛选之后没有要看的。</p>
</div>
</section>
{% endif %}
</main>
<script>{{ script|safe }}</script>
</body>
</html>
"""
