/* Ask before a page with unsaved text is left. */

const form = document.querySelector("#content-main > form")
// A login page may hold words, too.
let changed = Boolean(form?.elements.unsaved || form?.querySelector(".errornote"))

form?.addEventListener("input", () => {
  changed = true
})
form?.addEventListener("submit", () => {
  changed = false
})
addEventListener("beforeunload", (event) => {
  if (changed) event.preventDefault()
})

// Select2, and the windows that add something, tell of a choice through jQuery's events only; and of
// their own start as well.
const chosen = (select) => [...select.selectedOptions].map((option) => option.value).join("\n")

addEventListener("load", () => {
  const shown = new WeakMap()
  form?.querySelectorAll("select").forEach((select) => shown.set(select, chosen(select)))
  window.django?.jQuery(form).on("change", "select", ({ currentTarget }) => {
    if (chosen(currentTarget) !== (shown.get(currentTarget) ?? "")) changed = true
  })
})
