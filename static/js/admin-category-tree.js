/* A box above the tree of categories that leaves only the nodes that match, and those that are chosen. */

/* Return words as they are compared: without accents, in small letters. */
export const fold = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()

function addFilter(tree) {
  const label = document.querySelector(`label[for="${tree.id}"]`) ?? tree.closest(".form-row")?.querySelector("label")
  const box = Object.assign(document.createElement("input"), { type: "search", className: "category-tree__filter" })
  box.placeholder = label?.textContent.replace(/:\s*$/, "").trim() ?? ""
  box.setAttribute("aria-label", box.placeholder)
  const nodes = [...tree.querySelectorAll(".category-tree__node")]
  const places = [...tree.querySelectorAll(".category-tree__place")]
  box.addEventListener("input", (event) => {
    event.stopPropagation()
    const words = fold(box.value.trim())
    for (const node of nodes) {
      node.hidden = !fold(node.textContent).includes(words) && !node.querySelector("input").checked
    }
    for (const place of places) place.hidden = words !== ""
  })
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault()
  })
  tree.prepend(box)
}

document.querySelectorAll("[data-category-tree]").forEach(addFilter)
