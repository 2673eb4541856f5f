/* How the accent will look, beside its field, while it is typed; and how well it is read (WCAG 2.2).

   A preview names its input (data-accent-of), the colours that words stand on (data-grounds) and the least contrast.
   Without a colour of its own, that by night is the one by day, lighter by as little as that needs, as the server makes it. */

const channels = (colour) => [1, 3, 5].map((place) => parseInt(colour.slice(place, place + 2), 16))

const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)

function luminance(colour) {
  const [red, green, blue] = channels(colour).map((channel) => linear(channel / 255))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

export function contrast(one, other) {
  const [darker, lighter] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

const worst = (colour, grounds) => Math.min(...grounds.map((ground) => contrast(colour, ground)))

function lightened(colour, grounds, least) {
  for (let step = 0; step <= 50; step += 1) {
    const parts = channels(colour).map((channel) => Math.round(channel + ((255 - channel) * step) / 50))
    const lighter = `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`
    if (worst(lighter, grounds) >= least) return lighter
  }
  return "#ffffff"
}

const typed = (input) => {
  const value = input.value.trim().toLowerCase()
  return /^#[0-9a-f]{6}$/.test(value) ? value : ""
}

function show(box, own, byDay) {
  const grounds = box.dataset.grounds.split(" ")
  const least = Number(box.dataset.least)
  const isDerived = own !== byDay && !own.value.trim() && typed(byDay)
  const colour = isDerived ? lightened(typed(byDay), grounds, least) : typed(own)
  box.hidden = !colour
  if (!colour) return
  const measured = worst(colour, grounds)
  box.style.setProperty("--site-accent", colour)
  box.classList.toggle("accent-preview--unreadable", measured < least)
  box.querySelector(".accent-preview__contrast").textContent =
    `${colour} · ${(Math.floor(measured * 100) / 100).toFixed(2)} : 1`
}

const previews = [...document.querySelectorAll("[data-accent-of]")]
const inputs = previews.map((box) => document.getElementById(box.dataset.accentOf))

const showAll = () => previews.forEach((box, number) => show(box, inputs[number], inputs[0]))
inputs.forEach((input) => input.addEventListener("input", showAll))
showAll()
