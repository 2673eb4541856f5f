/* Ask before a page with unsaved text is left; "form:change" tells other scripts of each change. */

const form = document.querySelector("#content-main > form")
// A login page may hold words, too.
let changed = Boolean(form?.elements.unsaved || form?.querySelector(".errornote"))

function change() {
  changed = true
  form.dispatchEvent(new Event("form:change"))
}

form?.addEventListener("input", change)
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
    if (chosen(currentTarget) !== (shown.get(currentTarget) ?? "")) change()
  })
})
