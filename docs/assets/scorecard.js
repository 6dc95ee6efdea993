// Score, confidence and ring for weights of the reader's own. The formula is that of evaluation/radar/scorecard.py.
(function () {
  "use strict";

  const TOLERANCE = 1e-9;
  const SCALES = ["score", "confidence", "proven"];

  function sum(values) {
    return values.reduce(function (all, one) { return all + one; }, 0);
  }

  // Each item with its share of 100, and what of it counts against and for the vendor.
  function marks(data, weights) {
    const total = sum(data.criteria.map(function (criterion) { return weights[criterion.id]; }));
    return data.criteria.flatMap(function (criterion) {
      const within = sum(criterion.items.map(function (item) { return item.weight; }));
      return criterion.items.map(function (item) {
        const share = 100 * weights[criterion.id] / total * item.weight / within;
        const counts = item.verdict === "unknown" ? 0 : share * data.grades[item.grade];
        return {id: item.id, of: criterion.id, share: share,
          lost: item.verdict === "fail" ? counts : 0, proven: item.verdict === "pass" ? counts : 0};
      });
    });
  }

  // A scale of everything (of is empty), of one criterion or of one item, of 100.
  function scale(all, name, of) {
    const found = all.filter(function (mark) { return !of || mark.of === of || mark.id === of; });
    const full = sum(found.map(function (mark) { return mark.share; }));
    const lost = 100 * sum(found.map(function (mark) { return mark.lost; })) / full;
    const proven = 100 * sum(found.map(function (mark) { return mark.proven; })) / full;
    return {score: 100 - lost, proven: proven, confidence: lost + proven}[name];
  }

  function whole(all, name, of) {
    return Math.floor(scale(all, name, of) + TOLERANCE);
  }

  function ring(data, all) {
    return data.rings.find(function (one) {
      return one.limits.every(function (limit) { return scale(all, limit.scale, limit.of) >= limit.least - TOLERANCE; });
    }).name;
  }

  // {ring, score, confidence, proven, criteria: {id: {score, confidence, proven}}} for weights by criterion.
  function judge(data, weights) {
    const all = marks(data, weights);
    const told = function (of) {
      return Object.fromEntries(SCALES.map(function (name) { return [name, whole(all, name, of)]; }));
    };
    const criteria = data.criteria.map(function (criterion) { return [criterion.id, told(criterion.id)]; });
    return Object.assign({ring: ring(data, all), criteria: Object.fromEntries(criteria)}, told(""));
  }

  function start(box) {
    const data = JSON.parse(document.getElementById(box.dataset.scorecard).textContent);
    const inputs = data.criteria.map(function (criterion) { return [criterion.id, field(box, criterion)]; });
    const result = document.createElement("p");
    result.className = "weights-result";
    result.setAttribute("role", "status");
    const reset = document.createElement("button");
    reset.type = "button";
    reset.textContent = "Back to our weights";
    box.append(result, reset);

    function apply() {
      if (!inputs.every(function (pair) { return pair[1].checkValidity(); })) {
        result.textContent = "A weight is a number above 0 and at most 1000.";
        return;
      }
      const weights = Object.fromEntries(inputs.map(function (pair) { return [pair[0], Number(pair[1].value)]; }));
      const found = judge(data, weights);
      result.textContent = "Ring " + found.ring + ". Score " + found.score + ", confidence " + found.confidence +
        ", proven well " + found.proven + " of 100.";
      result.dataset.ring = found.ring;
    }

    inputs.forEach(function (pair) { pair[1].addEventListener("input", apply); });
    reset.addEventListener("click", function () {
      inputs.forEach(function (pair) { pair[1].value = pair[1].defaultValue; });
      apply();
    });
    apply();
  }

  function field(box, criterion) {
    const cell = box.querySelector('[data-criterion="' + criterion.id + '"]');
    const input = document.createElement("input");
    Object.assign(input, {type: "number", min: "0.1", max: "1000", step: "any", required: true});
    input.setAttribute("value", String(criterion.weight));
    input.setAttribute("aria-label", "Weight of " + criterion.title);
    cell.replaceChildren(input);
    return input;
  }

  if (typeof module !== "undefined") {
    module.exports = {judge: judge};
  } else {
    document.querySelectorAll("[data-scorecard]").forEach(start);
  }
})();
