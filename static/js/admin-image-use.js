/* The rows of a story: the words of the language whose tab is open, and of images the picture as soon as another is chosen. */

const body = document.querySelector("[data-images]")

function draw({ thumb, url }) {
  if (thumb) return Object.assign(document.createElement("img"), { src: thumb, alt: "", className: "thumbnail" })
  const words = JSON.parse(body.dataset.words)
  const gap = Object.assign(document.createElement("span"), { className: "gap", textContent: `${words.gap} ` })
  gap.append(Object.assign(document.createElement("a"), { href: url, textContent: words.upload }))
  return gap
}

async function show(select) {
  const place = select.closest(".inline-related")?.querySelector(".use-picture")
  if (!place || !body || !select.name.endsWith("-image")) return
  const { value } = select
  const answer = value && (await fetch(`${body.dataset.images}?id=${value}`))
  const row = answer?.ok && (await answer.json()).results[0]
  // Another was chosen meanwhile.
  if (select.value !== value) return
  place.replaceChildren(...(row ? [draw(row)] : []))
}

// Select2 tells of a choice through jQuery's events only, and of its own start as well.
addEventListener("load", () => {
  const shown = new WeakMap()
  document.querySelectorAll("select.admin-autocomplete").forEach((select) => shown.set(select, select.value))
  window.django?.jQuery(document).on("change", "select.admin-autocomplete", ({ currentTarget: select }) => {
    // Django's windows tell of it at the option; the event comes from there.
    if (shown.get(select) === select.value) return
    shown.set(select, select.value)
    show(select)
  })
})

/* Return the language that a line of a row is in, as its fields spell it. */
const languageOf = (line) => line.className.match(/\bfield-(?:caption|note)_(\w+)/)?.[1]

/* Show of each row what it says in a language; a line with a mistake or a collision stays. Without tabs all are there. */
function showWords(language) {
  const wanted = language.replaceAll("-", "_")
  for (const line of document.querySelectorAll(".use-words .form-row"))
    line.hidden = languageOf(line) !== wanted && !line.querySelector(".errorlist, .clash")
}

const openTab = () => document.querySelector(".language-tab[aria-selected=true]")?.getAttribute("aria-controls")

document.addEventListener("language:open", ({ detail }) => detail && showWords(detail))
// The tabs were there before this module.
if (openTab()) showWords(openTab().replace(/^panel-/, ""))
