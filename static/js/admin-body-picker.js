/* Dialogs of the body's editor: choose from a list that the newsroom answers, or type an address. */

import { crel } from "django-prose-editor/editor"
import { linkAddress } from "newsroom/addresses"

/* Open a dialog and resolve with what `fill(dialog, done)` passes to `done`, or null. */
export function ask(title, say, fill) {
  return new Promise((resolve) => {
    const close = crel("button", { type: "button", className: "picker__cancel", textContent: say.cancel })
    const heading = crel("h2", { className: "picker__title", textContent: title })
    const dialog = crel("dialog", { className: "picker", "aria-label": title }, [heading])
    let result = null
    const done = (value) => {
      result = value
      dialog.close()
    }
    fill(dialog, done)
    dialog.append(close)
    close.addEventListener("click", () => dialog.close())
    dialog.addEventListener("close", () => {
      dialog.remove()
      resolve(result)
    })
    document.body.append(dialog)
    dialog.showModal()
    dialog.querySelector("input, select, textarea")?.focus()
  })
}

export function drawRow(row, done) {
  const picture = row.thumb ? [crel("img", { src: row.thumb, alt: "" })] : []
  const title = crel("span", { className: "picker__name", textContent: row.title })
  const note = crel("span", { className: "picker__note", textContent: row.note ?? "" })
  const button = crel("button", { type: "button", className: "picker__row" }, [...picture, title, note])
  button.addEventListener("click", () => done(row))
  return crel("li", {}, [button])
}

/* A search box and what it finds; each result is a button. */
function searchList({ address, say, done }) {
  const box = crel("input", {
    type: "search",
    className: "picker__search",
    placeholder: say.search,
    "aria-label": say.search,
  })
  const status = crel("p", { className: "picker__status", role: "status" })
  const list = crel("ul", { className: "picker__list" })
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
    list.replaceChildren(...(rows ?? []).map((row) => drawRow(row, done)))
  }
  let timer
  box.addEventListener("input", () => {
    // What stands there was found by other words, and what is on its way will be.
    newest += 1
    list.replaceChildren()
    status.textContent = say.searching
    clearTimeout(timer)
    timer = setTimeout(load, 200)
  })
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault()
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

/* Ask for some fields, a list of {name, label, type, value, hint} or, with options as [value, words],
   of {name, label, value, options}, `long` for several lines; resolve with their values. `check(values)` returns null, or the
   name of a field and what is wrong with it. */
export function askFor({ title, fields, say, extra, check }) {
  return ask(title, say, (dialog, done) => {
    const rows = fields.map(drawRowOfForm)
    const submit = crel("button", { type: "submit", className: "picker__submit", textContent: say.insert })
    const form = crel("form", { method: "dialog" }, [...rows, submit])
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

/* Ask where a link leads: an address, a story of ours, or nowhere (to remove it). */
export function askForLink({ say, address, href }) {
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
    check: ({ href: typed }) => (linkAddress(typed) ? null : ["href", say.linkInvalid]),
    extra: (done) => {
      const remove = crel("button", { type: "button", className: "picker__remove", textContent: say.remove })
      remove.addEventListener("click", () => done({ remove: true }))
      const stories = searchList({ address, say, done: (row) => done({ article: row }) })
      return [remove, crel("p", { className: "picker__or", textContent: say.linkStory }), ...stories]
    },
  })
}
