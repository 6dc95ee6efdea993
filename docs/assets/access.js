// What a keyboard and a screen reader need of things that scripts or the width of the screen bring about.
(function () {
  "use strict";

  // A box that scrolls can be reached and scrolled with the keyboard; one that does not is no stop on the way.
  function boxes() {
    document.querySelectorAll(".table-box, .md-typeset pre > code").forEach(function (box) {
      const wide = box.scrollWidth > box.clientWidth + 1;
      if (wide === (box.getAttribute("tabindex") === "0")) { return; }
      if (wide) {
        box.setAttribute("tabindex", "0");
      } else {
        box.removeAttribute("tabindex");
      }
    });
  }

  // The theme gives the buttons of each block of code the same name.
  function codes() {
    document.querySelectorAll(".md-code__nav").forEach(function (nav, number) {
      const name = "Code block " + (number + 1);
      if (nav.getAttribute("aria-label") !== name) { nav.setAttribute("aria-label", name); }
    });
  }

  const article = document.querySelector("article");
  if (!article) { return; }
  new MutationObserver(codes).observe(article, {childList: true, subtree: true});
  codes();
  boxes();
  window.addEventListener("resize", boxes);
  window.addEventListener("load", boxes);
})();
