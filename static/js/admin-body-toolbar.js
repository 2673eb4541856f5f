/* The buttons over a body. One is in the tab order, the arrow keys reach the others. */

import { crel } from "django-prose-editor/editor"
import {
  MARKS,
  captionTable,
  chain,
  editLink,
  insertCard,
  insertEmbed,
  insertFigure,
  insertTable,
  markLanguage,
} from "newsroom/commands"

/* Groups of [name in the catalogue of words, sign or "", command, is it active?]. */
const GROUPS = [
  [
    ["paragraph", "¶", (editor) => chain(editor).setParagraph().run(), (editor) => editor.isActive("paragraph")],
    [
      "heading",
      "",
      (editor) => chain(editor).toggleHeading({ level: 2 }).run(),
      (editor) => editor.isActive("heading", { level: 2 }),
    ],
    [
      "subheading",
      "",
      (editor) => chain(editor).toggleHeading({ level: 3 }).run(),
      (editor) => editor.isActive("heading", { level: 3 }),
    ],
  ],
  [
    ["bold", "B", (editor) => chain(editor).toggleBold().run(), (editor) => editor.isActive("bold")],
    ["italic", "I", (editor) => chain(editor).toggleItalic().run(), (editor) => editor.isActive("italic")],
    [
      "lowered",
      "x₂",
      (editor) => chain(editor).unsetSuperscript().toggleSubscript().run(),
      (editor) => editor.isActive("subscript"),
    ],
    [
      "raised",
      "x²",
      (editor) => chain(editor).unsetSubscript().toggleSuperscript().run(),
      (editor) => editor.isActive("superscript"),
    ],
    ["link", "", editLink, (editor) => editor.isActive("link")],
    ["language", "", markLanguage, (editor) => MARKS.some((mark) => editor.isActive(mark))],
  ],
  [
    ["bullets", "•", (editor) => chain(editor).toggleBulletList().run(), (editor) => editor.isActive("bulletList")],
    ["numbers", "1.", (editor) => chain(editor).toggleOrderedList().run(), (editor) => editor.isActive("orderedList")],
    ["quote", "“", (editor) => chain(editor).toggleBlockquote().run(), (editor) => editor.isActive("blockquote")],
    ["pull", "", (editor) => chain(editor).toggleWrap("pullQuote").run(), (editor) => editor.isActive("pullQuote")],
    [
      "speaker",
      "",
      (editor) => chain(editor).toggleNode("speaker", "paragraph").run(),
      (editor) => editor.isActive("speaker"),
    ],
  ],
  [
    ["figure", "", insertFigure],
    ["card", "", insertCard],
    ["embed", "", insertEmbed],
    ["table", "", insertTable],
  ],
  [
    ["undo", "↶", (editor) => chain(editor).undo().run()],
    ["redo", "↷", (editor) => chain(editor).redo().run()],
  ],
]

const TABLE = [
  ["caption", "", captionTable],
  ["rowAfter", "", (editor) => chain(editor).addRowAfter().run()],
  ["columnAfter", "", (editor) => chain(editor).addColumnAfter().run()],
  ["headerCell", "", (editor) => chain(editor).toggleHeaderCell().run()],
  ["deleteRow", "", (editor) => chain(editor).deleteRow().run()],
  ["deleteColumn", "", (editor) => chain(editor).deleteColumn().run()],
  ["deleteTable", "", (editor) => chain(editor).deleteTable().run()],
]

function button(editor, context, [name, sign, command, isActive]) {
  const label = context.words[name]
  const made = crel("button", {
    type: "button",
    className: "body-toolbar__button",
    textContent: sign || label,
    title: label,
  })
  made.dataset.tool = name
  // What is seen must be part of the name: people say it to their computer.
  if (sign) made.setAttribute("aria-label", /[\dx]/.test(sign) ? `${sign} ${label}` : label)
  made.addEventListener("click", () => command(editor, context))
  if (isActive) {
    const show = () => made.setAttribute("aria-pressed", String(isActive(editor)))
    editor.on("transaction", show)
    show()
  }
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
      items.map((item) => button(editor, context, item)),
    )
  const table = group(TABLE, "body-toolbar__group body-toolbar__group--table")
  const bar = crel("div", { className: "body-toolbar", role: "toolbar", "aria-label": context.words.toolbar }, [
    ...GROUPS.map((items) => group(items.filter(([name]) => name !== "figure" || context.library.images))),
    table,
  ])
  const show = () => {
    table.hidden = !editor.isActive("table")
  }
  editor.on("transaction", show)
  show()
  moveWithArrows(bar)
  return bar
}
