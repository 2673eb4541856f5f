/* The tools of a body: what each is called in the catalogue of words, what it does, whether it is on,
   and its keys. The bar over the text, the menu of "/" and the sheet of "?" all show these. */

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
import { editQuote } from "newsroom/quotes"

const isOn =
  (...what) =>
  (editor) =>
    editor.isActive(...what)

export const TOOLS = {
  paragraph: {
    sign: "¶",
    run: (editor) => chain(editor).setParagraph().run(),
    on: isOn("paragraph"),
    keys: "Mod+Alt+0",
  },
  heading: {
    sign: "H2",
    run: (editor) => chain(editor).toggleHeading({ level: 2 }).run(),
    on: isOn("heading", { level: 2 }),
    keys: "Mod+Alt+2",
  },
  subheading: {
    sign: "H3",
    run: (editor) => chain(editor).toggleHeading({ level: 3 }).run(),
    on: isOn("heading", { level: 3 }),
    keys: "Mod+Alt+3",
  },
  bold: { sign: "B", run: (editor) => chain(editor).toggleBold().run(), on: isOn("bold"), keys: "Mod+B" },
  italic: { sign: "I", run: (editor) => chain(editor).toggleItalic().run(), on: isOn("italic"), keys: "Mod+I" },
  lowered: {
    sign: "x₂",
    run: (editor) => chain(editor).unsetSuperscript().toggleSubscript().run(),
    on: isOn("subscript"),
    keys: "Mod+,",
  },
  raised: {
    sign: "x²",
    run: (editor) => chain(editor).unsetSubscript().toggleSuperscript().run(),
    on: isOn("superscript"),
    keys: "Mod+.",
  },
  link: { run: editLink, on: isOn("link"), keys: "Mod+K" },
  language: { run: markLanguage, on: (editor) => MARKS.some((mark) => editor.isActive(mark)) },
  bullets: { run: (editor) => chain(editor).toggleBulletList().run(), on: isOn("bulletList"), keys: "Mod+Shift+8" },
  numbers: { run: (editor) => chain(editor).toggleOrderedList().run(), on: isOn("orderedList"), keys: "Mod+Shift+7" },
  quote: { run: editQuote, on: isOn("blockquote"), keys: "Mod+Shift+B" },
  pull: { run: (editor) => chain(editor).toggleWrap("pullQuote").run(), on: isOn("pullQuote") },
  speaker: { run: (editor) => chain(editor).toggleNode("speaker", "paragraph").run(), on: isOn("speaker") },
  figure: { run: insertFigure },
  card: { run: insertCard },
  embed: { run: insertEmbed },
  table: { run: insertTable },
  undo: { run: (editor) => chain(editor).undo().run(), keys: "Mod+Z" },
  redo: { run: (editor) => chain(editor).redo().run(), keys: "Mod+Shift+Z" },
  caption: { run: captionTable },
  rowAfter: { run: (editor) => chain(editor).addRowAfter().run() },
  columnAfter: { run: (editor) => chain(editor).addColumnAfter().run() },
  headerCell: { run: (editor) => chain(editor).toggleHeaderCell().run() },
  deleteRow: { run: (editor) => chain(editor).deleteRow().run() },
  deleteColumn: { run: (editor) => chain(editor).deleteColumn().run() },
  deleteTable: { run: (editor) => chain(editor).deleteTable().run() },
}

/* Use a tool. Whoever was asked something and left writes on in the text. */
export async function use(name, editor, context) {
  // The browser tells of what was selected later than of the click that comes next.
  document.dispatchEvent(new Event("selectionchange"))
  const done = TOOLS[name].run(editor, context)
  if (!(done instanceof Promise)) return
  await done
  editor.view.focus()
}

/* May a text have it? A page of the site's own has no pictures. */
export const isOffered = (name, { library }) => name !== "figure" || Boolean(library.images)
