/* Keys for the desk: arrows lead from cell to cell, C claims or gives back, X chooses the story.

   One cell is in the order of Tab at a time. Without this script each link and button is. */

const table = document.querySelector(".desk__table")

/* Return where a key leads from a cell, as [down, forward], or undefined for any other key. */
export function step(key, direction) {
  const [forward, back] = direction === "rtl" ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"]
  return { [forward]: [0, 1], [back]: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[key]
}

function rove(links, here, focus) {
  links.flat().forEach((link) => (link.tabIndex = link === here ? 0 : -1))
  if (!focus) return
  here.focus({ preventScroll: true })
  here.closest("td").scrollIntoView({ block: "nearest", inline: "nearest" })
}

/* Return the letter of a key; on a keyboard of another script, the one that stands there on a Latin keyboard. */
export function letterOf({ key, code }) {
  return /^[a-z]$/i.test(key) ? key.toLowerCase() : code.replace(/^Key/, "").toLowerCase()
}

/* Do what a letter says in a cell. */
function press(key, link) {
  if (key === "c") link.closest("td").querySelector(".desk__verb")?.click()
  if (key === "x") link.closest("tr").querySelector("input").click()
}

function follow(event, links) {
  const link = event.target.closest(".desk__link")
  if (!link || event.ctrlKey || event.metaKey || event.altKey) return
  const way = step(event.key, document.documentElement.dir)
  if (!way) {
    if (!event.repeat) press(letterOf(event), link)
    return
  }
  event.preventDefault()
  const row = links.findIndex((cells) => cells.includes(link))
  const next = links[row + way[0]]?.[links[row].indexOf(link) + way[1]]
  if (next) rove(links, next, true)
}

function whenLoaded(act) {
  if (document.readyState === "complete") act()
  else addEventListener("load", () => requestAnimationFrame(act))
}

function build() {
  const links = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll(".desk__link")])
  table.addEventListener("keydown", (event) => follow(event, links))
  const last = location.hash && document.getElementById(location.hash.slice(1))?.querySelector(".desk__link")
  rove(links, last || links[0][0], false)
  // Not before: while a page is loaded, the browser takes the focus away for the cell that its address names.
  if (last) whenLoaded(() => rove(links, last, true))
  document.querySelector(".desk__keys").hidden = false
}

if (table) build()
