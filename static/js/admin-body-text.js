/* The words of a body as the editor knows them, and how they are written back as HTML.

   The editor's schema wants a paragraph in every list item and cell, and a table that holds nothing
   but rows. The stored HTML is freer: paragraphs that were only implied, <thead> and <caption> are
   remembered as attributes and put back by `stored()`. */

import {
  Blockquote,
  Bold,
  BulletList,
  Document,
  Dropcursor,
  Gapcursor,
  HardBreak,
  Heading,
  History,
  Italic,
  ListItem,
  Mark,
  Node,
  OrderedList,
  Paragraph,
  Subscript,
  Superscript,
  Table,
  TableCell,
  TableHeader,
  TableRow,
  Text,
  TrailingNode,
} from "django-prose-editor/editor"

const attribute = (name) => ({
  default: null,
  parseHTML: (element) => element.getAttribute(name),
  renderHTML: (attributes) => (attributes[name] === null ? {} : { [name]: attributes[name] }),
})

/* A paragraph that the HTML spells out; one that the editor adds around bare words is not. */
const MarkedParagraph = Paragraph.extend({
  addAttributes() {
    return {
      written: {
        default: false,
        keepOnSplit: true,
        parseHTML: () => true,
        renderHTML: ({ written }) => (written ? {} : { "data-implied": "" }),
      },
    }
  },
})

const StoryLink = Mark.create({
  name: "link",
  inclusive: false,
  addAttributes() {
    return {
      href: attribute("href"),
      "data-article": attribute("data-article"),
      "data-waiting": attribute("data-waiting"),
    }
  },
  parseHTML() {
    return ["a[data-article]", "a[data-waiting]", "a[href]"].map((tag) => ({ tag }))
  },
  renderHTML({ HTMLAttributes }) {
    return ["a", HTMLAttributes, 0]
  },
})

/* Words in another language, and words that keep their own direction: names, formulas. */
const Foreign = Mark.create({
  name: "foreign",
  addAttributes: () => ({ lang: attribute("lang") }),
  parseHTML: () => [{ tag: "span[lang]" }],
  renderHTML: ({ HTMLAttributes }) => ["span", HTMLAttributes, 0],
})

const Isolated = Mark.create({
  name: "isolated",
  parseHTML: () => [{ tag: "bdi" }],
  renderHTML: () => ["bdi", 0],
})

/* Who said a quotation: a line of its own in it. Elsewhere <cite> names a work in a sentence. */
const Speaker = Node.create({
  name: "speaker",
  content: "inline*",
  defining: true,
  parseHTML: () => ["blockquote//", "pullQuote//"].map((context) => ({ tag: "cite", context })),
  renderHTML: () => ["cite", 0],
})

const SpokenQuote = Blockquote.extend({ content: "(block | speaker)+" })

const CaptionedTable = Table.extend({
  addAttributes() {
    return {
      caption: {
        default: null,
        parseHTML: (table) => table.querySelector("caption")?.innerHTML ?? null,
        renderHTML: ({ caption }) => (caption === null ? {} : { "data-caption": caption }),
      },
    }
  },
  parseHTML() {
    return [{ tag: "table" }, { tag: "caption", ignore: true }]
  },
})

const HeadedRow = TableRow.extend({
  addAttributes() {
    return {
      head: {
        default: null,
        parseHTML: (row) => row.parentElement?.tagName === "THEAD",
        renderHTML: ({ head }) => (head === null ? {} : { "data-head": String(head) }),
      },
    }
  },
})

const ScopedHeader = TableHeader.extend({
  addAttributes() {
    return { ...this.parent?.(), scope: attribute("scope") }
  },
})

export function extensions() {
  return [
    Document,
    MarkedParagraph,
    Text,
    HardBreak,
    Heading.configure({ levels: [2, 3] }),
    // The first mark stands around the others.
    Foreign,
    Isolated,
    Bold,
    Italic,
    Subscript,
    Superscript,
    StoryLink,
    BulletList,
    OrderedList.configure({ enableListAttributes: false }),
    ListItem,
    SpokenQuote,
    Speaker,
    CaptionedTable,
    HeadedRow,
    ScopedHeader,
    TableCell,
    // After whatever stands last there is a line to write in: no key leads out of an image.
    History,
    Dropcursor,
    Gapcursor,
    TrailingNode,
  ]
}

const isImplied = (node) => node?.nodeType === 1 && node.matches("p[data-implied]")

function unwrapImplied(root) {
  for (const paragraph of root.querySelectorAll("p[data-implied]")) {
    const held = paragraph.parentElement.matches("li, td, th, blockquote")
    const alone = !isImplied(paragraph.previousSibling) && !isImplied(paragraph.nextSibling)
    if (held && alone) paragraph.dataset.bare = ""
  }
  for (const paragraph of root.querySelectorAll("p[data-implied]")) {
    if ("bare" in paragraph.dataset) paragraph.replaceWith(...paragraph.childNodes)
    else paragraph.removeAttribute("data-implied")
  }
}

function isHead(row) {
  if (row.dataset.head) return row.dataset.head === "true"
  return [...row.children].every((cell) => cell.tagName === "TH")
}

function removeAttributes(element) {
  for (const name of element.getAttributeNames()) element.removeAttribute(name)
}

function rebuildTable(table) {
  const rows = [...table.querySelectorAll("tr")]
  const first = rows.findIndex((row) => !isHead(row))
  const heads = first === -1 ? (rows.length > 1 ? rows : []) : rows.slice(0, first)
  const parts = [
    ["thead", heads],
    ["tbody", rows.slice(heads.length)],
  ]
  const { caption } = table.dataset
  removeAttributes(table)
  table.replaceChildren()
  if (caption) table.createCaption().innerHTML = caption
  for (const [name, held] of parts) {
    if (!held.length) continue
    const part = table.ownerDocument.createElement(name)
    part.append(...held)
    table.append(part)
  }
  rows.forEach(removeAttributes)
}

function tidyCell(cell) {
  for (const name of ["colspan", "rowspan"]) if (cell.getAttribute(name) === "1") cell.removeAttribute(name)
  for (const name of ["colwidth", "data-colwidth", "style"]) cell.removeAttribute(name)
}

/* The line to write in at the end is no part of the text while nothing is written in it. */
function dropEmptyEnd(root) {
  while (root.lastElementChild?.matches("p") && !root.lastElementChild.hasChildNodes()) {
    if (root.children.length === 1) return
    root.lastElementChild.remove()
  }
}

/* Return the HTML of an editor in the vocabulary of articles/body/. */
export function stored(html) {
  // A document of its own: nothing in it loads or runs.
  const root = new DOMParser().parseFromString(html, "text/html").body
  unwrapImplied(root)
  dropEmptyEnd(root)
  root.querySelectorAll("table").forEach(rebuildTable)
  root.querySelectorAll("td, th").forEach(tidyCell)
  root.querySelectorAll("ol").forEach(removeAttributes)
  const only = root.children.length === 1 && root.firstElementChild
  return only && only.matches("p, h2, h3") && !only.hasChildNodes() ? "" : root.innerHTML
}
