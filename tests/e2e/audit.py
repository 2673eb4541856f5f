"""What an audit would name of a page as it stands in the browser: its order, its names, its widths and its colours."""

from tests.e2e.crowding import CROWDED

FAULTS = """() => {
  const found = new Set(), say = (fault, element) =>
    found.add(`${fault}: <${element.localName} class="${element.className}"> ${element.textContent.trim().slice(0, 40)}`)
  const all = selector => document.querySelectorAll(selector)
  if (document.documentElement.scrollWidth > innerWidth) found.add(`scrolls sideways: ${document.documentElement.scrollWidth}`)
  if (all("h1").length != 1) found.add(`${all("h1").length} h1`)
  let level = 1
  for (const heading of all("main h1, main h2, main h3, main h4")) {
    const its = Number(heading.localName[1])
    if (its > level + 1) say(`h${its} after h${level}`, heading)
    level = its
  }
  const ids = new Set()
  for (const element of all("[id]")) {
    if (ids.has(element.id)) say(`id ${element.id} again`, element)
    ids.add(element.id)
  }
  for (const element of all("[aria-labelledby], [aria-describedby], label[for]"))
    for (const id of [element.getAttribute("aria-labelledby"), element.getAttribute("aria-describedby"), element.htmlFor])
      for (const one of (id || "").split(" ").filter(Boolean))
        if (!ids.has(one)) say(`nothing has the id ${one}`, element)
  for (const image of all("img:not([alt])")) say("no alt", image)
  for (const element of all("a[href], button, summary, input:not([type=hidden]), textarea, select")) {
    const pictured = [...element.querySelectorAll("img")].map(image => image.alt).join("")
    const isPressed = element.matches("[type=submit], [type=reset], [type=button]")
    const label = element.labels?.[0], its = label?.textContent || label?.querySelector("[aria-label]")?.ariaLabel
    const labelled = its || element.ariaLabel || element.title || (isPressed && element.value)
    if (!(element.textContent.trim() || pictured || labelled || element.getAttribute("aria-labelledby"))) say("no name", element)
  }
  for (const element of all("[tabindex]")) if (element.tabIndex > 0) say("tabindex", element)
  for (const list of all("ul, ol")) for (const child of list.children) if (child.localName != "li") say("not in li", child)
  for (const element of all("span, a, b, bdi, kbd, time, strong, em")) {
    const lines = new Map()
    for (const {top, left, right, width} of element.children.length ? [] : element.getClientRects()) {
      const line = lines.get(top) ?? {from: left, to: right, filled: 0}
      lines.set(top, {from: Math.min(line.from, left), to: Math.max(line.to, right), filled: line.filled + width})
    }
    for (const {from, to, filled} of lines.values()) if (to - from > filled + 2) say("torn apart in its line", element)
  }
  const kept = parseFloat(getComputedStyle(document.documentElement).scrollPaddingBlockEnd) || 0
  for (const bar of all(".submit-row")) {
    const {position, bottom} = getComputedStyle(bar), stays = position == "sticky" && parseFloat(bottom) >= 0
    if (stays && bar.offsetHeight > kept) say(`lies over what is written, ${bar.offsetHeight} px`, bar)
  }
  return [...found]
}"""

