"""Where the words of a page stand in each other's way, as it stands in the browser: on each other, cut off, or squeezed."""

CROWDED = """root => {
  const found = new Set(), range = document.createRange(), known = new Map()
  const once = (name, make) => element => {
    const its = known.get(element) ?? known.set(element, {}).get(element)
    return its[name] ??= make(element)
  }
  const style = once("style", element => getComputedStyle(element)), box = once("box", element => element.getBoundingClientRect())
  const above = element => element.parentElement
  const isHidden = once("hidden", element => {
    const its = style(element)
    // For those who hear the page; or it floats over the page, where others lie under it in turn.
    if (its.position == "absolute" && (its.clip != "auto" || its.clipPath != "none")) return true
    if (its.position == "fixed" || its.position == "sticky" || element.matches("option, dialog, :popover-open")) return true
    return above(element) ? isHidden(above(element)) : false
  })
  const isSeen = once("seen", element =>
    element.checkVisibility({visibilityProperty: true, opacityProperty: true}) && !isHidden(element)
    && Math.abs(parseFloat(style(element).textIndent)) < 100) // Beyond is the name of an icon.
  const frames = once("frames", element => {
    if (element == document.body || element == document.documentElement) return []
    const outer = style(element).position == "absolute" ? frames(element.offsetParent ?? document.body) : frames(above(element))
    return style(element).overflowX == "visible" && style(element).overflowY == "visible" ? outer : [element, ...outer]
  })
  const within = (at, element) => ({
    left: Math.max(at.left, box(element).left), top: Math.max(at.top, box(element).top),
    right: Math.min(at.right, box(element).right), bottom: Math.min(at.bottom, box(element).bottom),
  })
  const scrolls = element => /auto|scroll/.test(style(element).overflowX + style(element).overflowY)
  const cutter = (at, element) => frames(element).find((frame, place, all) => {
    if (all.slice(0, place + 1).some(scrolls) || style(frame).textOverflow == "ellipsis") return false
    const left = within(at, frame)
    return left.right - left.left < at.right - at.left - 2 || left.bottom - left.top < 0.65 * (at.bottom - at.top)
  })
  const place = element => element.closest("[data-case]")?.dataset.case ?? ""
  const name = element => `${place(element)} <${element.localName} class="${element.className}">`
  // A sign of Chinese is as wide as two letters.
  const letters = words => [...words].reduce((sum, letter) => sum + (letter > "\u2e80" ? 2 : 1), 0)
  const lines = [], walker = document.createTreeWalker(document.querySelector(root ?? "body"), NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
  const isPlace = node => node.matches?.("input:not([type=hidden]), select, textarea") && isSeen(node)
  for (let node; (node = walker.nextNode());) {
    const isText = node.nodeType == 3, element = isText ? above(node) : node
    if (isText ? !node.data.trim() || !isSeen(element) : !isPlace(node)) continue
    if (isText) range.selectNodeContents(node)
    const words = isText ? node.data.trim() : "", boxes = isText ? [...range.getClientRects()] : [box(node)]
    // Letters of several alphabets in one line begin at several heights.
    const rows = boxes.filter((at, place) => !place || at.top > boxes[place - 1].bottom - 3).length
    if (rows > 5 && letters(words) / rows < 4) found.add(`squeezed: ${name(element)} ${words.slice(0, 30)}`)
    for (const at of boxes) {
      if (at.right - at.left < 3 || at.bottom - at.top < 3) continue
      const shown = frames(element).reduce(within, at)
      if (cutter(at, element)) found.add(`cut off: ${name(element)} ${words.slice(0, 30)}`)
      if (shown.right - shown.left <= 2 || shown.bottom - shown.top <= 2) continue
      if (shown.left < -2 || shown.right > innerWidth + 2) found.add(`outside of the page: ${name(element)} ${words.slice(0, 30)}`)
      lines.push({...shown, element, words})
    }
  }
  lines.sort((one, other) => one.top - other.top)
  lines.forEach((one, place) => {
    for (let next = place + 1; next < lines.length && lines[next].top < one.bottom; next++) {
      const other = lines[next], height = Math.min(one.bottom, other.bottom) - other.top
      if (Math.min(one.right, other.right) - Math.max(one.left, other.left) <= 3) continue
      if (height <= 0.35 * Math.min(one.bottom - one.top, other.bottom - other.top)) continue
      if (one.element.contains(other.element) || other.element.contains(one.element)) continue
      found.add(`covered: ${name(one.element)} ${one.words.slice(0, 30)} × ${name(other.element)} ${other.words.slice(0, 30)}`)
    }
  })
  return [...found]
}"""
