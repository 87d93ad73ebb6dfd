/*
 * On paper, what is shut stays shut. Material opens every <details> to print it, which would print each
 * work a second time as BibTeX, and of the ways to cite, which share a name, only the last.
 */
(() => {
  const names = new Map()

  // Before Material's listeners, which it adds when the page has loaded.
  addEventListener("beforeprint", () => {
    for (const part of document.querySelectorAll(".hp-pub__more, .hp-way")) {
      part.toggleAttribute("data-hp-shut", !part.open)
      if (part.hasAttribute("name")) names.set(part, part.getAttribute("name"))
      part.removeAttribute("name") // or each that opens shuts the one before, for good
    }
  })
  // After them.
  addEventListener("afterprint", () => setTimeout(() => {
    names.forEach((name, part) => part.setAttribute("name", name))
    names.clear()
    for (const part of document.querySelectorAll("[data-hp-shut]")) part.removeAttribute("data-hp-shut")
  }))
})()
