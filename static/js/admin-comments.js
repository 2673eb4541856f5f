/* Keys for the queue of comments: J and K move, X chooses, and each button has its letter.

   They work only while the focus is in the list, so that no letter surprises anybody elsewhere. Without
   this script the buttons do the same. After a verb the focus is on the next comment. */

const PLACE = "comments-place"
const list = document.querySelector("#result_list tbody")
const rows = [...(list?.rows ?? [])]

function go(index) {
  const row = rows[Math.max(0, Math.min(index, rows.length - 1))]
  for (const other of rows) {
    other.tabIndex = other === row ? 0 : -1
    other.toggleAttribute("data-current", other === row)
  }
  row?.focus()
}

// A verb takes the page with it: a key that comes before the next page was meant for the next comment.
let isSent = false

function press(row, key) {
  const button = [...row.querySelectorAll("button[data-key]")].find((other) => other.dataset.key === key)
  if (!button || isSent) return
  isSent = true
  button.click()
}

function act(event) {
  const row = event.target.closest("tr")
  if (event.ctrlKey || event.metaKey || event.altKey || !row) return
  const index = rows.indexOf(row)
  const key = event.key.toLowerCase()
  if (key === "j" || key === "k") {
    event.preventDefault()
    go(index + (key === "j" ? 1 : -1))
  } else if (key === "x") {
    row.querySelector("input.action-select")?.click()
  } else {
    press(row, key)
  }
}

if (rows.length && list.querySelector("button[data-key]")) {
  rows[0].tabIndex = 0
  list.addEventListener("keydown", act)
  list.addEventListener("click", (event) => {
    const row = event.target.closest("tr")
    if (event.target.closest("button[data-key]")) {
      sessionStorage.setItem(PLACE, rows.indexOf(row))
    } else if (row && !event.target.closest("a, input")) {
      go(rows.indexOf(row))
    }
  })
}
addEventListener("pageshow", () => (isSent = false))
const place = sessionStorage.getItem(PLACE)
sessionStorage.removeItem(PLACE)
if (place !== null) go(Number(place))
