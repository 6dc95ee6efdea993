// Lets a reader search and filter the list of the radar. Without script the list is whole and nothing is missing.
(function () {
  "use strict";

  function fold(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/\s+/g, " ").trim();
  }

  // entry: {text, ring, quadrant}; wanted: the same keys, empty for all. Every word of the text must be there.
  function matches(entry, wanted) {
    const text = fold(entry.text);
    return (!wanted.ring || wanted.ring === entry.ring) && (!wanted.quadrant || wanted.quadrant === entry.quadrant) &&
      fold(wanted.text || "").split(" ").every(function (word) { return text.includes(word); });
  }

  function made(name, attributes, children) {
    const element = document.createElement(name);
    Object.entries(attributes || {}).forEach(function (pair) { element.setAttribute(pair[0], pair[1]); });
    (children || []).forEach(function (child) { element.append(child); });
    return element;
  }

  function choice(label, name, values) {
    const select = made("select", {name: name}, [made("option", {value: ""}, ["all"])]);
    values.forEach(function (value) { select.append(made("option", {value: value}, [value])); });
    return made("label", {}, [label, select]);
  }

  function once(values) {
    return values.filter(function (value, index) { return values.indexOf(value) === index; });
  }

  function start(list) {
    const rows = Array.from(list.querySelectorAll("tbody tr")).map(function (row) {
      return {row: row, text: row.textContent, ring: row.cells[2].textContent.trim(),
        quadrant: row.cells[3].textContent.trim(), number: row.cells[0].textContent.trim()};
    });
    const form = made("form", {"class": "radar-filter", role: "search", "aria-label": "Filter the entries"}, [
      made("label", {}, ["Search", made("input", {type: "search", name: "text", autocomplete: "off"})]),
      choice("Ring", "ring", once(rows.map(function (one) { return one.ring; }))),
      choice("Quadrant", "quadrant", once(rows.map(function (one) { return one.quadrant; }))),
    ]);
    const told = made("p", {role: "status"});
    const blips = Array.from(document.querySelectorAll("svg.radar .radar-blip"));

    function apply() {
      const wanted = {text: form.elements.text.value, ring: form.elements.ring.value, quadrant: form.elements.quadrant.value};
      let shown = 0;
      rows.forEach(function (one) {
        one.row.hidden = !matches(one, wanted);
        shown += one.row.hidden ? 0 : 1;
        const blip = blips.find(function (each) { return each.getAttribute("aria-label").startsWith(one.number + " "); });
        if (blip) { blip.classList.toggle("is-out", one.row.hidden); }
      });
      told.textContent = shown + " of " + rows.length + (rows.length === 1 ? " entry" : " entries");
    }

    form.addEventListener("input", apply);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    list.prepend(form, told);
    apply();
  }

  if (typeof module !== "undefined") {
    module.exports = {matches: matches};
  } else {
    document.querySelectorAll("[data-radar=list]").forEach(start);
  }
})();
