/* Put the images of a story in another order: by the buttons of each row, or by dragging its heading.

   The numbers beside the buttons stay the truth, and are typed where this script does not run. */

const group = document.querySelector(".image-uses")
const rows = () => [...group.querySelectorAll(".inline-related:not(.empty-form)")]
const numberOf = (row) => row.querySelector("input[name$='-position']")
const status = Object.assign(document.createElement("p"), { className: "image-order__told" })
status.setAttribute("role", "status")

/* Put rows in an order; what stands behind all of them, as the row that new ones are made of, stays there. */
function put(ordered) {
  const end = rows().at(-1)?.nextSibling
  for (const row of ordered) row.parentNode.insertBefore(row, end)
}

/* Say where the moves end; no button goes away from under somebody who presses it. */
function mark() {
  rows().forEach((row, index, all) => {
    for (const [name, last] of Object.entries({ up: 0, down: all.length - 1 })) {
      row.querySelector(`.image-order__${name}`)?.setAttribute("aria-disabled", String(index === last))
    }
  })
}

function write() {
  rows().forEach((row, index) => {
    const number = numberOf(row)
    if (number.value === String(index + 1)) return
    number.value = index + 1
    number.dispatchEvent(new Event("input", { bubbles: true }))
  })
  mark()
}

function move(row, step) {
  const all = rows()
  const place = all.indexOf(row) + step
  if (!all[place]) return
  all.splice(place - step, 1)
  all.splice(place, 0, row)
  put(all)
  write()
  const words = numberOf(row).dataset.moved
  status.textContent = words.replace("{place}", place + 1).replace("{count}", all.length)
}

function button(row, name, step) {
  const made = Object.assign(document.createElement("button"), {
    type: "button",
    className: `image-order__button image-order__${name}`,
    textContent: step < 0 ? "↑" : "↓",
    title: numberOf(row).dataset[name],
  })
  made.setAttribute("aria-label", made.title)
  made.addEventListener("click", () => {
    move(row, step)
    // Who was moved in the document has lost the focus.
    made.focus()
  })
  return made
}

function drag(row) {
  const heading = row.querySelector("h3")
  let before
  heading.draggable = true
  heading.addEventListener("dragstart", (event) => {
    before = rows()
    event.dataTransfer.setData("text/plain", "")
    event.dataTransfer.effectAllowed = "move"
    event.dataTransfer.setDragImage(row, 0, 0)
    row.classList.add("image-order--dragged")
  })
  heading.addEventListener("dragend", (event) => {
    row.classList.remove("image-order--dragged")
    if (event.dataTransfer.dropEffect === "none") put(before)
    else write()
  })
}

function follow(event) {
  const dragged = group.querySelector(".image-order--dragged")
  if (!dragged) return
  event.preventDefault()
  const over = event.target.closest(".inline-related:not(.empty-form)")
  if (!over || over === dragged) return
  const { top, height } = over.getBoundingClientRect()
  if (event.clientY < top + height / 2) over.before(dragged)
  else over.after(dragged)
}

function prepare(row) {
  const number = numberOf(row)
  if (!number || row.querySelector(".image-order__up")) return
  const buttons = Object.assign(document.createElement("span"), { className: "image-order" })
  number.after(buttons)
  buttons.append(button(row, "up", -1), button(row, "down", 1))
  drag(row)
}

/* As the server shows them: a form that was refused comes back in the order of its making. */
function sort() {
  const leads = (row) => (row.querySelector("input[name$='-is_lead']")?.checked ? 0 : 1)
  const number = (row) => (numberOf(row).value === "" ? Number.POSITIVE_INFINITY : Number(numberOf(row).value))
  const key = new Map(rows().map((row, index) => [row, [leads(row), number(row), index]]))
  const compare = (one, other) => one.reduce((told, value, at) => told || Math.sign(value - other[at]) || 0, 0)
  put(rows().toSorted((one, other) => compare(key.get(one), key.get(other))))
}

function start() {
  group.append(status)
  sort()
  rows().forEach(prepare)
  mark()
  group.addEventListener("dragover", follow)
  group.addEventListener("drop", (event) => event.preventDefault())
  document.addEventListener("formset:added", ({ target }) => {
    if (!group.contains(target)) return
    prepare(target)
    mark()
  })
  // Django numbers the rows anew, as they stand: those that are saved must come first then.
  document.addEventListener("formset:removed", () => {
    const ordered = rows()
    const made = (row) => Number(row.id.split("-").at(-1))
    put(ordered.toSorted((one, other) => made(one) - made(other)))
    queueMicrotask(() => {
      put(ordered)
      mark()
    })
  })
}

if (group?.querySelector("input[name$='-position']")) start()
