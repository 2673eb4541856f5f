/* Choose the focal point by clicking the picture; the two number fields stay the truth. */

const box = document.querySelector("[data-focal-point]")
const [x, y] = ["focal_x", "focal_y"].map((name) => document.querySelector(`input[name=${name}]`))
const file = document.querySelector("input[type=file][name=file]")
const marker = Object.assign(document.createElement("span"), { className: "focal-point__marker" })
marker.setAttribute("aria-hidden", "true")

const fraction = (value) => Math.min(1, Math.max(0, value))

/* Return where a click falls in a frame, as fractions of its width and height. */
export function pointIn({ left, top, width, height }, { clientX, clientY }) {
  const written = (value) => fraction(value).toFixed(3)
  return { x: written((clientX - left) / width), y: written((clientY - top) / height) }
}

function place() {
  if (!x || !y) return
  marker.style.left = `${fraction(Number(x.value)) * 100}%`
  marker.style.top = `${fraction(Number(y.value)) * 100}%`
}

function choose(event) {
  const point = pointIn(box.querySelector("img").getBoundingClientRect(), event)
  x.value = point.x
  y.value = point.y
  x.dispatchEvent(new Event("input", { bubbles: true }))
  place()
}

function prepare() {
  const picture = box.querySelector("img")
  if (!picture || !x || !y) return
  picture.addEventListener("click", choose)
  box.append(marker)
  place()
}

// As data and not as a blob: the security policy of the site knows no other pictures.
function preview() {
  if (!file.files[0]) return
  const reader = new FileReader()
  reader.addEventListener("load", () => {
    box.replaceChildren(Object.assign(document.createElement("img"), { src: reader.result, alt: "" }))
    prepare()
  })
  reader.readAsDataURL(file.files[0])
}

if (box) {
  prepare()
  x?.addEventListener("input", place)
  y?.addEventListener("input", place)
  file?.addEventListener("change", preview)
}
