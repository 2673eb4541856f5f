/* Keys for translating block by block: Alt with an arrow goes on or back, with C copies the source, with Enter says
   that a block is up to date and goes on.

   Without this script the page is a form like any other. */

const form = document.querySelector(".side-by-side")
const blocks = [...form.querySelectorAll("[data-block]")]

/* Where words are written in a block: its editor, or its field. */
function fieldOf(block) {
  return block.querySelector(".pair__target :is([contenteditable], textarea:not([hidden]), input:not([type=hidden]))")
}

function go(from, step) {
  const block = blocks[blocks.indexOf(from) + step]
  if (!block) return
  fieldOf(block)?.focus()
  block.scrollIntoView({ block: "nearest" })
}

/* The words of the source as they are now. */
function wordsOf(source) {
  const words = source.cloneNode(true)
  for (const removed of words.querySelectorAll("del")) removed.remove()
  return words.textContent.trim()
}

/* The HTML of the source: where what has changed is marked, it stands apart. */
const htmlOf = (block, source) => (block.querySelector("template[data-html]") ?? source).innerHTML.trim()

function put(block, source, field) {
  const body = block.querySelector("textarea[data-body]")
  if (body?.editor) body.editor.commands.setContent(htmlOf(block, source), true)
  else if (field.type === "checkbox") field.checked = true
  else field.value = wordsOf(source)
}

/* Put the source in place of what stands in a block; undo brings that back. */
function copy(block) {
  const source = block.querySelector("[data-source]")
  const field = fieldOf(block)
  if (!source || !field) return
  put(block, source, field)
  field.dispatchEvent(new Event("input", { bubbles: true }))
}

function confirm(block) {
  const box = block.querySelector("input[name=confirm]")
  if (box && !box.checked) box.click()
  go(block, 1)
}

const verbs = {
  ArrowDown: (block) => go(block, 1),
  ArrowUp: (block) => go(block, -1),
  KeyC: copy,
  Enter: confirm,
}

form.addEventListener(
  "keydown",
  (event) => {
    const verb = verbs[event.code]
    const isOurs = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey
    if (!verb || !isOurs) return
    event.preventDefault()
    event.stopPropagation()
    verb(event.target.closest("[data-block]") ?? blocks[0])
  },
  // Before the editor of a body.
  { capture: true },
)
