/* The buttons over a body. One is in the tab order, the arrow keys reach the others. */

import { crel } from "django-prose-editor/editor"
import { icon } from "newsroom/icons"
import { showSheet } from "newsroom/sheet"
import { TOOLS, isOffered, use } from "newsroom/tools"

const GROUPS = [
  ["paragraph", "heading", "subheading"],
  ["bold", "italic", "lowered", "raised", "link", "language"],
  ["bullets", "numbers", "quote", "pull", "speaker"],
  ["figure", "card", "embed", "table"],
  ["undo", "redo"],
]
const TABLE = ["caption", "rowAfter", "columnAfter", "headerCell", "deleteRow", "deleteColumn", "deleteTable"]

function drawButton(name, { words }, sign) {
  const label = words[name]
  const drawn = icon(name)
  const made = crel("button", { type: "button", className: "body-toolbar__button", title: label }, [
    drawn ?? sign ?? label,
  ])
  made.dataset.tool = name
  // What is seen must be part of the name: people say it to their computer.
  if (drawn) made.setAttribute("aria-label", label)
  else if (sign) made.setAttribute("aria-label", /[\dx]/.test(sign) ? `${sign} ${label}` : label)
  return made
}

function button(editor, context, name) {
  const { sign, on: isActive } = TOOLS[name]
  const made = drawButton(name, context, sign)
  made.addEventListener("click", () => use(name, editor, context))
  if (isActive) {
    const show = () => made.setAttribute("aria-pressed", String(isActive(editor)))
    editor.on("transaction", show)
    show()
  }
  return made
}

function help(context) {
  const made = drawButton("sheet", context, "?")
  made.addEventListener("click", () => showSheet(context))
  return made
}

function moveWithArrows(bar) {
  const visible = () => [...bar.querySelectorAll("button")].filter((made) => made.offsetParent)
  const focus = (made) => {
    bar.querySelectorAll("button").forEach((other) => {
      other.tabIndex = other === made ? 0 : -1
    })
    made.focus()
  }
  bar.addEventListener("keydown", (event) => {
    const buttons = visible()
    const steps = { ArrowRight: 1, ArrowLeft: -1 }
    if (document.documentElement.dir === "rtl") Object.assign(steps, { ArrowRight: -1, ArrowLeft: 1 })
    if (!(event.key in steps)) return
    event.preventDefault()
    const next = buttons.indexOf(document.activeElement) + steps[event.key]
    focus(buttons[(next + buttons.length) % buttons.length])
  })
  bar.querySelectorAll("button").forEach((made, number) => {
    made.tabIndex = number ? -1 : 0
  })
}

export function toolbar(editor, context) {
  const group = (items, className = "body-toolbar__group") =>
    crel(
      "div",
      { className },
      items.map((name) => button(editor, context, name)),
    )
  const table = group(TABLE, "body-toolbar__group body-toolbar__group--table")
  const bar = crel("div", { className: "body-toolbar", role: "toolbar", "aria-label": context.words.toolbar }, [
    ...GROUPS.map((names) => group(names.filter((name) => isOffered(name, context)))),
    crel("div", { className: "body-toolbar__group" }, [help(context)]),
    table,
  ])
  const show = () => {
    table.hidden = !editor.isActive("table")
  }
  editor.on("transaction", show)
  show()
  moveWithArrows(bar)
  // Who clicks a tool stays in the text.
  bar.addEventListener("mousedown", (event) => event.preventDefault())
  return bar
}
