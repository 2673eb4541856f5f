/* Looks again every few seconds how far an import is, so that nobody has to press "Look again".

   What is told and the bar are exchanged, the link and the buttons stay where somebody may have the focus.
   Once another step is at work, or none, the whole page is shown anew. */

const EVERY = 2000

const step = document.querySelector("[data-import-state]")

async function look() {
  const answer = await fetch(location.href).catch(() => null)
  if (answer?.ok) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    const now = page.querySelector("[data-import-state]")
    if (now?.dataset.importState !== step.dataset.importState) {
      location.reload()
      return
    }
    for (const part of ["[data-import-told]", "progress"]) {
      step.querySelector(part).replaceWith(now.querySelector(part))
    }
  }
  setTimeout(look, EVERY)
}

if (step) setTimeout(look, EVERY)
