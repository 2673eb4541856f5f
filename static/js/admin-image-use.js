/* Show the picture as soon as another image is chosen in a row of a story. */

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
  const answer = select.value && (await fetch(`${body.dataset.images}?id=${select.value}`))
  const row = answer?.ok && (await answer.json()).results[0]
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
