// The search page: where the keyboard goes after a change, and what has to follow the address. Without this file, and
// without htmx, everything works by the buttons of its form.
(() => {
  "use strict";
  const sheet = document.getElementById("filters");
  let goTo = null;

  document.addEventListener("htmx:beforeRequest", (event) => {
    const button = event.detail.requestConfig.triggeringEvent?.submitter;
    goTo = button?.dataset.focus ?? null;
    // On a phone the button of the filters shows what they found.
    if (button && sheet.matches(":popover-open")) sheet.hidePopover();
  });

  document.addEventListener("htmx:afterSettle", () => {
    if (goTo === null || document.activeElement !== document.body) return;
    const place = document.getElementById(goTo);
    // What was the last one to compare is gone, and its list with it.
    (place.checkVisibility() ? place : document.getElementById("resultaten")).focus();
    goTo = null;
  });

  // Whoever chooses another language or signs in comes back to what they see now.
  document.addEventListener("htmx:pushedIntoHistory", () => {
    const here = location.pathname + location.search;
    for (const field of document.querySelectorAll("header input[name=next]")) field.value = here;
    for (const link of document.querySelectorAll('header a[href*="?next="]')) {
      link.search = new URLSearchParams({ next: here });
    }
  });
})();