REACHED = """() => {
  const found = new Set(), least = 24 // Pixels for a finger (WCAG 2.5.8).
  const say = (fault, element) =>
    found.add(`${fault}: <${element.localName} class="${element.className}"> ${element.textContent.trim().slice(0, 40)}`)
  const PRESSED = "a[href], button, summary, input:not([type=hidden]), select, textarea"
  const isSeen = element => element.checkVisibility({visibilityProperty: true, opacityProperty: true})
    && element.offsetWidth > 1 && element.offsetHeight > 1
  const block = element => getComputedStyle(element).display.startsWith("inline") ? block(element.parentElement) : element
  const words = element => [...element.childNodes].reduce((sum, node) =>
    sum + (node.nodeType == 3 ? node.data.trim().length : node.nodeType != 1 || node.matches(PRESSED) ? 0 : words(node)), 0)
  const isInText = element => getComputedStyle(element).display == "inline" && words(block(element)) > 1
  const pressed = [...document.querySelectorAll(PRESSED)].filter(isSeen), targets = []
  for (const element of pressed) {
    const {left, top, width, height} = element.getBoundingClientRect()
    const isSmall = (width < least || height < least) && !isInText(element)
    targets.push({element, isSmall, left, top, right: left + width, bottom: top + height, x: left + width / 2, y: top + height / 2})
  }
  for (const one of targets.filter(target => target.isSmall)) for (const other of targets) {
    if (one == other || one.element.contains(other.element) || other.element.contains(one.element)) continue
    const across = Math.max(other.left - one.x, 0, one.x - other.right), along = Math.max(other.top - one.y, 0, one.y - other.bottom)
    const between = Math.hypot(one.x - other.x, one.y - other.y)
    const isNear = Math.hypot(across, along) < least / 2 - 1 || (other.isSmall && between < least - 1)
    if (isNear) say(`too small beside “${other.element.textContent.trim().slice(0, 20)}”`, one.element)
  }
  for (const element of pressed.filter(one => one.localName == "a" && isInText(one))) {
    const {textDecorationLine, fontWeight, borderBottomWidth} = getComputedStyle(element), around = getComputedStyle(element.parentElement)
    if (textDecorationLine == "none" && fontWeight == around.fontWeight && borderBottomWidth == "0px" && element.textContent.trim())
      say("a link that looks like the words around it", element)
  }
  for (const element of document.querySelectorAll("body *")) {
    const isLonger = element.scrollWidth > element.clientWidth + 2 || element.scrollHeight > element.clientHeight + 2
    if (!isLonger || !element.clientWidth || element.matches("textarea, select, [tabindex]") || !isSeen(element)) continue
    const {overflowX, overflowY} = getComputedStyle(element)
    const scrolls = (way, whole, part) => /auto|scroll/.test(way) && whole > part + 2
    const isScrolled = scrolls(overflowX, element.scrollWidth, element.clientWidth) || scrolls(overflowY, element.scrollHeight, element.clientHeight)
    if (isScrolled && !element.querySelector(`${PRESSED}, [tabindex="0"], [contenteditable]`)) say("no key scrolls it", element)
  }
  return [...found]
}"""

PALE = """() => {
  for (const animation of document.getAnimations()) animation.finish()
  const found = new Set(), channel = value => value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true})
  const known = new Map(), draw = color => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1)
    return [...canvas.getImageData(0, 0, 1, 1).data]
  }
  // A pixel takes long to read, and a page has few colours.
  const read = color => known.get(color) ?? known.set(color, draw(color)).get(color)
  const light = ([r, g, b]) => 0.2126 * channel(r / 255) + 0.7152 * channel(g / 255) + 0.0722 * channel(b / 255)
  const behind = element => {
    for (; element; element = element.parentElement) {
      const color = read(getComputedStyle(element).backgroundColor)
      if (color[3] > 250) return color
    }
    return read(matchMedia("(prefers-color-scheme: dark)").matches ? "black" : "white")
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node; (node = walker.nextNode());) {
    const element = node.parentElement
    if (!node.data.trim() || !element.checkVisibility({visibilityProperty: true})) continue
    const style = getComputedStyle(element), size = parseFloat(style.fontSize)
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700)
    const [one, other] = [light(read(style.color)), light(behind(element))].sort((a, b) => b - a)
    const ratio = (one + 0.05) / (other + 0.05)
    if (ratio < (large ? 3 : 4.5)) found.add(`${ratio.toFixed(2)}: ${element.className || element.localName} ${node.data.trim().slice(0, 30)}`)
  }
  return [...found]
}"""


LARGE = 200
"""The size of letters, in percent, up to which a page stays whole (WCAG 1.4.4)."""

SIZE = "size => { document.documentElement.style.fontSize = size }"

CLIP = "path => { document.documentElement.style.clipPath = path }"
NOTHING = "inset(100%)"
"""What is painted meanwhile: places and computed colours are looked at, and to paint takes a third of the browser's time."""

STANDS = f"[...({FAULTS})(), ...({CROWDED})()]"
OF_READERS = f"[...({STANDS}), ...({REACHED})()]"
"""What is looked at on pages of readers; much of the admin's pages is Django's, whose lists have small boxes and plain links."""


SCHEMES = ("light", "dark")


def faults(page, *, widths, large=(), schemes=SCHEMES, looks=STANDS):
    """Return what is wrong with a page, at each width in pixels and in light and dark, as sentences; in the last it stays.

    At the widths of `large` the letters are twice as large.
    """
    page.evaluate(CLIP, NOTHING)
    wrong = [f"{width} px: {fault}" for width in widths for fault in _at(page, width, looks)]
    page.evaluate(SIZE, f"{LARGE}%")
    wrong += [
        f"{width} px, {LARGE} %: {fault}" for width in large for fault in _at(page, width, looks)
    ]
    page.evaluate(SIZE, "")
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        wrong += [f"{scheme}: {fault}" for fault in page.evaluate(PALE)]
    page.evaluate(CLIP, "")
    return wrong


def _at(page, width, looks):
    page.set_viewport_size({"width": width, "height": 900})
    return page.evaluate(looks)
