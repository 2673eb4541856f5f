/** Brings the comments to the story where a reader asks for them; without this a link leads to them. */

/** Return the list of comments of a page, as HTML has told it; null where there is none. */
function listIn(html, url) {
  const page = new DOMParser().parseFromString(html, "text/html")
  const list = page.querySelector("[data-comments-list]")
  for (const link of list?.querySelectorAll("a") ?? []) {
    link.href = new URL(link.getAttribute("href"), url).href
  }
  return list
}

async function bring(place) {
  const url = new URL(place.dataset.comments, document.baseURI)
  const answer = await fetch(url)
  const list = answer.ok ? listIn(await answer.text(), url) : null
  // Without it the link that is there already leads to them.
  if (list) {
    place.querySelector("p").replaceWith(document.adoptNode(list))
  }
}

const place = document.querySelector("[data-comments]")
place?.addEventListener("toggle", () => bring(place).catch(() => {}), { once: true })
