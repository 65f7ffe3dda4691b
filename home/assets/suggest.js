// Suggestions under the search box, as the combobox pattern of the ARIA Authoring Practices has it. Without this file the
// box works the same, only without suggestions.
(() => {
  "use strict";
  const WAIT = 150;
  const SHORTEST = 2;

  for (const row of document.querySelectorAll("[data-suggest]")) {
    const input = row.querySelector("input[name=q]");
    const list = document.createElement("ul");
    list.id = `${input.id}-suggesties`;
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.labels[0].textContent.trim());
    list.hidden = true;
    row.append(list);
    // A search box may not be a combobox (ARIA in HTML); a box for text may. The keyboard of a phone keeps its button.
    input.type = "text";
    input.enterKeyHint = "search";
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");

    let timer = 0;
    let asking = null;
    let chosen = -1;

    const close = () => {
      list.hidden = true;
      chosen = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };

    const choose = (index) => {
      const options = [...list.children];
      chosen = (index + options.length) % options.length;
      options.forEach((option, place) => option.setAttribute("aria-selected", String(place === chosen)));
      input.setAttribute("aria-activedescendant", options[chosen].id);
      options[chosen].scrollIntoView({ block: "nearest" });
    };

    const show = (suggestions) => {
      list.replaceChildren(
        ...suggestions.map((one, place) => {
          const option = document.createElement("li");
          option.id = `${list.id}-${place}`;
          option.setAttribute("role", "option");
          option.setAttribute("aria-selected", "false");
          option.dataset.url = one.url;
          option.textContent = one.text;
          return option;
        }),
      );
      chosen = -1;
      list.hidden = suggestions.length === 0;
      input.setAttribute("aria-expanded", String(!list.hidden));
      input.removeAttribute("aria-activedescendant");
    };

    const ask = async () => {
      asking?.abort();
      if (input.value.trim().length < SHORTEST) return close();
      asking = new AbortController();
      try {
        const answer = await fetch(`${row.dataset.suggest}?q=${encodeURIComponent(input.value)}`, {
          signal: asking.signal,
        });
        if (answer.ok && document.activeElement === input) show(await answer.json());
      } catch {
        close(); // Away or overtaken: the box itself still works.
      }
    };

    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (list.hidden || !list.children.length) return;
        event.preventDefault();
        choose(event.key === "ArrowDown" ? chosen + 1 : chosen < 0 ? -1 : chosen - 1);
      } else if (event.key === "Enter" && chosen >= 0) {
        event.preventDefault();
        location.assign(list.children[chosen].dataset.url);
      }
    });
    input.addEventListener("blur", () => setTimeout(close, WAIT));
    list.addEventListener("mousedown", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) location.assign(option.dataset.url);
    });
  }
})();
