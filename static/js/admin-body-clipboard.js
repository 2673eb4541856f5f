/* What happens when something is pasted into a body, before the editor takes it for words. */

import { crel } from "django-prose-editor/editor"
import { leadsNowhere, linkAddress, pageAddress } from "newsroom/addresses"
import { insert, uploadFigure } from "newsroom/commands"
import { pasted, read } from "newsroom/paste"

/* Is it a page of a site whose films, posts and maps stand in a text? */
function isEmbeddable(address, hosts) {
  const { hostname, pathname } = new URL(address)
  return pathname.length > 1 && hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`))
}

const isOneAddress = (words) => /^(https?:\/\/|www\.)\S+$/i.test(words) && linkAddress(words)

/* Paste one address and nothing else; one that leads nowhere is told. */
function pasteAddress(editor, context, copied, tell) {
  const words = copied.getData("text/plain").trim()
  const address = isOneAddress(words)
  if (!address) return false
  if (!leadsNowhere(address)) return pasteLink(editor, context, copied, { words, address })
  tell([["link", [words]]])
  // Words that are selected stay; on an empty place it is words itself.
  return !editor.state.selection.empty
}

/* An address pasted over words leads from them; one on an empty line becomes what it shows, or a link. */
function pasteLink(editor, { hosts }, copied, { words, address }) {
  const { $from, $to, empty } = editor.state.selection
  const href = { href: address, "data-article": null, "data-waiting": null }
  if (!empty) {
    const isInLine = $from.sameParent($to) && $from.parent.inlineContent
    return isInLine && editor.chain().setMark("link", href).setTextSelection($to.pos).run()
  }
  const page = pageAddress(words)
  const isAlone = $from.depth === 1 && $from.parent.type.name === "paragraph" && !$from.parent.content.size
  if (isAlone && isEmbeddable(page, hosts)) return insert(editor, "embed", { "data-embed": page })
  if (copied.getData("text/html")) return false
  return editor
    .chain()
    .insertContent({ type: "text", text: words, marks: [{ type: "link", attrs: href }] })
    .run()
}

/* Take files that were pasted or dropped: pictures go to the library, one after the other; of others it is told. */
async function takeFiles(editor, context, files, tell) {
  const isTaken = (file) => context.library.images && file.type.startsWith("image/")
  const others = files.filter((file) => !isTaken(file)).map(({ name }) => name)
  tell(others.length ? [["files", others]] : [])
  for (const file of files.filter(isTaken)) await uploadFigure(editor, context, file)
}

/* Programs copy a picture of their words beside the words: it is one only where it stands alone. */
function filesAlone(copied) {
  const files = [...copied.files]
  const hasWords = () => copied.getData("text/plain").trim() || read(copied.getData("text/html")).textContent.trim()
  return files.length && hasWords() ? [] : files
}

// As articles/body/notes.py names them.
const NAMED = 5

const shortened = (words) => `“${words.length > 80 ? `${words.slice(0, 80).trimEnd()}…` : words}”`

/* Name some of the things that a note is about; of things without words it gives the number alone. */
export function sentence(sentences, [kind, things]) {
  const named = things.slice(0, NAMED).filter(Boolean).map(shortened)
  const words = named.length && things.length > NAMED ? [...named, "…"] : named
  return sentences[kind]
    .replace("%(count)d", things.length)
    .replace(named.length ? "%(words)s" : /\s*[:：]\s*%\(words\)s/, () => words.join(", "))
}

/* Return the line that says what became of a paste, which a screen reader reads out, and what an editor
   that `get` returns asks of one. */
export function clipboard(get, context) {
  const line = crel("p", { className: "body-editor__said", role: "status" })
  const tell = (notes) => {
    line.textContent = notes.map((note) => sentence(context.words.left, note)).join(" ")
  }
  const handleDOMEvents = { paste: () => tell([]) }
  const handlePaste = (_view, { clipboardData: copied }) => {
    const files = copied ? filesAlone(copied) : []
    if (files.length) takeFiles(get(), context, files, tell)
    return Boolean(files.length || (copied && pasteAddress(get(), context, copied, tell)))
  }
  const handleDrop = (view, { dataTransfer: dropped, clientX: left, clientY: top }) => {
    if (!dropped?.files.length) return false
    const place = view.posAtCoords({ left, top })
    if (place) get().commands.setTextSelection(place.pos)
    takeFiles(get(), context, [...dropped.files], tell)
    return true
  }
  const transformPastedHTML = (html) => {
    const { html: clean, notes } = pasted(html, context.language, context.marks)
    tell(notes)
    return clean
  }
  return { line, props: { handleDOMEvents, handleDrop, handlePaste, transformPastedHTML } }
}
