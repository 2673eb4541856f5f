/* Offer at once what this browser holds of words that were typed into the form of this page and not saved. This is no module: it runs
   where it stands, so that its offers are there when the page is first seen, and nothing moves. admin-kept.js makes them work. */

{
  const DAY = 24 * 3600 * 1000
  const place = document.querySelector(".autosaves")
  const { writer, open, address, told, bring, drop, zone } = place.dataset
  const beginning = `autosave ${writer} ${location.pathname} `
  const saved = document.cookie.match(/(?:^|; )saved_forms=([0-9a-f.]+)/)?.[1].split(".") ?? []

  /* Return what is held and not saved, [name, when], the latest first. */
  const held = () =>
    Object.keys(localStorage)
      .filter((name) => name.startsWith(beginning) && ![open, ...saved].includes(name.slice(beginning.length)))
      .map((name) => [name, JSON.parse(localStorage.getItem(name)).at])
      .filter(([, at]) => Date.now() - at < 30 * DAY)
      .toSorted(([, one], [, other]) => other - one)

  const make = (tag, properties) => Object.assign(document.createElement(tag), properties)

  const moment = (at) => {
    const { lang } = document.documentElement
    const how = { dateStyle: "long", timeStyle: "short", timeZone: zone, hourCycle: "h23" }
    return new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, how).format(at)
  }

  const offer = ([name, at]) => {
    const action = address.replace("KEY", name.slice(beginning.length))
    // The server's is older.
    place.querySelector(`form[action="${CSS.escape(action)}"]`)?.remove()
    const form = make("form", { className: "autosaves__one", method: "post", action })
    form.dataset.held = name
    const sentence = make("p", { textContent: told.replace("MOMENT", () => moment(at)) })
    const again = make("button", { className: "button", name: "bring", textContent: bring })
    const away = make("button", { className: "button button--quiet", name: "drop", textContent: drop })
    form.append(sentence, again, away)
    // Until admin-kept.js is there, the server may not have the words.
    form.addEventListener("submit", (event) => event.preventDefault())
    return form
  }

  try {
    place.prepend(...held().map(offer))
  } catch {
    // A store that is forbidden, or holds nothing of ours.
  }
}
