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

/* Put the source in place of what stands in a block; undo brings that back. */
function copy(block) {
  const source = block.querySelector("[data-source]")
  if (!source) return
  const body = block.querySelector("textarea[data-body]")
  const field = fieldOf(block)
  if (body?.editor) {
    body.editor.commands.setContent((block.querySelector("template[data-html]") ?? source).innerHTML.trim(), true)
  } else if (field?.type === "checkbox") {
    field.checked = true
  } else if (field) {
    const words = source.querySelector(".changes")?.cloneNode(true) ?? source.cloneNode(true)
    for (const removed of words.querySelectorAll("del")) removed.remove()
    field.value = words.textContent.trim()
  }
  field?.dispatchEvent(new Event("input", { bubbles: true }))
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
