/* The field of tags: a spelling that a tag has is that tag, and any other word may become one.

   Set as Select2's defaults, which Django's own script fills its boxes with later. Only answers of the
   tag field have `exact` and `name`; the other boxes offer no new words, and show their text.

   The first row is what the typed word means: its tag, or the word itself. So Enter, a comma, Tab, a click
   elsewhere and Save all take the word, whether or not the list has come by then; Escape drops it. */

const { jQuery } = window.django
const { defaults } = jQuery.fn.select2

defaults.set("insertTag", (rows, word) => {
  if (!rows.some((row) => row.exact)) rows.unshift(word)
})

defaults.set("templateSelection", (chosen) => chosen.name ?? chosen.text)

/* What stands between two words in a list of them, as it comes from a mail or a table; articles/texts.py has the same. */
const SEPARATORS = /[,،、，;؛；\t\r\n]/

/* Return the words between commas, of any script, semicolons, tabs and ends of lines. */
export const split = (text) =>
  text
    .split(SEPARATORS)
    .map((word) => word.trim())
    .filter(Boolean)

/* Return what a text that is being typed holds: whole words, and the beginning of the next. */
export function splitTyped(text) {
  const end = text.split(SEPARATORS).at(-1)
  return { words: split(text.slice(0, text.length - end.length)), rest: end.trimStart() }
}

function selectOf(field) {
  const select = field.closest?.(".select2-container")?.previousElementSibling
  return select?.dataset.tags && field.matches(".select2-search__field") ? select : null
}

const fieldOf = (select) => select.nextElementSibling?.querySelector(".select2-search__field")

function take(select, words) {
  const folded = (word) => word.toLocaleLowerCase()
  for (const word of words) {
    const known = [...select.options].find((option) => folded(option.value) === folded(word))
    if (known) known.selected = true
    else select.append(new Option(word, word, true, true))
  }
  jQuery(select).trigger("change")
}

function takeTyped(select) {
  const field = fieldOf(select)
  if (!field?.value.trim()) return
  const words = split(field.value)
  field.value = ""
  take(select, words)
}

/* What is pasted is taken at once: a field of one line drops the ends of lines that part its words. */
addEventListener(
  "paste",
  (event) => {
    const select = selectOf(event.target)
    const pasted = event.clipboardData?.getData("text/plain") ?? ""
    if (!select || !SEPARATORS.test(pasted)) return
    event.preventDefault()
    const { value, selectionStart, selectionEnd } = event.target
    event.target.value = ""
    take(select, split(value.slice(0, selectionStart) + pasted + value.slice(selectionEnd)))
  },
  { capture: true },
)

/* Words before a comma are taken at once; of what was dropped or put in at once, the last as well. */
addEventListener(
  "input",
  ({ target, inputType }) => {
    const select = selectOf(target)
    if (!select || !SEPARATORS.test(target.value)) return
    const isWhole = inputType === "insertFromPaste"
    const { words, rest } = isWhole ? { words: split(target.value), rest: "" } : splitTyped(target.value)
    target.value = rest
    take(select, words)
  },
  { capture: true },
)

addEventListener(
  "keydown",
  (event) => {
    const select = selectOf(event.target)
    if (!select) return
    if (event.key === "Escape") event.target.value = ""
    else if (event.key === "Enter" && !event.isComposing && !highlighted(event.target)) {
      event.preventDefault()
      event.stopPropagation()
      takeTyped(select)
      jQuery(select).select2("close")
    } else if (event.key === "Tab") takeTyped(select)
  },
  { capture: true },
)

/* The row that the arrow keys or the list's arrival have marked. */
function highlighted(field) {
  const list = document.getElementById(field.getAttribute("aria-controls"))
  return list?.querySelector(".select2-results__option--highlighted")
}

// A row was chosen: what was typed has found it.
jQuery(document).on("select2:selecting", "select[data-tags]", (event) => {
  fieldOf(event.currentTarget).value = ""
})
jQuery(document).on("select2:closing", "select[data-tags]", (event) => takeTyped(event.currentTarget))
addEventListener("submit", ({ target }) => target.querySelectorAll("select[data-tags]").forEach(takeTyped), {
  capture: true,
})
