/* The buttons over a body. One is in the tab order, the arrow keys reach the others. */

import { crel } from "django-prose-editor/editor"
import { askFor, askForLink, pick } from "newsroom/picker"

const chain = (editor) => editor.chain().focus()

/* Go to the end of selected words: what is put in stands behind them, and takes the place of none. */
function behind(editor) {
  return chain(editor).command(({ tr }) => {
    const { selection } = tr
    if (!selection.node) tr.setSelection(selection.constructor.near(selection.$to, -1))
    return true
  })
}

/* Move the cursor into the paragraph after the inserted element, made if there is none: an element
   that stays selected is replaced by the next letter that is typed. */
function goOn({ tr, commands }) {
  const { node, to: after } = tr.selection
  // No element is selected where it split a paragraph: the cursor is at the start of the rest.
  if (!node) return true
  const paragraph = tr.doc.type.schema.nodes.paragraph
  if (tr.doc.resolve(after).nodeAfter?.type !== paragraph) tr.insert(after, paragraph.create({ written: true }))
  return commands.setTextSelection(after + 1)
}

const insert = (editor, type, attrs) =>
  behind(editor).insertContent({ type, attrs }).command(goOn).scrollIntoView().run()

async function insertFigure(editor, { words, library, images }) {
  const article = location.pathname.match(/\/(\d+)\/change\/$/)?.[1] ?? ""
  const row = await pick({ title: words.chooseImage, address: `${library.images}?article=${article}`, say: words })
  if (!row) return
  images[row.id] = row
  insert(editor, "figure", { "data-image": String(row.id) })
}

async function insertCard(editor, { words, library, articles, language }) {
  const row = await pick({
    title: words.chooseArticle,
    address: `${library.articles}?language=${language}`,
    say: words,
  })
  if (!row) return
  articles[row.id] = row
  insert(editor, "card", { "data-article": String(row.id) })
}

async function insertEmbed(editor, { words }) {
  const address = { name: "address", label: words.embedAddress, type: "url", pattern: "https?://.+", required: true }
  const name = { name: "title", label: words.embedName, type: "text", maxLength: 200 }
  const answer = await askFor({ title: words.embedTitle, fields: [address, name], say: words })
  if (answer) insert(editor, "embed", { "data-embed": answer.address, "data-title": answer.title || null })
}

async function insertTable(editor, { words }) {
  const number = (name, label) => ({ name, label, type: "number", min: "1", max: "50", value: "3", required: true })
  const fields = [number("rows", words.rows), number("columns", words.columns)]
  const answer = await askFor({ title: words.table, fields, say: words })
  if (!answer) return
  behind(editor)
    .insertTable({ rows: Number(answer.rows), cols: Number(answer.columns), withHeaderRow: true })
    .run()
}

async function captionTable(editor, { words }) {
  const plain = document.createElement("template")
  plain.innerHTML = editor.getAttributes("table").caption ?? ""
  const field = { name: "caption", label: words.caption, type: "text", value: plain.content.textContent }
  const answer = await askFor({ title: words.caption, fields: [field], say: words })
  if (!answer) return
  const caption = crel("p", { textContent: answer.caption }).innerHTML || null
  chain(editor).updateAttributes("table", { caption }).run()
}

async function editLink(editor, { words, library, articles, language }) {
  const current = editor.getAttributes("link")
  const { from, to, empty } = editor.state.selection
  const answer = await askForLink({
    say: words,
    href: current.href,
    address: `${library.articles}?language=${language}`,
  })
  if (!answer) return
  const here = chain(editor).setTextSelection({ from, to }).extendMarkRange("link")
  if (answer.remove) return here.unsetMark("link").run()
  if (answer.article) articles[answer.article.id] = answer.article
  const target = { href: null, "data-article": null, "data-waiting": null }
  if (answer.article) target["data-article"] = String(answer.article.id)
  else target.href = answer.href
  if (!empty || Object.keys(current).length) return here.setMark("link", target).run()
  const text = answer.article?.title ?? answer.href
  return chain(editor)
    .insertContent({ type: "text", text, marks: [{ type: "link", attrs: target }] })
    .run()
}

const MARKS = ["foreign", "isolated"]
const APART = "bdi"

/* Say in which language the selected words are, or that they are a name with a direction of its own. */
async function markLanguage(editor, { words, language, languages }) {
  const current = editor.isActive("isolated") ? APART : (editor.getAttributes("foreign").lang ?? "")
  const others = languages.filter(([code]) => code !== language)
  const options = [["", words.languageOwn], ...others, [APART, words.languageName]]
  const { from, to } = editor.state.selection
  const field = { name: "lang", label: words.languageOf, value: current || others[0]?.[0] || APART, options }
  const answer = await askFor({ title: words.language, fields: [field], say: { ...words, insert: words.apply } })
  if (!answer) return
  let here = chain(editor).setTextSelection({ from, to })
  for (const mark of MARKS) here = here.extendMarkRange(mark).unsetMark(mark)
  if (answer.lang === APART) here = here.setMark("isolated")
  else if (answer.lang) here = here.setMark("foreign", { lang: answer.lang })
  here.run()
}

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
