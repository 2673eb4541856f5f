/* What can be put into a body, and what its words can be made; `context` is what admin-body.js knows of the text. */

import { crel } from "django-prose-editor/editor"
import { linkAddress, pageAddress } from "newsroom/addresses"
import { askFor, askForLink, pick } from "newsroom/picker"
import { addRow, upload } from "newsroom/upload"

/* Begin steps in the text. It has the focus at once: by its own command it would get it with the next frame, and a letter typed
   meanwhile would fall on the button that was pressed. */
export function chain(editor) {
  editor.view.focus()
  return editor.chain()
}

/* Go to the end of selected words. */
function goBehind({ tr }) {
  const { selection } = tr
  if (!selection.node) tr.setSelection(selection.constructor.near(selection.$to, -1))
  return true
}

/* Put it behind selected words, or behind the element before the cursor: it takes the place of neither, only
   that of an element that somebody has selected. */
const putBehind =
  (nodes) =>
  ({ tr, commands }) => {
    const { selection } = tr
    const { node, from, to } = selection.node ? selection : selection.constructor.near(selection.$to, -1)
    return commands.insertContentAt(node && !selection.node ? to : { from, to }, nodes)
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

const insertAll = (editor, nodes) => chain(editor).command(putBehind(nodes)).command(goOn).scrollIntoView().run()

export const insert = (editor, type, attrs) => insertAll(editor, { type, attrs })

/* Choose a picture of the library, or upload one; null for none. */
async function choosePicture({ words, library, language }, title) {
  const article = location.pathname.match(/\/(\d+)\/change\/$/)?.[1] ?? ""
  const row = await pick({
    title,
    address: `${library.images}?article=${article}`,
    say: words,
    others: [[words.uploadOther, { upload: true }]],
  })
  return row?.upload ? uploaded({ words, library, language }) : row
}

async function uploaded({ words, library, language }, file) {
  const made = await upload(file, { say: words, address: library.images })
  if (made) addRow(made, language)
  return made?.image ?? null
}

function figureOf({ images }, row) {
  images[row.id] = row
  return { type: "figure", attrs: { "data-image": String(row.id) } }
}

export async function insertFigure(editor, context) {
  const row = await choosePicture(context, context.words.chooseImage)
  if (row) insertAll(editor, figureOf(context, row))
}

/* Put in a picture that was dropped or pasted. Whoever leaves the question writes on in the text. */
export async function uploadFigure(editor, context, file) {
  const row = await uploaded(context, file)
  editor.view.focus()
  if (row) insertAll(editor, figureOf(context, row))
}

export async function insertCard(editor, { words, library, articles, language }) {
  const row = await pick({
    title: words.chooseArticle,
    address: `${library.articles}?language=${language}`,
    say: words,
  })
  if (!row) return
  articles[row.id] = row
  insert(editor, "card", { "data-article": String(row.id) })
}

/* An embed is a link with words, below a picture that shows what is there; without one nothing is put in, where there is a library. */
export async function insertEmbed(editor, context) {
  const { words, library } = context
  const fields = [
    { name: "address", label: words.embedAddress, hint: words.embedHint, required: true },
    { name: "title", label: words.embedName, required: true, maxLength: 200 },
  ]
  const check = ({ address: given }) => (pageAddress(given) ? null : ["address", words.embedInvalid])
  const answer = await askFor({ title: words.embedTitle, fields, say: words, check })
  if (!answer) return
  const row = library.images ? await choosePicture(context, words.embedPicture) : null
  if (library.images && !row) return
  const attrs = { "data-embed": pageAddress(answer.address), "data-title": answer.title }
  insertAll(editor, [...(row ? [figureOf(context, row)] : []), { type: "embed", attrs }])
}

export async function insertTable(editor, { words }) {
  const number = (name, label) => ({ name, label, type: "number", min: "1", max: "50", value: "3", required: true })
  const fields = [number("rows", words.rows), number("columns", words.columns)]
  const answer = await askFor({ title: words.table, fields, say: words })
  if (!answer) return
  chain(editor)
    .command(goBehind)
    .insertTable({ rows: Number(answer.rows), cols: Number(answer.columns), withHeaderRow: true })
    .run()
}

export async function captionTable(editor, { words }) {
  const plain = document.createElement("template")
  plain.innerHTML = editor.getAttributes("table").caption ?? ""
  const field = { name: "caption", label: words.caption, type: "text", value: plain.content.textContent }
  const answer = await askFor({ title: words.caption, fields: [field], say: words })
  if (!answer) return
  const caption = crel("p", { textContent: answer.caption }).innerHTML || null
  chain(editor).updateAttributes("table", { caption }).run()
}

export async function editLink(editor, { words, library, articles, language }) {
  const current = editor.getAttributes("link")
  const isThere = Object.keys(current).length > 0
  const { from, to, empty } = editor.state.selection
  const answer = await askForLink({
    say: words,
    href: current.href,
    isThere,
    address: `${library.articles}?language=${language}`,
  })
  if (!answer) return
  const here = chain(editor).setTextSelection({ from, to }).extendMarkRange("link")
  if (answer.remove) return here.unsetMark("link").run()
  if (answer.article) articles[answer.article.id] = answer.article
  const target = { href: null, "data-article": null, "data-waiting": null }
  if (answer.article) target["data-article"] = String(answer.article.id)
  else target.href = linkAddress(answer.href)
  if (!empty || isThere) return here.setMark("link", target).run()
  const text = answer.article?.title ?? answer.href
  return chain(editor)
    .insertContent({ type: "text", text, marks: [{ type: "link", attrs: target }] })
    .run()
}

export const MARKS = ["foreign", "isolated"]
const APART = "bdi"

/* Say in which language the selected words are, or that they are a name with a direction of its own. */
export async function markLanguage(editor, { words, language, languages }) {
  const current = editor.isActive("isolated") ? APART : (editor.getAttributes("foreign").lang ?? "")
  const others = languages.filter(([code]) => code !== language)
  // None is chosen for anybody: it would be taken for known.
  const options = [["", current ? words.languageOwn : words.languageChoose], ...others, [APART, words.languageName]]
  const { from, to } = editor.state.selection
  const field = { name: "lang", label: words.languageOf, value: current, options }
  const answer = await askFor({
    title: words.language,
    fields: [field],
    say: { ...words, insert: words.apply },
    check: ({ lang }) => (current || lang ? null : ["lang", words.languageNone]),
  })
  if (!answer) return
  let here = chain(editor).setTextSelection({ from, to })
  for (const mark of MARKS) here = here.extendMarkRange(mark).unsetMark(mark)
  if (answer.lang === APART) here = here.setMark("isolated")
  else if (answer.lang) here = here.setMark("foreign", { lang: answer.lang })
  here.run()
}
