/* Keys for translating block by block: Alt with an arrow goes on or back, with Enter says that a block is up to date and
   goes on, with Shift and Enter copies the source into an empty block.

   No letter is among them: with Option a Mac writes a sign by each, and Polish by many.

   Without this script the page is a form like any other. */

const form = document.querySelector(".side-by-side")
const blocks = [...form.querySelectorAll("[data-block]")]
const told = form.querySelector(".side-by-side__said")

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

const editorOf = (block) => block.querySelector("textarea[data-body]")?.editor

function isEmpty(block, field) {
  if (field.type === "checkbox") return !field.checked
  return editorOf(block)?.isEmpty ?? !field.value.trim()
}

let frame

function sayNothing() {
  // What is about to be said is out of date, too.
  cancelAnimationFrame(frame)
  told.textContent = ""
}

/* Say beside a block why its key did nothing; it is read aloud a second time, too. */
function say(block, sentence) {
  sayNothing()
  block.querySelector(".pair__target")?.append(told)
  frame = requestAnimationFrame(() => (told.textContent = sentence))
}

function put(block, source, field) {
  const editor = editorOf(block)
  if (editor) editor.commands.setContent(htmlOf(block, source), true)
  else if (field.type === "checkbox") field.checked = true
  else field.value = wordsOf(source)
}

/* Put the source into a block in which nothing stands: what somebody wrote is not written over. */
function copy(block) {
  const source = block.querySelector("[data-source]")
  const field = fieldOf(block)
  if (!source || !field) return
  if (!isEmpty(block, field)) {
    say(block, told.dataset.filled)
    return
  }
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
  Enter: confirm,
}

function verbOf({ key, shiftKey, altKey, ctrlKey, metaKey }) {
  if (!altKey || ctrlKey || metaKey) return undefined
  if (shiftKey) return key === "Enter" ? copy : undefined
  return verbs[key]
}

form.addEventListener(
  "keydown",
  (event) => {
    const verb = verbOf(event)
    if (!verb) return
    event.preventDefault()
    event.stopPropagation()
    verb(event.target.closest("[data-block]") ?? blocks[0])
  },
  // Before the editor of a body.
  { capture: true },
)
form.addEventListener("input", sayNothing)
