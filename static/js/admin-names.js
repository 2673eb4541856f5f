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

const BOXES = ".select2-container"
const isOfBox = ({ target, addedNodes }) =>
  target.closest?.(BOXES) || [...addedNodes].some((node) => node.matches?.(BOXES))

// Select2 draws its boxes after this module, for every row that is added, and anew, at a moment of its own, after a choice.
new MutationObserver((changes) => {
  if (changes.some(isOfBox)) nameAll()
}).observe(document.body, { childList: true, subtree: true })

// The list that opens stands elsewhere, and only this tells whose it is.
addEventListener("load", () => {
  const { jQuery } = window.django ?? {}
  if (!jQuery) return
  jQuery(document).on("select2:open", (event) => {
    const words = label(event.target)
    const open = document.querySelector(".select2-container--open .select2-dropdown")
    open?.querySelector(".select2-search__field")?.setAttribute("aria-label", words)
    document.querySelector(".select2-container--open .select2-results__options")?.setAttribute("aria-label", words)
  })
})

// The hints of Django's two-column choosers have a name, and so need a role.
addEventListener("load", () => {
  document.querySelectorAll(".help-tooltip[aria-label]").forEach((hint) => hint.setAttribute("role", "img"))
})

const search = document.querySelector("#searchbar")
const button = document.querySelector("#changelist-search input[type=submit]")
if (button) search?.setAttribute("aria-label", button.value)
