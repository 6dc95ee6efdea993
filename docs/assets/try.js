// Shows the contract with Swagger UI and logs in with the mock's fake login. Requests go to the mock alone.
(function () {
  "use strict";

  const box = document.getElementById("try");
  if (!box || !window.hjkit || !window.SwaggerUIBundle) { return; }
  const button = document.getElementById("try-login");
  const said = document.getElementById("try-said");
  const served = location.pathname.indexOf("/__docs/");
  const base = served < 0 ? window.hjkit.base : location.origin + location.pathname.slice(0, served);
  const login = window.hjkit.login;

  function say(text) { said.textContent = text; }

  // Outside the article, whose style sheet is made for prose.
  const article = box.closest("article");
  if (article) { article.append(box); }

  const contract = window.hjkit.contract;
  contract.servers = [{url: base, description: "The mock."}];
  const ui = window.SwaggerUIBundle({
    domNode: box,
    spec: contract,
    validatorUrl: null,
    docExpansion: "none",
    defaultModelsExpandDepth: -1,
    tagsSorter: "alpha",
    deepLinking: false,
    syntaxHighlight: {activated: false},
    plugins: [function () { return {wrapComponents: {InfoContainer: function () { return function () { return null; }; }}}; }],
  });

  // Swagger UI names the choice of servers by nothing.
  function mend() {
    const servers = box.querySelector("#servers");
    if (servers && !servers.hasAttribute("aria-label")) { servers.setAttribute("aria-label", "Server"); }
  }

  new MutationObserver(mend).observe(box, {childList: true, subtree: true});

  async function logIn() {
    try {
      const answer = await fetch(base + "/authenticate", {
        method: "POST",
        body: new URLSearchParams({email: login.email, password: login.password}),
      });
      const body = await answer.json();
      if (!answer.ok) {
        say("The mock refused the fake login (" + answer.status + "): it may have been started with another one.");
        return;
      }
      ui.preauthorizeApiKey("token", body.token);
      say("Logged in. The token lasts one hour of vendor time; the Secretkey is filled in.");
    } catch (error) {
      say("No mock answers at " + base + ": start one with `make serve`.");
    }
  }

  function dress() {
    const dark = document.body.dataset.mdColorScheme === "slate";
    document.documentElement.classList.toggle("dark-mode", dark);
  }

  new MutationObserver(dress).observe(document.body, {attributes: true, attributeFilter: ["data-md-color-scheme"]});
  dress();
  button.disabled = false;
  button.addEventListener("click", logIn);
  say("Not logged in. Requests go to " + base + ".");
})();
