/* One tab for each language. Without this script the panels stand one below the other.

   A panel is a section that the story's page marks up itself (data-panel), or a fieldset that
   Django drew (class language-panel). The tab that opens is the first with an error, else the one
   that the address names, else the one that was used last on this page, else the one that the page names, else the first. */

const keyOf = (path) => `language-tab:${path}`
const remembered = keyOf(location.pathname)
// A story that was just made has another address than the page on which it was written.
const before = document.referrer ? new URL(document.referrer).pathname : ""
const madeBefore = before.endsWith("/add/") ? keyOf(before) : ""

const element = (name, properties, ...children) => {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}

function tabFor(panel, number, errorWords) {
  const heading = panel.querySelector(".fieldset-heading")
  panel.id ||= `language-panel-${number}`
  const name = element("span", { className: "language-tab__name" }, ...heading.cloneNode(true).childNodes)
  const tab = element("button", { type: "button", className: "language-tab", id: `${panel.id}-tab` }, name)
  if (panel.dataset.mark) {
    const mark = element("span", { className: "language-tab__mark", textContent: panel.dataset.mark })
    mark.classList.add(`state--${panel.dataset.state}`)
    tab.append(" ", mark)
  }
  tab.hidden = "aside" in panel.dataset
  if ("errors" in panel.dataset || panel.querySelector(".errorlist")) {
    tab.hidden = false
    tab.classList.add("language-tab--errors")
    tab.append(" ", element("span", { className: "language-tab__errors", textContent: errorWords }))
  }
  tab.setAttribute("role", "tab")
  tab.setAttribute("aria-controls", panel.id)
  panel.setAttribute("role", "tabpanel")
  panel.setAttribute("aria-labelledby", tab.id)
  heading.hidden = true
  return tab
}

function select(tabs, panels, number) {
  tabs.forEach((tab, index) => {
    tab.setAttribute("aria-selected", String(index === number))
    tab.tabIndex = index === number ? 0 : -1
    tab.hidden &&= index !== number
    panels[index].hidden = index !== number
  })
  document.dispatchEvent(new CustomEvent("language:open", { detail: panels[number].dataset.panel }))
}

function firstToOpen(tabs, panels, named) {
  const wrong = tabs.findIndex((tab) => tab.classList.contains("language-tab--errors"))
  const wanted = [
    location.hash.slice(1),
    sessionStorage.getItem(remembered) ?? sessionStorage.getItem(madeBefore),
    named,
  ]
  const candidates = [wrong, ...wanted.map((id) => panels.findIndex((panel) => panel.id === id)), 0]
  return candidates.find((number) => number >= 0)
}

/* Return the number of the tab that a key leads to from tab `number`, or undefined for any other key. */
export function neighbour(key, { number, count, direction }) {
  const [forward, back] = direction === "rtl" ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"]
  const targets = { [forward]: (number + 1) % count, [back]: (number - 1 + count) % count, Home: 0, End: count - 1 }
  return targets[key]
}

/* Put a button behind the tabs that brings up those that stand aside. */
function offerMore(list, tabs, words) {
  const aside = tabs.filter((tab) => tab.hidden)
  if (!aside.length) return
  const more = element("button", { type: "button", className: "language-tabs__more", textContent: words })
  more.addEventListener("click", () => {
    aside.forEach((tab) => (tab.hidden = false))
    more.remove()
    aside[0].focus()
  })
  list.after(more)
}

function build(panels) {
  const box = document.querySelector("[data-language-panels]")
  const words = document.getElementById("script-words").dataset
  const tabs = panels.map((panel, number) => tabFor(panel, number, words.errors))
  const list = element("div", { className: "language-tabs" }, ...tabs)
  list.setAttribute("role", "tablist")
  list.setAttribute("aria-label", words.languages)
  panels[0].before(list)
  tabs.forEach((tab, number) => {
    tab.addEventListener("click", () => {
      select(tabs, panels, number)
      sessionStorage.setItem(remembered, panels[number].id)
    })
    tab.addEventListener("keydown", (event) => {
      const direction = document.documentElement.dir
      const shown = tabs.filter((other) => !other.hidden)
      const target = neighbour(event.key, { number: shown.indexOf(tab), count: shown.length, direction })
      if (target === undefined) return
      event.preventDefault()
      shown[target].click()
      shown[target].focus()
    })
  })
  select(tabs, panels, firstToOpen(tabs, panels, box?.dataset.first))
  offerMore(list, tabs, words.more)
}

const panels = [...document.querySelectorAll(".language-panel")]
if (panels.length > 1) build(panels)
