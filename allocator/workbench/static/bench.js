"use strict";
(() => {
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  said.className = "skip";
  document.body.append(said);

  const draw = async () => {
    for (const figure of document.querySelectorAll("figure[data-map]:not([data-drawn])")) {
      figure.dataset.drawn = "";
      const answer = await fetch(figure.dataset.map);
      if (!answer.ok) continue;
      const drawn = new DOMParser().parseFromString(await answer.text(), "image/svg+xml");
      figure.replaceChildren(document.importNode(drawn.documentElement, true));
      window.dispatchEvent(new Event("drawn"));
    }
  };

  let waiting = 0;
  let asking = null;
  let later = 0;
  const answer = async (address, keep, again) => {
    const old = document.getElementById("answer");
    if (!again) old.setAttribute("aria-busy", "true");
    clearTimeout(later);
    if (asking) asking.abort();
    asking = new AbortController();
    let page;
    try {
      const response = await fetch(address, { signal: asking.signal });
      if (response.redirected) {
        location.replace(response.url);
        return;
      }
      page = new DOMParser().parseFromString(await response.text(), "text/html");
    } catch (error) {
      if (error.name !== "AbortError") location.assign(address);
      return;
    }
    const now = page.getElementById("answer");
    if (!now) {
      location.assign(address);
      return;
    }
    if (again && now.dataset.again) {
      under_way(old, now);
      return;
    }
    const picture = old.querySelector("figure[data-drawn]");
    const focus = old.contains(document.activeElement) && document.activeElement.id;
    old.replaceWith(document.importNode(now, true));
    if (focus && document.getElementById(focus)) document.getElementById(focus).focus();
    const fresh = document.querySelector("figure[data-map]");
    if (picture && fresh && picture.dataset.map === fresh.dataset.map) fresh.replaceWith(picture);
    fields(page);
    for (const link of page.querySelectorAll(".bar a")) {
      const same = [...document.querySelectorAll(".bar a")].find((each) => each.textContent === link.textContent);
      if (same) same.href = link.getAttribute("href");
    }
    if (keep) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
    announce();
    ask_again();
    window.dispatchEvent(new Event("answered"));
    draw();
  };

  const announce = () => {
    const told = document.getElementById("said");
    const words = told ? told.textContent : "";
    if (said.textContent !== words) said.textContent = words;
  };

  // work that takes long is asked for again and again; what stands still keeps its focus
  const ask_again = () => {
    const now = document.getElementById("answer");
    if (now && now.dataset.again) later = setTimeout(() => answer(location.href, true, true), Number(now.dataset.again));
  };
  const under_way = (old, now) => {
    for (const part of now.querySelectorAll("[id]")) {
      const same = document.getElementById(part.id);
      if (same && !same.isEqualNode(part)) same.replaceWith(document.importNode(part, true));
    }
    announce();
    ask_again();
  };

  // fields keep their focus and what is being typed; only problems, and fields that come or go, change
  const fields = (page) => {
    const here = document.querySelector("form[data-live]");
    const there = page.querySelector("form[data-live]");
    if (!here || !there) return;
    const names = (form) => [...form.querySelectorAll(".field")].map((each) => each.querySelector("[name]").name);
    const focus = document.activeElement && document.activeElement.id;
    if (names(here).join() === names(there).join()) {
      const old = [...here.querySelectorAll(".field")];
      [...there.querySelectorAll(".field")].forEach((field, index) => {
        old[index].className = field.className;
        const told = field.lastElementChild;
        if (told && told.id) old[index].lastElementChild.replaceWith(document.importNode(told, true));
        const input = old[index].querySelector("input, select");
        const wrong = field.classList.contains("wrong");
        if (!input) return;
        input.setAttribute("aria-invalid", String(wrong));
        if (told && told.id) input.setAttribute("aria-describedby", told.id);
        const behind = input.closest("details");
        if (wrong && behind) behind.open = true;
      });
    } else {
      const added = document.importNode(there, true);
      if (here.closest(".folded")) added.querySelector("h2")?.remove();
      here.replaceWith(added);
      if (focus && document.getElementById(focus)) document.getElementById(focus).focus();
    }
  };

  const address = (form) => {
    const typed = new URLSearchParams();
    const standard = (name, value) => {
      const input = form.elements[name];
      return value === "" || (input && input.tagName === "INPUT" && input.type !== "hidden" && value === input.dataset.own);
    };
    for (const [name, value] of new FormData(form)) if (!standard(name, value.trim())) typed.append(name, value.trim());
    const asked = typed.toString();
    return form.getAttribute("action") + (asked ? "?" + asked : "");
  };
  // where an answer takes long, only what is typed to its end is asked
  const typed = (event) => {
    const form = event.target.closest("form[data-live]");
    if (!form || event.type !== (form.dataset.live || "input")) return;
    clearTimeout(waiting);
    // each choice is a step that "back" takes back; letters of a word are one step together
    const chosen = event.target.tagName === "SELECT" || event.target.type === "checkbox";
    waiting = setTimeout(() => answer(address(form), !chosen), chosen ? 0 : 200);
  };
  document.addEventListener("input", typed);
  document.addEventListener("change", typed);
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-live]");
    if (!form) return;
    event.preventDefault();
    clearTimeout(waiting);
    answer(address(form), false);
  });
  // on a narrow screen the answer comes first, and the question folds up above it
  const fold = () => {
    if (!matchMedia("(max-width: 60rem)").matches) return;
    for (const asking of document.querySelectorAll(".asking")) {
      const heading = asking.querySelector("h2");
      if (!heading) continue;
      const details = document.createElement("details");
      const summary = document.createElement("summary");
      details.className = "folded";
      details.open = asking.querySelector(".wrong") !== null;
      summary.append(heading);
      details.append(summary, ...asking.childNodes);
      asking.append(details);
    }
  };

  window.addEventListener("popstate", () => location.reload());
  fold();
  draw();
  ask_again();
})();
