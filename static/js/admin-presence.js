/* Say every half a minute that this form is open, and show who else has it open. */

const BEAT = 30_000

const place = document.querySelector(".presence")
const token = document.querySelector("#content-main > form").elements.csrfmiddlewaretoken.value
const address = `${place.dataset.address}?${new URLSearchParams({ path: location.pathname })}`

function fields(more = {}) {
  return new URLSearchParams({ csrfmiddlewaretoken: token, ...more })
}

async function beat() {
  try {
    const answer = await fetch(address, { method: "POST", body: fields(), redirect: "manual" })
    const others = answer.ok ? await answer.text() : ""
    if (place.textContent !== others) place.textContent = others
  } catch {
    // Without the server nobody can say who is there.
    place.textContent = ""
  }
}

beat()
setInterval(beat, BEAT)
addEventListener("pagehide", () => navigator.sendBeacon(address, fields({ leave: "1" })))
addEventListener("pageshow", ({ persisted }) => persisted && beat())
