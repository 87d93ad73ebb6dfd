/*
 * Find: a search field and filters above a list of publications.
 *
 * A <template class="hp-find"> stands before the list. It holds the form and, as JSON, what the HTML of
 * the list does not say (facets.py). The address says what is looked for: ?q=…&year=2024
 * in the first list of a page, ?q2=…&year2=2024 in the second.
 */
(() => {
  "use strict"

  const FEW = 8 // values of a facet that stand before "more"
  const PAUSE = 400 // milliseconds without a key, until the number is said and the address written
  const SEARCHED = ["year", "topic", "venue"] // facets whose values are words to find works by

  // -- text -----------------------------------------------------------------------

  const MARKS = /[\u00ad\u0300-\u036f\u0591-\u05bd\u064b-\u065f\u200b-\u200d]/g
  const LIKE = {
    æ: "ae", œ: "oe", ß: "ss", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ħ: "h", ŧ: "t", ı: "i", ς: "σ",
    "‘": "'", "’": "'", "ʼ": "'", "“": '"', "”": '"', "‐": "-", "–": "-", "—": "-", "−": "-",
  }
  const LETTERS = new RegExp(`[${Object.keys(LIKE).join("")}]`, "g")

  /** Text without case, accents, widths and fine typography: the same for all who mean the same. */
  const fold = (text) =>
    /^[ -~\n]*$/.test(text)
      ? text.toLowerCase()
      : text.normalize("NFKD").toLowerCase().replace(MARKS, "").replace(LETTERS, (c) => LIKE[c])

  /** An address as people write it. */
  const readable = (address) => {
    try {
      return decodeURI(address)
    } catch {
      return address // a % that stands for itself
    }
  }

  /** The words asked for; what stands in quotes is one. */
  const asking = (text) =>
    (fold(text).match(/"[^"]+"|[^\s"]+/g) ?? []).map((word) => word.replaceAll('"', "").trim()).filter(Boolean)

  // -- one list -------------------------------------------------------------------

  /** Put the form in the place of its template; `suffix` is that of its names in the address. */
  function finder(template, suffix) {
    const form = template.content.querySelector("form")
    const part = (name) => form.querySelector(`.hp-find__${name}`)
    const field = form.querySelector("input")
    const [panel, status, clear, chosen, more] = ["filter", "status", "clear", "chosen", "more"].map(part)
    const title = chosen.textContent
    more.remove()

    const { facets, names, people, order = people.map((_, work) => work) } = JSON.parse(
      template.content.querySelector("script").textContent,
    )
    for (const facet of facets) {
      facet.values = facet.values.map((value) => (Array.isArray(value) ? value : [value, value]))
      facet.of = facet.of.map((values) => [].concat(values))
      facet.key = facet.name + suffix
      facet.chosen = new Set()
      facet.boxes = []
    }
    const items = [...document.querySelectorAll(".hp-pub")]
      .filter((item) => template.compareDocumentPosition(item) & Node.DOCUMENT_POSITION_FOLLOWING)
      .slice(0, order.length)
    if (items.length < order.length) return null // somebody's own list, which cannot be told apart
    const path = location.pathname
    const headings = new Map()
    for (const list of new Set(items.map((item) => item.parentNode))) {
      const before = list.previousElementSibling
      headings.set(list, before?.matches("h2, h3, h4, h5, h6") ? before : null)
      room(list, list.children.length, "auto")
    }

    const ids = ["doi.org", "arxiv.org"].map((host) => `a[href^="https://${host}/"]`).join()
    const texts = [] // of each work, folded
    let fits // of each work: true, or the one facet that is against it, or false
    let timer

    const spellings = names.map(fold)
    const words = facets.filter(({ name }) => SEARCHED.includes(name))
    for (const facet of words) facet.words = facet.values.map(([, label]) => fold(label))

    /** Fold what the paragraphs of the works say, and the data: all of it, or what there is time for. */
    function prepare(idle) {
      for (let work = texts.length; work < people.length; work++) {
        if (idle?.timeRemaining() < 4) return void requestIdleCallback(prepare)
        texts.push(
          [
            ...Array.from(items[order.indexOf(work)].querySelectorAll("p"), (p) => fold(p.textContent)),
            ...Array.from(items[order.indexOf(work)].querySelectorAll(ids), (a) => fold(readable(a.href))),
            ...words.flatMap((facet) => facet.of[work].map((value) => facet.words[value])),
            ...people[work].map((name) => spellings[name]),
          ].join("\n"),
        )
      }
    }

    /** Add what a long list leaves to the pages of its works, abstracts above all: the site's search has it. */
    async function complete() {
      if (!items.some((item) => item.querySelector("[data-hp-part]"))) return
      const { base } = JSON.parse(document.getElementById("__config").textContent)
      const root = new URL(`${base}/`, location)
      const answer = await fetch(new URL("search/search_index.json", root))
      if (!answer.ok) return // a site without a search
      const said = new Map()
      for (const { location: path, text } of (await answer.json()).docs) {
        const { href } = new URL(path.split("#")[0], root)
        said.set(href, `${said.get(href) ?? ""}\n${text.replace(/<[^>]*>/g, "")}`)
      }
      prepare()
      items.forEach((item, place) => {
        const page = item.querySelector("a.hp-pub__title")?.href
        if (said.has(page)) texts[order[place]] += fold(said.get(page))
      })
      if (asked()) {
        apply()
        later()
      }
    }

    /** What speaks against a work, as `fits` keeps it. */
    function check(work, asks, active) {
      if (!asks.every((word) => texts[work].includes(word))) return false
      let against = true
      for (const facet of active) {
        if (facet.of[work].some((value) => facet.chosen.has(value))) continue
        if (against !== true) return false
        against = facet
      }
      return against
    }

    /** Say how much room a list far from sight takes: "auto" is what it took last, if it was seen. */
    function room(list, count, last) {
      list.style.containIntrinsicSize = `${last} calc(${count} * var(--hp-entry))`
    }

    /** Show what is asked for, and nothing else. */
    function apply() {
      prepare()
      const asks = asking(field.value)
      const active = facets.filter((facet) => facet.chosen.size)
      fits = texts.map((_, work) => check(work, asks, active))
      const lists = new Map()
      items.forEach((item, place) => {
        const hidden = fits[order[place]] !== true
        if (item.hidden !== hidden) item.hidden = hidden
        if (!hidden) lists.set(item.parentNode, (lists.get(item.parentNode) ?? 0) + 1)
      })
      for (const [list, heading] of headings) {
        const empty = !lists.has(list)
        if (!empty) room(list, lists.get(list), asked() ? "" : "auto")
        list.classList.toggle("hp-find-empty", empty) // `hidden` would have its far works styled first
        if (heading) heading.hidden = empty
      }
      const labels = active.flatMap((facet) => [...facet.chosen].map((value) => facet.values[value][1]))
      chosen.textContent = labels.length ? `${title}: ${labels.join(", ")}` : title
      clear.hidden = !asked()
      if (panel.open) count()
    }

    const asked = () => field.value.trim() !== "" || facets.some((facet) => facet.chosen.size)

    /** Say beside each value how many works have it of those that all else leaves. */
    function count() {
      for (const facet of facets) {
        const counts = new Array(facet.values.length).fill(0)
        fits.forEach((fit, work) => {
          if (fit === true || fit === facet) for (const value of facet.of[work]) counts[value] += 1
        })
        const seen = facet.rest && !facet.rest.open ? FEW : facet.boxes.length
        facet.boxes.slice(0, seen).forEach(({ input, number }, value) => {
          const text = ` (${counts[value]})`
          if (number.data !== text) number.data = text
          input.checked = facet.chosen.has(value)
          input.disabled = !counts[value] && !input.checked
        })
      }
    }

    /** Make the check boxes, before they are seen first. */
    function build() {
      const fieldsets = new Map()
      for (const facet of facets.filter(({ label, boxes }) => label && !boxes.length)) {
        let fieldset = fieldsets.get(facet.label)
        if (!fieldset) {
          fieldset = document.createElement("fieldset")
          fieldset.append(document.createElement("legend"))
          fieldset.firstChild.append(facet.label)
          fieldsets.set(facet.label, fieldset)
          part("facets").append(fieldset)
        }
        facet.boxes = facet.values.map(([, text]) => {
          const input = document.createElement("input")
          input.type = "checkbox"
          const number = document.createTextNode("")
          const label = document.createElement("label")
          label.append(input, text, number)
          return { input, number, label }
        })
        facet.boxes.forEach(({ input }, value) => {
          input.addEventListener("change", () => {
            write("replaceState") // what was typed just now is a step of its own
            if (input.checked) facet.chosen.add(value)
            else facet.chosen.delete(value)
            apply()
            write("pushState")
            later()
          })
        })
        const labels = facet.boxes.map(({ label }) => label)
        const few = labels.length > FEW + 2 ? FEW : labels.length
        fieldset.append(...labels.slice(0, few))
        if (few < labels.length) {
          const rest = more.cloneNode(true)
          rest.firstChild.textContent = rest.firstChild.textContent.replace("{count}", labels.length - few)
          rest.append(...labels.slice(few))
          rest.open = [...facet.chosen].some((value) => value >= few)
          rest.addEventListener("toggle", count)
          facet.rest = rest
          fieldset.append(rest)
        }
      }
      if (!fits) apply()
      count()
    }

    // -- the address ----------------------------------------------------------------

    /** Is the page still the one that the form was made for? Instant navigation swaps them. */
    const current = () => form.isConnected && location.pathname === path

    /** Take what the address asks for. */
    function read() {
      if (!current()) return
      const wanted = new URL(location).searchParams
      field.value = wanted.get(`q${suffix}`) ?? ""
      for (const facet of facets) {
        const values = new Set(wanted.getAll(facet.key).map(fold))
        facet.chosen.clear()
        facet.values.forEach(([value], number) => values.has(fold(value)) && facet.chosen.add(number))
      }
      if (asked() || fits) {
        apply()
        later()
      }
      if (field.value) begin()
    }

    /** Write what is asked for into the address; the rest of it stays. */
    function write(how) {
      if (!current() || document.documentElement.hasAttribute("data-hp-waking")) return
      const url = new URL(location)
      url.searchParams.delete(`q${suffix}`)
      if (field.value.trim()) url.searchParams.set(`q${suffix}`, field.value.trim())
      for (const { key, chosen: numbers, values } of facets) {
        url.searchParams.delete(key)
        for (const number of numbers) url.searchParams.append(key, values[number][0])
      }
      if (url.href !== location.href) history[how](null, "", url)
    }

    /** When nobody types any more: keep the address, and say how many there are. */
    function later() {
      clearTimeout(timer)
      timer = setTimeout(() => {
        write("replaceState")
        const found = fits.filter((fit) => fit === true).length
        const text = status.dataset[asked() ? (found ? "some" : "none") : "all"]
        status.textContent = text.replace("{count}", found).replace("{total}", people.length)
      }, PAUSE)
    }

    function reset(how) {
      field.value = ""
      for (const facet of facets) facet.chosen.clear()
      apply()
      write(how)
      later()
    }

    let begun = false
    function begin() {
      if (!begun) complete().catch(() => {}) // as without a network: the list itself is searched
      begun = true
    }

    field.addEventListener("focus", begin)
    field.addEventListener("input", (event) => {
      if (event.isComposing && /[a-z]/i.test(event.data)) return // 王 is still "wang"
      apply()
      later()
    })
    field.addEventListener("compositionend", () => (apply(), later()))
    field.addEventListener("blur", () => write("replaceState"))
    clear.addEventListener("click", () => {
      write("replaceState")
      reset("pushState")
      field.focus()
    })
    form.addEventListener("submit", (event) => event.preventDefault())
    panel.firstElementChild.addEventListener("click", build)
    panel.addEventListener("toggle", build) // where something else opened it

    template.replaceWith(form)
    read()
    if (window.requestIdleCallback) requestIdleCallback(prepare)
    else field.addEventListener("focus", () => prepare(), { once: true })

    /** Give up what is asked for, if it hides this element. */
    function reveal(element) {
      const ours = [...items, ...headings.values()].includes(element)
      if (ours) reset("replaceState")
      return ours
    }
    return { read, reveal, write, form }
  }

  // -- the page -----------------------------------------------------------------------

  let finders = []

  function start() {
    const found = [...document.querySelectorAll("template.hp-find")]
    const made = found.map((template, number) => finder(template, number ? String(number + 1) : ""))
    finders = made.filter(Boolean)
    reveal()
  }

  /** An address that leads to something hidden leads to it all the same. */
  function reveal() {
    const id = new URL(location).hash.slice(1)
    const target = document.getElementById(unescaped(id))
    const hidden = target?.closest("[hidden]")
    if (hidden && finders.some((finder) => finder.reveal(hidden))) target.scrollIntoView()
  }

  function unescaped(text) {
    try {
      return decodeURIComponent(text)
    } catch {
      return text
    }
  }

  function moved() {
    for (const finder of finders) finder.read()
    reveal()
  }

  // Material opens its own search for ?q= when it starts: it must not see ours.
  const address = new URL(location)
  const bare = new URL(address)
  bare.searchParams.delete("q")
  const ours = address.searchParams.has("q") && document.querySelector("template.hp-find")
  if (ours) history.replaceState(history.state, "", bare)

  document.addEventListener("DOMContentLoaded", () => {
    if (ours) history.replaceState(history.state, "", address)
    addEventListener("popstate", () => finders.forEach((finder) => finder.read()))
    addEventListener("hashchange", reveal)
    addEventListener("hp-awake", () => finders.forEach((finder) => finder.write("replaceState"))) // lazy-loading.js
    window.location$?.subscribe(moved) // of Material, where it swaps pages
    if (window.document$) window.document$.subscribe(start)
    else start()
  })
})()
