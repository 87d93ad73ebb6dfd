/*
 * What a long list leaves to the pages of its works: <a data-hp-part="ID"> in a <details> becomes the
 * part of that id of the page it leads to, when the details open. Where it cannot be had, the link stays.
 */
(() => {
  const pages = new Map() // what was asked for, by address

  async function page(address) {
    const answer = await fetch(address)
    if (!answer.ok) throw new Error(answer.statusText)
    return new DOMParser().parseFromString(await answer.text(), "text/html")
  }

  /** The part as it stands in short lists: a paragraph, or preformatted text and a button to copy it. */
  function shown(part, details) {
    if (part.localName !== "code") return [part.nextElementSibling]
    const text = document.createElement("samp")
    text.id = `${details.closest(".hp-pub").id}--bibtex`
    text.textContent = part.textContent
    const box = document.createElement("pre")
    box.append(text)
    const button = part.closest("details").querySelector(".hp-copy")
    button.hidden = false
    button.dataset.hpCopy = text.id
    return [box, button]
  }

  document.addEventListener("toggle", async ({ target }) => {
    if (location.protocol === "file:") return // where no page may read another
    const link = target.open && target.querySelector("a[data-hp-part]")
    if (!link || target.hasAttribute("data-hp-shut")) return // opened by Material, to be printed
    const address = link.href.split("#")[0]
    try {
      if (!pages.has(address)) pages.set(address, page(address))
      const part = (await pages.get(address)).getElementById(link.dataset.hpPart)
      const parts = shown(part, target).map((element) => document.importNode(element, true))
      if (link.isConnected) link.closest("p").replaceWith(...parts)
    } catch {
      pages.delete(address) // to be asked again
    }
  }, true)
})()
