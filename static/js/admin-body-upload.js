/* A picture from this computer: what it needs is asked for, it goes to the library, and its words to
   its row among the pictures of the story, which is saved with the story. One that the library has already is offered instead. */

import { crel } from "django-prose-editor/editor"
import { ask, drawActions, drawRow, drawRowOfForm, refuse } from "newsroom/picker"

const FIELDS = (say) => [
  { name: "alt", label: say.alt, hint: say.altHint, required: true, maxLength: 400 },
  { name: "creator", label: say.creator, required: true, maxLength: 200 },
  { name: "credit_line", label: say.credit, hint: say.creditHint, maxLength: 200 },
]

/* Our policy lets a page show data: addresses, not blob: ones. */
function preview(file) {
  const image = crel("img", { className: "picker__preview", alt: file.name })
  const reader = new FileReader()
  reader.addEventListener("load", () => {
    image.src = reader.result
  })
  reader.readAsDataURL(file)
  return image
}

async function send(address, file, { alt, creator, credit_line: credit }, isAgain) {
  const data = new FormData()
  if (isAgain) data.append("again", "1")
  const values = { file, creator, credit_line: credit, description: alt.slice(0, 200) }
  for (const [name, value] of Object.entries(values)) data.append(name, value)
  data.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value)
  const answer = await fetch(address, { method: "POST", body: data, headers: { Accept: "application/json" } })
  const row = await answer.json()
  return answer.ok ? (row.same ? row : { row }) : { errors: row.errors }
}

const valuesOf = (form) => Object.fromEntries(FIELDS({}).map(({ name }) => [name, form.elements[name].value.trim()]))

/* Show what was wrong: at its field, or below the form where it has none there. */
function tell(form, status, errors, say) {
  const [name, reasons] = Object.entries(errors ?? { "": [say.notSent] })[0]
  status.textContent = form.elements[name] ? "" : reasons.join(" ")
  if (form.elements[name]) refuse(form, name, reasons.join(" "))
}

/* Ask for what a picture needs and upload it; resolve with {image, alt}, or null. */
export function upload(given, { say, address }) {
  return ask(say.uploadTitle, say, (dialog, done) => {
    let file = given
    let seen = null
    const chooser = crel("input", { type: "file", name: "file", accept: "image/*", required: true })
    const shown = crel("div", {}, file ? [preview(file)] : [])
    chooser.addEventListener("change", () => {
      file = chooser.files[0]
      shown.replaceChildren(...(file ? [preview(file)] : []))
    })
    const choose = crel("div", { className: "picker__field" }, [crel("label", {}, [say.file, chooser])])
    const submit = crel("button", { type: "submit", className: "picker__submit", textContent: say.uploadAndInsert })
    const status = crel("p", { className: "picker__status", role: "alert" })
    const there = crel("ul", { className: "picker__list" })
    const rows = FIELDS(say).map(drawRowOfForm)
    const form = crel("form", {}, [...(given ? [] : [choose]), shown, ...rows, status, there, drawActions([submit])])
    form.addEventListener("submit", async (event) => {
      event.preventDefault()
      submit.disabled = true
      status.textContent = say.uploading
      const { row, errors, same } = await send(address, file, valuesOf(form), seen === file).catch(() => ({}))
      submit.disabled = false
      const use = (image) => done({ image, alt: valuesOf(form).alt })
      there.replaceChildren(...(same ? [drawRow(same, use)] : []))
      if (row) use(row)
      else if (same) {
        seen = file
        status.textContent = say.alreadyThere
      } else tell(form, status, errors, say)
    })
    dialog.append(form)
  })
}

/* Give the picture its row in the story, unless it has one, with its alternative text in this language, unless it has that. */
export function addRow({ image, alt }, language) {
  const select = rowOf(image) ?? newRow(image)
  const field = select && document.getElementById(select.id.replace(/image$/, `alt_${language.replace(/-/g, "_")}`))
  if (!field || field.value.trim()) return
  field.value = alt
  field.dispatchEvent(new Event("input", { bubbles: true }))
}

const rows = () => [...document.querySelectorAll(".image-uses select[name$='-image']:not([name*='__prefix__'])")]

const rowOf = (image) => rows().find((select) => select.value === String(image.id))

function newRow(image) {
  document.querySelector(".image-uses .add-row a")?.click()
  const select = rows().at(-1)
  if (!select || select.value) return null
  select.append(new Option(image.title, image.id, true, true))
  window.django.jQuery(select).trigger("change")
  return select
}
