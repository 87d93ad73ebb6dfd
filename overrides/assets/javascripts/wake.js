/*
 * Material's script and the index of its search are more than all else that a page weighs. They are
 * loaded when somebody does something: until then they have nothing to do. On slow lines, scrolling and
 * pointing are not enough.
 */
(() => {
  "use strict"

  const scripts = [...document.querySelectorAll("script[data-hp-later]")]
  const search = document.getElementById("__search")
  const field = document.querySelector(".md-search__input")
  const { saveData, effectiveType = "4g" } = navigator.connection ?? {}
  const signs = ["keydown", "pointerdown", "focusin"]
  if (!saveData && effectiveType === "4g") signs.push("pointermove", "scroll", "touchstart", "wheel")
  const awake = new AbortController()

  /** Load a script that the page keeps back. */
  function load(kept) {
    return new Promise((done) => {
      const script = document.createElement("script")
      script.src = kept.dataset.hpLater
      script.onload = script.onerror = done
      kept.replaceWith(script)
    })
  }

  /** Let Material's script begin, as it does with a page that has just been read. */
  async function wake() {
    if (awake.signal.aborted) return
    awake.abort()
    // It opens its search for ?q=, which is for the list of publications where there is one (find.js).
    const bare = new URL(location)
    bare.searchParams.delete("q")
    document.documentElement.toggleAttribute("data-hp-waking", true)
    if (document.querySelector("form.hp-find")) history.replaceState(history.state, "", bare)
    for (const script of scripts) await load(script)
    document.documentElement.removeAttribute("data-hp-waking")
    dispatchEvent(new Event("hp-awake"))
    window.document$?.next(document)
    reach()
    if (search?.checked) field?.focus()
    removeEventListener("keydown", command, true)
  }

  /** Do what Material does at some keys: go to the search, to the page before, to the next one. */
  function command(event) {
    const { key, target, ctrlKey, metaKey, altKey } = event
    if (ctrlKey || metaKey || altKey || target.closest("input, select, textarea, [contenteditable]")) return
    if ("fs/".includes(key) && field) {
      event.preventDefault()
      field.focus()
    }
    const way = "p,".includes(key) ? "prev" : "n.".includes(key) ? "next" : ""
    const link = way && document.querySelector(`link[rel=${way}]`)
    if (link) location.assign(link.href)
  }

  /** Put a button over a label, which only a pointer can press. */
  function button(label, name, toggle) {
    const made = document.createElement("button")
    const say = () => made.setAttribute("aria-expanded", toggle.checked)
    made.type = "button"
    made.className = "hp-press"
    made.setAttribute("aria-label", name)
    made.addEventListener("click", () => toggle.click())
    toggle.addEventListener("change", say)
    say()
    label.append(made)
    return made
  }

  /** Let the keyboard reach what is wider than its place, to scroll it. */
  function reach() {
    const boxes = document.querySelectorAll("pre > code, .md-typeset :is(table, .md-typeset__scrollwrap, .hp-math)")
    for (const box of boxes) if (box.scrollWidth > box.clientWidth) box.tabIndex = 0
  }

  reach()
  for (const change of ["resize", "toggle"]) addEventListener(change, reach, true)
  window.document$?.subscribe(reach) // where Material's script is there already

  if (scripts.length) {
    for (const sign of signs) addEventListener(sign, wake, { passive: true, capture: true, signal: awake.signal })
    addEventListener("keydown", command, true)
    search?.addEventListener("change", () => search.checked && field.focus())
    const { searchParams } = new URL(location)
    const asked = searchParams.has("h") || (searchParams.has("q") && !document.querySelector(".hp-find"))
    if (asked || document.querySelector(".mermaid, details:not([open]) :target")) wake()
  }

  const words = document.currentScript.dataset
  const drawer = document.getElementById("__drawer")
  const [menu] = [[drawer, words.menu], [search, words.search]].map(([toggle, name]) => {
    const label = toggle && document.querySelector(`.md-header__button[for=${toggle.id}]`)
    return label && button(label, name, toggle)
  })
  // The menu lies over the page: who opens it is led into it, and by Escape out again.
  drawer?.addEventListener("change", () => {
    if (!drawer.checked) return
    const links = [...document.querySelectorAll(".md-nav--primary a.md-nav__link")]
    const seen = (link) => link.getClientRects().length && getComputedStyle(link).visibility === "visible"
    links.find(seen)?.focus({ preventScroll: true })
  })
  addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !drawer?.checked) return
    drawer.click()
    menu?.focus()
  })
})()
