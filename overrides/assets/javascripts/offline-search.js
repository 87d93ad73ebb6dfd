/*
 * Pages that are opened from disk: browsers let them start no worker, and read no other file. Material's
 * search works in a frame there, which it knows under the name IFrameWorker.
 */
(() => {
  "use strict"

  if (location.protocol !== "file:") return

  // They are our feeds: Material takes them for other languages, and asks for the sitemap of each.
  for (const link of document.querySelectorAll("link[rel=alternate]")) link.remove()

  window.Worker = window.IFrameWorker = class extends EventTarget {
    #inside
    #loaded

    constructor(url) {
      super()
      const frame = document.createElement("iframe")
      frame.hidden = true
      document.body.append(frame)
      this.#inside = frame.contentWindow
      this.#inside.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }))
      this.#inside.importScripts = async (...urls) => {
        for (const each of urls) await this.#load(each)
      }
      this.#loaded = this.#load(new URL(url, location))
    }

    #load(src) {
      const { document: inner } = this.#inside
      return new Promise((onload, onerror) =>
        inner.head.append(Object.assign(inner.createElement("script"), { src, onload, onerror })))
    }

    async postMessage(data) {
      await this.#loaded
      this.#inside.dispatchEvent(new MessageEvent("message", { data }))
    }
  }
})()
