/* The first field that can be seen takes the cursor: in the tab that is open, where there are tabs. One that the address
   names, or that is marked as wrong, comes first; a message that links to one opens its tab.

   In place of Django's own script, which would come before the tabs are built or after them. */

const fields = document.querySelector("#content-main > form")?.elements ?? []
/* Return what is written in for a field: of a body that is its editor. */
const written = (field) => (field.hidden && field.previousElementSibling?.querySelector("[contenteditable]")) || field

const isShown = (field) => field.matches("input, select, textarea") && !field.disabled && written(field).offsetParent

const named = (hash) => [...fields].find((field) => field.id && `#${field.id}` === hash)

function leadTo(field) {
  const panel = field.closest(".language-panel")
  if (panel?.hidden) document.querySelector(`[aria-controls="${panel.id}"]`)?.click()
  written(field).scrollIntoView({ block: "center" })
  written(field).focus({ preventScroll: true })
}

document.querySelector(".messagelist")?.addEventListener("click", (event) => {
  const link = event.target.closest("a")
  const field = link && link.pathname === location.pathname && named(link.hash)
  if (!field || link.search !== location.search) return
  event.preventDefault()
  leadTo(field)
})

const shown = [...fields].filter(isShown)
const wanted = named(location.hash) ?? shown.find((field) => field.matches("[aria-invalid=true]"))
if (wanted) leadTo(wanted)
else shown[0]?.focus({ preventScroll: true })
