/* Keep what is typed into a form: on the server, and in this browser until the server has it; admin-kept.js brings it there. */

const PAUSE = 2000
const AGAIN = 15_000
const SOON = 300
// Somebody who wants to save waits.
const WAITING = 3000
// What has no answer by then has none.
const LONG = 30_000

const form = document.querySelector("#content-main > form")
const state = document.querySelector(".autosave")
const writer = form?.elements.writer?.value.split(":")[0]
const shelf = `autosave ${writer} ${location.pathname} `

/* Everything that the form would send but files, which nothing keeps. */
function words() {
  const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string")
  return new URLSearchParams(fields).toString()
}

const heading = document.querySelector("#content h1")?.textContent.trim() ?? ""
const isNewThing = location.pathname.endsWith("/add/")

/* Return what a new thing is called by the fields of its form, each [name, value], in whatever language it has a name; or `other`. */
export function nameOf(fields, other) {
  const named = fields.find(([name, value]) => /^(title|name|headline)(_|$)/.test(name) && value.trim())
  return named?.[1].trim().slice(0, 200) ?? other
}

const titleOf = (sent) => (isNewThing ? nameOf([...new URLSearchParams(sent)], heading) : heading)

/* Return what is stored. A full or forbidden store keeps nothing; the server does. */
function keepHere(key, sent) {
  const value = JSON.stringify({ at: Date.now(), title: titleOf(sent), sent })
  try {
    localStorage.setItem(shelf + key, value)
  } catch {}
  return value
}

/* What was typed since stays. */
function forgetHere(key, value) {
  if (localStorage.getItem(shelf + key) === value) localStorage.removeItem(shelf + key)
}

/* Return what became of it: "kept", now or by a save meanwhile; "ended", where nobody or somebody else is signed in; "away"; or
   "refused", by a site that answers, and may save it all the same. */
async function send(sent, signal) {
  const query = new URLSearchParams({ path: location.pathname, title: titleOf(sent) })
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
    if (!answer.ok) return GATEWAY.includes(answer.status) ? "away" : "refused"
  } catch {
    return "away"
  }
  return "kept"
}

// What a server in front says of one that does not answer.
const GATEWAY = [502, 503, 504]

function tell(sentence) {
  // Said once: the same words again would be read aloud again.
  if (state.textContent !== sentence) state.textContent = sentence
}

/* Keep in this browser what is typed, a moment later or when the tab is closed, which may be killed behind another. */
function storeHere(key) {
  let soon
  let isNew = false

  function store() {
    clearTimeout(soon)
    soon = undefined
    if (isNew) keepHere(key, words())
    isNew = false
  }

  form.addEventListener("form:change", () => {
    isNew = true
    soon ??= setTimeout(store, SOON)
  })
  addEventListener("pagehide", store)
  addEventListener("visibilitychange", store)
  // Who logs out hands over what stands here by then.
  document.querySelector("#logout-form")?.addEventListener("submit", store)
  // In case that the server does not get it.
  form.addEventListener("submit", () => {
    isNew = true
    store()
  })
}

/* Hold what is saved while the site is known to be away, where the browser would show an error of its own; `again` asks the site soon. */
function holdSaves(again) {
  let isAway = false
  let pressed = null

  // Before what takes the form for sent.
  const hold = (event) => {
    if (!isAway) return
    event.preventDefault()
    event.stopImmediatePropagation()
    pressed = event
    tell(state.dataset.waiting)
    again()
  }
  form.addEventListener("submit", hold, { capture: true })

  return {
    isWaiting: () => pressed !== null,
    /* Take what became of the words; save at last where the site answers, and return whether that is so. */
    note(became) {
      isAway = became === "away"
      if (isAway || !pressed) return false
      const { submitter } = pressed
      pressed = null
      form.requestSubmit(submitter)
      return true
    },
  }
}

function say(became, isWaiting) {
  if (became === "kept") tell(state.dataset.kept)
  else if (isWaiting) tell(state.dataset.waiting)
  else tell(became === "ended" ? state.dataset.ended : state.dataset.away)
}

function start(key) {
  let timer, sending
  let isOnItsWay = false
  let stopped = false
  const saves = holdSaves(() => {
    clearTimeout(timer)
    timer = setTimeout(keep, SOON)
  })

  async function keep() {
    // One at a time: what was typed first could come last, and take the place of what was typed then.
    timer = isOnItsWay ? setTimeout(keep, SOON) : undefined
    if (isOnItsWay) return
    const sent = words()
    const value = keepHere(key, sent)
    sending = new AbortController()
    isOnItsWay = true
    const became = await send(sent, AbortSignal.any([sending.signal, AbortSignal.timeout(LONG)]))
    isOnItsWay = false
    if (became === "kept") forgetHere(key, value)
    if (stopped || saves.note(became)) return
    say(became, saves.isWaiting())
    if (became !== "kept") timer ??= setTimeout(keep, saves.isWaiting() ? WAITING : AGAIN)
  }

  form.addEventListener("form:change", () => {
    if (!stopped) timer ??= setTimeout(keep, PAUSE)
  })
  form.addEventListener("submit", () => {
    stopped = true
    clearTimeout(timer)
    sending?.abort()
  })
  // "Back" shows the page as it was left.
  addEventListener("pageshow", () => {
    stopped = false
  })
}

if (writer && state && !form.querySelector("[type=password]")) {
  // There it is seen wherever in the form somebody writes.
  form.querySelector(".submit-row")?.append(state)
  const key = form.elements.autosave.value
  start(key)
  storeHere(key)
}
