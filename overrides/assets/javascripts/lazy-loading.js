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
  }

  /** Do what Material does at some keys: go to the page before, to the next one, to the search. */
  function command(event) {
    const { key, target, ctrlKey, metaKey, altKey } = event
    if (ctrlKey || metaKey || altKey || target.closest("input, select, textarea, [contenteditable]")) return
    if ("fs/".includes(key) && field && !search.checked) {
      event.preventDefault()
      search.click() // a field that is shut cannot be focused
      field.focus()
    }
    const way = "p,".includes(key) ? "prev" : "n.".includes(key) ? "next" : ""
    const link = way && !awake.signal.aborted && document.querySelector(`link[rel=${way}]`)
    if (link) location.assign(link.href)
  }

  /** Put a button over a label, which only a pointer can press. */
  function button(label, name, press) {
    const made = document.createElement("button")
    made.type = "button"
    made.className = "hp-press"
    made.setAttribute("aria-label", name)
    made.addEventListener("click", press)
    label.append(made)
    return made
  }

  /** Such a button for what opens and shuts. */
  function opener(toggle, name) {
    const label = toggle && document.querySelector(`.md-header__button[for=${toggle.id}]`)
    const made = label && button(label, name, () => toggle.click())
    const say = () => made?.setAttribute("aria-expanded", toggle.checked)
    toggle?.addEventListener("change", say)
    say()
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

  addEventListener("keydown", command, true)
  if (scripts.length) {
    for (const sign of signs) addEventListener(sign, wake, { passive: true, capture: true, signal: awake.signal })
    const { searchParams } = new URL(location)
    const asked = searchParams.has("h") || (searchParams.has("q") && !document.querySelector(".hp-find"))
    if (asked || document.querySelector("details:not([open]) :target")) wake()
  } else {
    awake.abort()
  }

  // -- the search and the menu ---------------------------------------------------

  const words = document.currentScript.dataset
  const drawer = document.getElementById("__drawer")
  const menu = opener(drawer, words.menu)
  const finder = opener(search, words.search)
  search?.addEventListener("change", () => {
    if (search.checked) field.focus()
    else if (finder?.getClientRects().length) finder.focus()
  })

  // The menu lies over the page: who opens it, or a part of it, is led into it, and by Escape out again.
  const sidebar = document.querySelector(".md-sidebar--primary")
  const lies = () => drawer?.checked
  const seen = (link) => link.getClientRects().length && getComputedStyle(link).visibility === "visible"
  const lead = (part) =>
    [...part.querySelectorAll("a.md-nav__link, label.md-nav__link[tabindex]")].find(seen)?.focus({ preventScroll: true })
  drawer?.addEventListener("change", () => lies() && lead(sidebar))
  sidebar?.addEventListener("change", ({ target }) => {
    if (lies() && target.checked) lead(target.parentElement.querySelector(".md-nav"))
  })
  sidebar?.addEventListener("focusout", ({ relatedTarget }) => {
    if (lies() && relatedTarget && !sidebar.contains(relatedTarget)) drawer.click()
  })
  addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !lies()) return
    const inner = [...sidebar.querySelectorAll(".md-nav__toggle:checked")]
      .filter((toggle) => toggle.parentElement.contains(document.activeElement)).at(-1)
    const back = inner?.parentElement.querySelector("label[tabindex]") ?? menu
    ;(inner ?? drawer).click()
    back?.focus()
  })

  // -- light and dark: a button for each step, in the place of switches that say what they are not ---

  for (const label of document.querySelectorAll("[data-md-component=palette] label")) {
    const next = document.getElementById(label.htmlFor)
    next.tabIndex = -1
    next.setAttribute("aria-hidden", true)
    button(label, label.title, () => {
      next.click()
      document.querySelector("[data-md-component=palette] label:not([hidden]) > .hp-press")?.focus()
    })
  }
})()
