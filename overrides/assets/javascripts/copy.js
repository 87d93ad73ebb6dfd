/*
 * Copying: <button type="button" class="hp-copy" hidden data-hp-copy="ID"> copies the text of the
 * element of that id. Buttons are hidden where there is no script; what was done is said politely.
 */
(() => {
  const words = document.currentScript.dataset;
  const status = document.createElement("p"); // one for the page, there before it speaks
  status.className = "hp-hidden";
  status.setAttribute("role", "status");

  async function copy(source) {
    if (navigator.clipboard) {
      return navigator.clipboard.writeText(source.textContent);
    }
    // Without https there is no clipboard: select the text, and do as the menu does.
    getSelection().selectAllChildren(source);
    if (!document.execCommand("copy")) {
      throw new Error("not copied");
    }
  }

  function say(button, state, text) {
    status.textContent = "";
    button.dataset.hpState = state;
    setTimeout(() => { status.textContent = text; }, 50); // the same words twice are a change, too
    setTimeout(() => { delete button.dataset.hpState; }, 3000);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-hp-copy]");
    const source = button && document.getElementById(button.dataset.hpCopy);
    if (!source) {
      return;
    }
    copy(source).then(
      () => say(button, "copied", words.copied),
      () => {
        getSelection().selectAllChildren(source);
        say(button, "failed", words.failed);
      },
    );
  });

  function show() {
    document.body.append(status);
    document.querySelectorAll(".hp-copy[hidden]").forEach((button) => { button.hidden = false; });
  }

  // Material's pages follow each other without loading (navigation.instant); others load once.
  if (typeof document$ === "undefined") {
    addEventListener("DOMContentLoaded", show);
  } else {
    document$.subscribe(show);
  }
})();
