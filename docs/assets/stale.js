// Says "stale" where the review of a page is due. Without script the page shows the day itself.
(function () {
  "use strict";

  // Days as YYYY-MM-DD: from its day on, a review is due.
  function stale(due, today) {
    return today >= due;
  }

  function today() {
    const now = new Date();
    const two = function (number) { return String(number).padStart(2, "0"); };
    return now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate());
  }

  if (typeof module !== "undefined") {
    module.exports = {stale: stale};
  } else {
    document.querySelectorAll("[data-review-by]").forEach(function (element) {
      if (stale(element.dataset.reviewBy, today())) {
        element.classList.add("is-stale");
        element.prepend("Stale: ");
      }
    });
  }
})();
