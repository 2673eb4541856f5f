/* Keep what is typed into a form: on the server, and in this browser while the server does not answer. */

const PAUSE = 2000
const AGAIN = 15_000
const OLD = 30 * 24 * 3600 * 1000

const form = document.querySelector("#content-main > form")
const state = document.querySelector(".autosave")
const writer = form?.elements.writer?.value.split(":")[0]
const shelf = `autosave ${writer} ${location.pathname} `

/* Everything that the form would send but files, which nothing keeps. */
function words() {
  const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string")
  return new URLSearchParams(fields).toString()
}

/* A full or forbidden store keeps nothing; the server does. */
function keepHere(key, sent) {
  try {
    localStorage.setItem(shelf + key, JSON.stringify({ at: Date.now(), sent }))
  } catch {}
}

function forgetHere(key) {
  localStorage.removeItem(shelf + key)
}

/* Return what became of it: "kept", now or by a save meanwhile; "ended", where nobody or somebody else is signed in; or "away". */
async function send(key, sent, signal) {
  const title = document.querySelector("#content h1")?.textContent.trim() ?? ""
  const query = new URLSearchParams({ path: location.pathname, title })
  try {
    const answer = await fetch(`${state.dataset.address}?${query}`, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: sent,
      redirect: "manual",
      signal,
    })
    // Who is signed out is led to the login; who signed in again has another token, or is another.
    if (answer.type === "opaqueredirect" || answer.status === 403) return "ended"
    if (!answer.ok) return "away"
  } catch {
    return "away"
  }
  forgetHere(key)
  return "kept"
}

function tell(sentence) {
  // Said once: the same words again would be read aloud again.
  if (state.textContent !== sentence) state.textContent = sentence
}

function start(key) {
  let timer, sending
  let stopped = false

  async function keep() {
    timer = undefined
    const sent = words()
    keepHere(key, sent)
    sending = new AbortController()
    const became = await send(key, sent, sending.signal)
    if (stopped) return
    tell(state.dataset[became])
    if (became !== "kept") timer ??= setTimeout(keep, AGAIN)
  }

  form.addEventListener("form:change", () => {
    if (!stopped) timer ??= setTimeout(keep, PAUSE)
  })
  form.addEventListener("submit", () => {
    stopped = true
    clearTimeout(timer)
    sending?.abort()
    // In case that the server does not get it.
    keepHere(key, words())
  })
  // "Back" shows the page as it was left.
  addEventListener("pageshow", () => {
    stopped = false
  })
}

/* What this browser has kept and the server has not: it goes there, and is offered on this page. */
async function sendWhatIsLeft(key) {
  const left = Object.keys(localStorage).filter((name) => name.startsWith(shelf) && name !== shelf + key)
  const token = form.elements.csrfmiddlewaretoken.value
  let isOffered = false
  for (const name of left) {
    const { at, sent } = JSON.parse(localStorage.getItem(name))
    const fields = new URLSearchParams(sent)
    fields.set("csrfmiddlewaretoken", token)
    const isThere = Date.now() - at < OLD && (await send(name.slice(shelf.length), `${fields}`)) === "kept"
    isOffered ||= isThere
    if (Date.now() - at >= OLD) localStorage.removeItem(name)
  }
  if (isOffered) await showOffers()
}

async function showOffers() {
  const page = await (await fetch(location.href)).text()
  const fresh = new DOMParser().parseFromString(page, "text/html").querySelector(".autosaves")
  if (fresh) document.querySelector(".autosaves").replaceWith(fresh)
}

if (writer && state && !form.querySelector("[type=password]")) {
  // There it is seen wherever in the form somebody writes.
  form.querySelector(".submit-row")?.append(state)
  const key = form.elements.autosave.value
  start(key)
  sendWhatIsLeft(key)
}
