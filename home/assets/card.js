// Saving as one goes and the button of the card must not meet: the button waits for a save that is under way, and after
// the button nothing is saved any more. Without this file the button does the same, only without saving in between.
(() => {
  "use strict";
  const form = document.getElementById("kaart");
  let saving = false;
  let waiting = false;
  let sent = false;

  form.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target !== form) {
      return;
    }
    if (sent) {
      event.preventDefault();
    } else {
      saving = true;
    }
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.target !== form) {
      return;
    }
    saving = false;
    if (waiting) {
      form.requestSubmit();
    }
  });
  form.addEventListener("submit", (event) => {
    if (saving) {
      event.preventDefault();
      waiting = true;
    } else {
      sent = true;
    }
  });
})();
