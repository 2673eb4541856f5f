/* Dialogs of the body's editor: choose from a list that the newsroom answers, or type an address. */

import { crel } from "django-prose-editor/editor"
import { leadsNowhere, linkAddress } from "newsroom/addresses"

/* Open a dialog and resolve with what `fill(dialog, done)` passes to `done`, or null.
   It resolves before the next key: the browser tells of a dialog that was closed later than that, and a letter typed meanwhile
   would fall on the button that had opened it. */
export function ask(title, say, fill) {
  return new Promise((resolve) => {
    const close = crel("button", { type: "button", className: "picker__cancel", textContent: say.cancel })
    const heading = crel("h2", { className: "picker__title", textContent: title })
    const dialog = crel("dialog", { className: "picker", "aria-label": title }, [heading])
    const done = (value) => {
      dialog.close()
      dialog.remove()
      resolve(value)
    }
    fill(dialog, done)
    const actions = dialog.querySelector(".picker__actions") ?? dialog
    actions.append(close)
    close.addEventListener("click", () => done(null))
    // A search box would take the first Escape to empty itself.
    dialog.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return
      event.preventDefault()
      done(null)
    })
    dialog.addEventListener("close", () => done(null))
    document.body.append(dialog)
    dialog.showModal()
    dialog.querySelector("input, select, textarea")?.focus()
  })
}

/* The row of buttons that ends a form; "Cancel" comes to them. */
export const drawActions = (buttons) => crel("div", { className: "picker__actions" }, buttons)

function partsOf(row) {
  const picture = row.thumb ? [crel("img", { src: row.thumb, alt: "" })] : []
  const title = crel("span", { className: "picker__name", textContent: row.title })
  return [...picture, title, crel("span", { className: "picker__note", textContent: row.note ?? "" })]
}

export function drawRow(row, done) {
  const button = crel("button", { type: "button", className: "picker__row" }, partsOf(row))
  button.addEventListener("click", () => done(row))
  return crel("li", {}, [button])
}

function drawOption(row, number, done) {
  const option = crel("li", { className: "picker__row", id: `picker-option-${number}` }, partsOf(row))
  option.setAttribute("role", "option")
  option.setAttribute("aria-selected", "false")
  option.addEventListener("click", () => done(row))
  return option
}

/* Return the number of the row that a key leads to from another (-1 for none); undefined for other keys. */
export function walk(key, at, count) {
  if (!count) return undefined
  return { ArrowDown: (at + 1) % count, ArrowUp: (Math.max(at, 0) - 1 + count) % count }[key]
}

/* Mark the row of a list that Enter takes, and tell the box of it; -1 for none. */
function mark(box, list, number) {
  ;[...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === number)))
  const option = list.children[number]
  if (option) box.setAttribute("aria-activedescendant", option.id)
  else box.removeAttribute("aria-activedescendant")
  option?.scrollIntoView({ block: "nearest" })
}

const marked = (list) => [...list.children].findIndex((option) => option.getAttribute("aria-selected") === "true")

/* Let arrows walk the list below a box and Enter take the marked row, or the first once it comes. */
function takeKeys(box, list) {
  let isWanted = false
  box.addEventListener("input", () => {
    isWanted = false
  })
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return
    const to = walk(event.key, marked(list), list.children.length)
    if (to === undefined && event.key !== "Enter") return
    event.preventDefault()
    if (to !== undefined) mark(box, list, to)
    else if (list.children.length) list.children[marked(list)]?.click()
    else isWanted = Boolean(box.value.trim())
  })
  return () => isWanted && list.children[0]?.click()
}

function drawBox(say) {
  const box = crel("input", {
    type: "search",
    className: "picker__search",
    placeholder: say.search,
    autocomplete: "off",
    "aria-label": say.search,
    "aria-controls": "picker-list",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
  })
  box.setAttribute("role", "combobox")
  return box
}

