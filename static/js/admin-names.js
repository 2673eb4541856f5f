/* Accessible names for what Django's admin draws without one: the boxes of Select2. */

function label(select) {
  const words = select.labels?.[0]?.textContent ?? select.getAttribute("aria-label") ?? select.title
  return words.replace(/:\s*$/, "").trim()
}

/* A box of words is named by them, and by its label while it has none. */
function nameEmpty(box, words) {
  if (box?.textContent.trim()) box.removeAttribute("aria-label")
  else box?.setAttribute("aria-label", words)
}

function name(select) {
  const box = select.nextElementSibling
  const words = label(select)
  if (!words || !box?.classList.contains("select2")) return
  const selection = box.querySelector(".select2-selection")
  const chosen = selection.querySelector(".select2-selection__rendered")?.id
  selection.setAttribute("aria-label", words)
  nameEmpty(selection.querySelector(".select2-selection__rendered[role=textbox]"), words)
  // A box with one choice says the choice as well; its own label would hide the field's.
  if (selection.getAttribute("role") === "combobox" && chosen) {
    selection.id ||= `${select.id}-box`
    selection.setAttribute("aria-labelledby", `${selection.id} ${chosen}`)
  }
  box.querySelectorAll(".select2-search__field").forEach((field) => field.setAttribute("aria-label", words))
}

const nameAll = () => document.querySelectorAll("select.select2-hidden-accessible").forEach(name)

// Select2 starts with jQuery's "ready", after this module, and again for every row that is added.
addEventListener("load", () => {
  nameAll()
  const { jQuery } = window.django ?? {}
  if (!jQuery) return
  document.addEventListener("formset:added", () => setTimeout(nameAll))
  jQuery(document).on("select2:open", (event) => {
    nameAll()
    const field = document.querySelector(".select2-container--open .select2-dropdown .select2-search__field")
    field?.setAttribute("aria-label", label(event.target))
    document
      .querySelector(".select2-container--open .select2-results__options")
      ?.setAttribute("aria-label", label(event.target))
  })
  jQuery(document).on("select2:select select2:unselect select2:close change", () => setTimeout(nameAll))
})

// The hints of Django's two-column choosers have a name, and so need a role.
addEventListener("load", () => {
  document.querySelectorAll(".help-tooltip[aria-label]").forEach((hint) => hint.setAttribute("role", "img"))
})

const search = document.querySelector("#searchbar")
const button = document.querySelector("#changelist-search input[type=submit]")
if (button) search?.setAttribute("aria-label", button.value)
