/* Ask before a page with unsaved text is left. */

const form = document.querySelector("#content-main > form")
let changed = Boolean(form?.querySelector(".errornote"))

form?.addEventListener("input", () => { changed = true })
form?.addEventListener("submit", () => { changed = false })
addEventListener("beforeunload", (event) => { if (changed) event.preventDefault() })