/* A search box and what it finds; of what was looked for, the first row is marked. */
function searchList({ address, say, done }) {
  const box = drawBox(say)
  const status = crel("p", { className: "picker__status", role: "status" })
  const list = crel("ul", { className: "picker__list", id: "picker-list", "aria-label": say.search })
  list.setAttribute("role", "listbox")
  const takeWanted = takeKeys(box, list)
  const show = (rows) => {
    list.replaceChildren(...rows.map((row, number) => drawOption(row, number, done)))
    box.setAttribute("aria-expanded", String(rows.length > 0))
    mark(box, list, box.value.trim() ? 0 : -1)
  }
  let newest = 0
  const load = async () => {
    const mine = ++newest
    const url = new URL(address, location.href)
    url.searchParams.set("q", box.value.trim())
    const rows = await fetch(url, { headers: { Accept: "application/json" } })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer)))
      .then((answer) => answer.results)
      .catch(() => null)
    if (mine !== newest) return
    status.textContent = rows === null ? say.failed : rows.length ? "" : say.nothing
    show(rows ?? [])
    takeWanted()
  }
  let timer
  box.addEventListener("input", () => {
    // What stands there was found by other words, and what is on its way will be.
    newest += 1
    show([])
    status.textContent = say.searching
    clearTimeout(timer)
    timer = setTimeout(load, 200)
  })
  load()
  return [box, status, list]
}

/* Choose a row of a list; `others` are buttons beside it, each [words, what it resolves with]. */
export function pick({ title, address, say, others = [] }) {
  return ask(title, say, (dialog, done) => {
    const buttons = others.map(([textContent, value]) => {
      const button = crel("button", { type: "button", className: "picker__other", textContent })
      button.addEventListener("click", () => done(value))
      return button
    })
    dialog.append(...searchList({ address, say, done }), ...buttons)
  })
}

function drawField({ options, value, long, ...properties }) {
  if (long) return crel("textarea", { ...properties, rows: 3, value: value ?? "" })
  if (!options) return crel("input", { ...properties, value: value ?? "" })
  const select = crel(
    "select",
    properties,
    options.map(([code, textContent]) => crel("option", { value: code, textContent })),
  )
  select.value = value
  return select
}

/* A field under its label, with a hint below it and a place for what is wrong with it. */
export function drawRowOfForm({ label, hint, ...properties }) {
  const field = drawField(properties)
  const row = crel("div", { className: "picker__field" }, [crel("label", {}, [label, field])])
  const told = crel("p", { className: "picker__hint", id: `picker-${properties.name}`, textContent: hint ?? "" })
  field.setAttribute("aria-describedby", told.id)
  row.append(told)
  return row
}

/* Say what is wrong with a field where it is read, and go there. */
export function refuse(form, name, words) {
  const field = form.elements[name]
  const told = form.querySelector(`#picker-${name}`)
  told.textContent = words
  told.classList.add("picker__hint--wrong")
  field.setAttribute("aria-invalid", "true")
  field.focus()
}

function drawRemove(textContent, done) {
  const remove = crel("button", { type: "button", className: "picker__remove", textContent })
  remove.addEventListener("click", () => done({ remove: true }))
  return remove
}

/* Ask for some fields, a list of {name, label, type, value, hint} or, with options as [value, words],
   of {name, label, value, options}, `long` for several lines; resolve with their values, or with {remove: true} by a button that says
   `remove`. `check(values)` returns null, or the
   name of a field and what is wrong with it. */
export function askFor({ title, fields, say, remove, extra, check }) {
  return ask(title, say, (dialog, done) => {
    const rows = fields.map(drawRowOfForm)
    const submit = crel("button", { type: "submit", className: "picker__submit", textContent: say.insert })
    const others = remove ? [drawRemove(remove, done)] : []
    const form = crel("form", { method: "dialog" }, [...rows, drawActions([submit, ...others])])
    form.addEventListener("submit", (event) => {
      event.preventDefault()
      const values = Object.fromEntries(fields.map(({ name }) => [name, form.elements[name].value.trim()]))
      const wrong = check?.(values)
      if (wrong) refuse(form, ...wrong)
      else done(values)
    })
    dialog.append(form, ...(extra?.(done) ?? []))
  })
}

/* Ask where a link leads: an address, a story of ours, or nowhere (to remove it, where there is one). */
export function askForLink({ say, address, href, isThere }) {
  const field = {
    name: "href",
    label: say.linkAddress,
    type: "text",
    value: href ?? "",
    required: true,
  }
  return askFor({
    title: say.linkTitle,
    fields: [field],
    say,
    remove: isThere ? say.remove : "",
    check: ({ href: typed }) => {
      const led = linkAddress(typed)
      if (led && (led.startsWith("#") || !leadsNowhere(led))) return null
      return ["href", led ? say.linkInside : say.linkInvalid]
    },
    extra: (done) => {
      const stories = searchList({ address, say, done: (row) => done({ article: row }) })
      return [crel("p", { className: "picker__or", textContent: say.linkStory }), ...stories]
    },
  })
}
