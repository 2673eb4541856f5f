/* What this browser holds of words that somebody typed goes to the server on the next page of the newsroom, whichever it is, and on
   the way out: the server knows what has been saved since, and offers the rest. What it has does not stay in the browser; of most that
   was saved the server says so itself. */

const OLD = 30 * 24 * 3600 * 1000
// Nobody waits longer to be logged out.
const LONG = 10_000

const { writer, address } = document.querySelector("#script-words").dataset
const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value
const open = document.querySelector("#content-main > form")?.elements.autosave?.value
const exit = document.querySelector("#logout-form")

/* The names under which words are held: "autosave", who wrote them, the path of their form and its key. */
function held() {
  return Object.keys(localStorage).filter((name) => name.startsWith(`autosave ${writer} `))
}

/* Return whether the server keeps the words now, which is not so where they are saved already. */
async function hand(name) {
  const value = localStorage.getItem(name)
  const { at, title, sent } = JSON.parse(value)
  const fields = new URLSearchParams(sent)
  fields.set("csrfmiddlewaretoken", token)
  const query = new URLSearchParams({ path: name.split(" ")[2], title: title ?? "" })
  const isOld = Date.now() - at >= OLD
  const post = { method: "POST", body: fields, redirect: "manual", signal: AbortSignal.timeout(LONG) }
  const answer = isOld || (await fetch(`${address}?${query}`, post))
  // Who writes on in another tab has put newer words there meanwhile.
  if ((isOld || answer.ok) && localStorage.getItem(name) === value) localStorage.removeItem(name)
  return answer.status === 204
}

/* Hand over what is held under these names; return those of which the server has something to offer. */
async function handAll(names) {
  const kept = []
  for (const name of names) {
    try {
      if (await hand(name)) kept.push(name)
    } catch {
      // The server is away, or that is nothing of ours: it stays.
    }
  }
  return kept
}

/* What the page before has saved is of no use any more: the answer names its form. */
function forgetSaved() {
  const saved = document.cookie.match(/(?:^|; )saved_forms=([0-9a-f.]+)/)?.[1].split(".") ?? []
  for (const name of held()) {
    if (saved.includes(name.split(" ")[3])) localStorage.removeItem(name)
  }
  const path = new URL("..", new URL(address, location)).pathname
  if (saved.length) document.cookie = `saved_forms=; path=${path}; max-age=0`
}

async function showOffers() {
  const page = await (await fetch(location.href)).text()
  const fresh = new DOMParser().parseFromString(page, "text/html").querySelector(".autosaves")
  if (fresh) document.querySelector(".autosaves")?.replaceWith(fresh)
}

const isHere = (name) => localStorage.getItem(name) !== null

/* Make an offer of admin-offers.js work: whoever takes it waits until the server has the words. */
function serve(form, handing) {
  form.append(
    Object.assign(document.createElement("input"), { type: "hidden", name: "csrfmiddlewaretoken", value: token }),
  )
  const { held: name } = form.dataset
  form.addEventListener("submit", async (event) => {
    event.preventDefault()
    await handing
    // The server was away a moment ago.
    if (isHere(name)) await handAll([name])
    if (isHere(name)) {
      const state = document.querySelector(".autosave")
      if (state) form.querySelector("p").textContent = state.dataset.away
      return
    }
    form.append(
      Object.assign(document.createElement("input"), { type: "hidden", name: event.submitter.name, value: "1" }),
    )
    form.submit()
  })
}

/* The form of this page is still being written: its own words wait. */
async function start() {
  const names = held().filter((name) => !open || !name.endsWith(` ${open}`))
  const drawn = [...document.querySelectorAll(".autosaves [data-held]")]
  const handing = handAll(names)
  for (const form of drawn) serve(form, handing)
  const kept = await handing
  const offers = drawn.map((form) => form.dataset.held)
  // What turns out to be saved is offered no more.
  for (const form of drawn) {
    const { held: name } = form.dataset
    if (!kept.includes(name) && !isHere(name)) form.remove()
  }
  if (!offers.length && kept.length && document.querySelector(".autosaves")) await showOffers()
}

if (writer && token) {
  forgetSaved()
  start()
  exit?.addEventListener("submit", async (event) => {
    event.preventDefault()
    await handAll(held())
    exit.submit()
  })
}
