/* A quotation with who said it and what was said in another language: both stand at its end, the
   wording as a paragraph that is in its language as a whole. */

import { chain } from "newsroom/commands"
import { askFor } from "newsroom/picker"

/* Return the quotation around the cursor: {node, pos}. */
function quoteAt({ $from }) {
  for (let depth = $from.depth; depth > 0; depth--) {
    const node = $from.node(depth)
    if (node.type.name === "blockquote") return { node, pos: $from.before(depth) }
  }
  return null
}

/* Return the language of a paragraph of which every word is in one that is marked, "" for none. */
function languageOf(node) {
  const langs = new Set()
  node.forEach(({ marks }) => langs.add(marks.find(({ type }) => type.name === "foreign")?.attrs.lang))
  return node.type.name === "paragraph" && langs.size === 1 ? ([...langs][0] ?? "") : ""
}

/* Return the parts of a quotation: its words, the wording in another language, who said it. */
function partsOf(quote) {
  const parts = { words: [], original: null, speaker: null }
  quote?.node.forEach((child) => {
    if (child.type.name === "speaker") parts.speaker = child
    else if (parts.words.length && languageOf(child)) parts.original = child
    else parts.words.push(child)
  })
  return parts
}

/* Return the children of a quotation with these values; what was not changed keeps its marks. */
function children(schema, { words, original, speaker }, values) {
  const { paragraph, speaker: line } = schema.nodes
  const said = () => {
    if (original?.textContent === values.original && languageOf(original) === values.lang) return original
    const mark = schema.marks.foreign.create({ lang: values.lang })
    return paragraph.create({ written: true }, schema.text(values.original, [mark]))
  }
  const who = () => (speaker?.textContent === values.speaker ? speaker : line.create(null, schema.text(values.speaker)))
  const written = words.map((node) =>
    node.type === paragraph && values.original ? paragraph.create({ written: true }, node.content) : node,
  )
  return [...written, ...(values.original ? [said()] : []), ...(values.speaker ? [who()] : [])]
}

function write(values) {
  return ({ tr, state }) => {
    const quote = quoteAt(tr.selection)
    if (!quote) return false
    const { pos, node } = quote
    const { from } = tr.selection
    tr.replaceWith(pos + 1, pos + node.nodeSize - 1, children(state.schema, partsOf(quote), values))
    tr.setSelection(tr.selection.constructor.near(tr.doc.resolve(Math.min(from, tr.doc.content.size))))
    return true
  }
}

/* Make a quotation of the paragraph at the cursor, or change the one around it. */
export async function editQuote(editor, { words: say, language, languages }) {
  const quote = quoteAt(editor.state.selection)
  const { original, speaker } = partsOf(quote)
  const others = languages.filter(([code]) => code !== language)
  // None is chosen for anybody: it would be taken for known.
  const options = [["", say.languageChoose], ...others]
  const fields = [
    { name: "speaker", label: say.speaker, value: speaker?.textContent },
    { name: "original", label: say.quoteOriginal, hint: say.quoteHint, value: original?.textContent, long: true },
    { name: "lang", label: say.quoteLanguage, value: original ? languageOf(original) : "", options },
  ]
  const answer = await askFor({
    title: say.quote,
    fields,
    say: { ...say, insert: say.apply },
    remove: quote ? say.quoteRemove : "",
    check: (values) => (values.original && !values.lang ? ["lang", say.languageNone] : null),
  })
  if (!answer) return
  if (answer.remove) chain(editor).toggleBlockquote().run()
  else (quote ? chain(editor) : chain(editor).setBlockquote()).command(write(answer)).run()
}
