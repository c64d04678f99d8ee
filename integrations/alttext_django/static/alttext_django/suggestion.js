// Lets a person take a suggestion, by mouse or keyboard, and asks for one when a picture is chosen.
"use strict";
(() => {
  const offersFor = (kind, element) =>
    element.id ? document.querySelectorAll(`[data-alttext-${kind}="${CSS.escape(element.id)}"]`) : [];

  // What a person has written is never replaced: the button is there only while the field is empty.
  const showButton = (offer) => {
    const field = document.getElementById(offer.dataset.alttextField);
    const button = offer.querySelector("[data-alttext-use]");
    if (field && button) button.hidden = field.value.trim() !== "";
  };

  const use = (button) => {
    const offer = button.closest("[data-alttext-field]");
    const field = document.getElementById(offer.dataset.alttextField);
    field.focus(); // before the button goes, so that the keyboard is never lost
    if (field.value.trim()) return;
    field.value = offer.querySelector("q").textContent;
    for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
  };

  const ask = async (offer, input) => {
    const [file] = input.files;
    offer.replaceChildren();
    if (!file) return;
    const body = new FormData();
    body.append("file", file);
    const token = input.form?.elements.csrfmiddlewaretoken?.value ?? "";
    const headers = { "X-CSRFToken": token, "X-Requested-With": "XMLHttpRequest" };
    const request = { method: "POST", body, headers };
    const response = await fetch(offer.dataset.alttextUrl, request).catch(() => null);
    if (!response?.ok || response.redirected || input.files[0] !== file) return; // such as to the login
    offer.innerHTML = await response.text();
    showButton(offer);
  };

  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-alttext-use]");
    if (button) use(button);
  });
  document.addEventListener("input", ({ target }) => offersFor("field", target).forEach(showButton));
  document.addEventListener("change", ({ target }) => {
    for (const offer of offersFor("file", target)) ask(offer, target);
  });
})();
