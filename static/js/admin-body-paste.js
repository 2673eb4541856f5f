/* What comes from another program, made HTML of the body: what words say comes in, how they look
   stays out. HTML in, HTML and a list of what happened out: nothing of the page is touched. */

import { isAddress, leadsNowhere, pageAddress } from "newsroom/addresses"

// The policy of our pages holds in a document that is only read, too: styles are read as words.
const STYLE = "data-style"
const LINES = "p, h1, h2, h3, h4, h5, h6, li, td, th, blockquote, pre, dt, dd, figcaption, caption"
const HEADINGS = "h1, h2, h3, h4, h5, h6"
const PICTURES = "picture, img, svg, canvas"
const FRAMES = "iframe, video, audio, object, embed"

/* Return the body of HTML from elsewhere, of which nothing is loaded, run or shown. */
export function read(html) {
  const named = html
    .replace(/<style\b[\s\S]*?<\/style\s*>/gi, "")
    .replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, ` ${STYLE}=`))
  return new DOMParser().parseFromString(named, "text/html").body
}

/* The styles of an element, name -> value, in small letters. */
function stylesOf(element) {
  const parts = (element.getAttribute(STYLE) ?? "").toLowerCase().split(";")
  return Object.fromEntries(parts.map((part) => part.split(/:(.*)/s).map((word) => word.trim())))
}

const all = (root, selector) => [...root.querySelectorAll(selector)]
const styled = (root, words) => all(root, `[${STYLE}*="${words}" i]`)
const wordsOf = (element) => element.textContent.replace(/\s+/g, " ").trim()
const unwrap = (element) => element.replaceWith(...element.childNodes)
const make = (near, tag, attributes = {}) => {
  const element = near.ownerDocument.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  return element
}

const nest = (outer, children) => {
  outer.append(...children)
  return outer
}

/* Take elements out, and tell of those that have words. */
function leaveOut(elements, kind, tell) {
  for (const element of elements) {
    if (wordsOf(element)) tell(kind, wordsOf(element))
    element.remove()
  }
}

// --- What is no part of the text ---

const isHidden = (element) => {
  const { display, visibility, "mso-hide": hide } = stylesOf(element)
  return element.hidden || display === "none" || ["hidden", "collapse"].includes(visibility) || hide === "all"
}

function dropUnseen(root, tell) {
  all(root, "script, style, template, noscript, title, meta, link, input, select, button").forEach((element) =>
    element.remove(),
  )
  leaveOut([...styled(root, "mso-element:comment-list"), ...all(root, ".msocomanchor")], "comments", tell)
  styled(root, "mso-special-character:comment").forEach((element) => element.remove())
  leaveOut(all(root, `[hidden], [${STYLE}]`).filter(isHidden), "hidden", tell)
}

function dropDeleted(root, tell) {
  const struck = styled(root, "line-through").filter((element) => !element.matches("ins"))
  leaveOut([...all(root, "del, s, strike, .msoDel"), ...struck], "deleted", tell)
}

// --- Footnotes: their sign in brackets, their words at the end, where programs put them ---

const NOTE = /^_?(?:ftn|edn|sdfootnote|sdendnote|ftnt)_?(ref)?(\d+)(anc|sym)?$/i

function writeFootnotes(root, tell) {
  for (const link of all(root, "a[href*='#']")) {
    const note = NOTE.exec(link.getAttribute("href").split("#").at(-1))
    if (!note) continue
    const sign = wordsOf(link).replace(/^\[|\]$/g, "") || note[2]
    const leadsBack = note[1] || note[3] === "anc"
    const place = link.closest("sup") ?? link
    if (!leadsBack) tell("footnotes", "")
    place.replaceWith(leadsBack ? `[${sign}] ` : `[${sign}]`)
  }
}

// --- Lists of Word: paragraphs with a sign before them and a level in their style ---

const LIST = /(l\d+)\s+level(\d+)\s+(lfo\d+)/
const ORDERED = /^\(?(?:\d+|[a-z]{1,5})[.)]/i

/* Return what a paragraph says of its place in a list: {name, level, tag}; its sign is taken away. */
function placeInList(line) {
  const list = LIST.exec(stylesOf(line)["mso-list"] ?? "")
  if (!list) return null
  const signs = styled(line, "mso-list:ignore")
  const tag = ORDERED.test(signs.map(wordsOf).join("")) ? "ol" : "ul"
  signs.forEach((sign) => sign.remove())
  return { name: list[1] + list[3], level: Number(list[2]), tag }
}

const goesOn = (open, line, { name, level }) =>
  open.length && line.previousElementSibling === open[0].list && (level > 1 || open[0].name === name)

/* Close the lists that a place is no part of; return the one that it is in, made if there is none. */
function listOf(open, place, line) {
  while (open.length && open.at(-1).level > place.level) open.pop()
  const last = open.at(-1)
  if (last?.level === place.level && last.tag === place.tag) return last.list
  if (last?.level === place.level) open.pop()
  const list = make(line, place.tag)
  const item = open.at(-1)?.list.lastElementChild
  if (item) item.append(list)
  else line.before(list)
  open.push({ ...place, list })
  return list
}

function rebuildLists(root) {
  const open = []
  for (const line of all(root, `p[${STYLE}*="mso-list" i]`)) {
    const place = placeInList(line)
    if (!place) continue
    if (!goesOn(open, line, place)) open.length = 0
    listOf(open, place, line).append(nest(make(root, "li"), line.childNodes))
    line.remove()
  }
}

// --- What marks words: asked of each word, since the element around may say otherwise ---

const heavy = (weight) => (/^\d/.test(weight) ? Number(weight) >= 600 : weight.startsWith("bold"))
const RAISED = { super: "sup", sub: "sub" }

/* What an element says of the words in it: undefined for nothing, which leaves it to those around. */
const SAYS = [
  ({ tagName }, { "font-weight": weight }) => {
    if (weight) return heavy(weight) ? "strong" : ""
    return /^(B|STRONG)$/.test(tagName) ? "strong" : undefined
  },
  ({ tagName }, { "font-style": slope }) => {
    if (slope) return /italic|oblique/.test(slope) ? "em" : ""
    return /^(I|EM)$/.test(tagName) ? "em" : undefined
  },
  ({ tagName }, { "vertical-align": place }) =>
    RAISED[place] ?? (/^(SUP|SUB)$/.test(tagName) ? tagName.toLowerCase() : undefined),
]

function marksOf(text, root) {
  const answers = SAYS.map(() => undefined)
  for (let at = text.parentElement; at !== root; at = at.parentElement) {
    if (at.matches(HEADINGS)) answers[0] = ""
    const styles = stylesOf(at)
    SAYS.forEach((says, number) => {
      answers[number] ??= says(at, styles)
    })
  }
  return answers.filter(Boolean)
}

function textsIn(root) {
  const walker = root.ownerDocument.createTreeWalker(root, 4)
  const texts = []
  while (walker.nextNode()) texts.push(walker.currentNode)
  return texts
}

function markWords(root) {
  const marked = textsIn(root).map((text) => [text, text.data.trim() ? marksOf(text, root) : []])
  for (const element of all(root, "b, strong, i, em, sup, sub, u, font, small, big, span, ins, mark")) {
    const lang = element.getAttribute("lang")
    if (lang) element.replaceWith(nest(make(root, "span", { lang }), element.childNodes))
    else unwrap(element)
  }
  for (const [text, names] of marked) {
    for (const name of names) {
      const mark = make(root, name)
      text.replaceWith(mark)
      mark.append(text)
    }
  }
}

// --- What stands for itself ---

const captionOf = (element) => {
  const figure = element.closest("figure")
  return figure && !figure.querySelector("table, blockquote, p, li") ? figure : element
}

function dropPictures(root, tell) {
  for (const picture of all(root, PICTURES)) {
    if (!root.contains(picture)) continue
    const { width, height, alt, title } = picture.querySelector("img") ?? picture
    const place = captionOf(picture)
    const said = [alt, title, place === picture ? "" : wordsOf(place)].find(Boolean) ?? ""
    // Pictures of one point count visits.
    if (width !== 1 && height !== 1) tell("picture", said)
    place.remove()
  }
}

const sourceOf = (frame) =>
  [frame, ...all(frame, "source, embed")]
    .flatMap((element) => ["src", "data-src", "data"].map((name) => element.getAttribute(name)))
    .find(Boolean) ?? ""

function embedOf(frame) {
  const address = pageAddress(sourceOf(frame))
  const title = (frame.getAttribute("title") ?? "").trim().slice(0, 200)
  return address && make(frame, "div", { "data-embed": address, ...(title ? { "data-title": title } : {}) })
}

function keepFrames(root, tell) {
  for (const frame of all(root, FRAMES)) {
    // A frame that nobody sees counts visits.
    if (["0", "1"].includes(frame.getAttribute("width"))) frame.remove()
    if (!root.contains(frame)) continue
    const embed = embedOf(frame)
    if (!embed) tell("embed", wordsOf(frame))
    frame.replaceWith(embed)
  }
}

// --- Links, headings, and the lines themselves ---

function mendLinks(root, tell) {
  for (const link of all(root, "a")) {
    const given = link.getAttribute("href") ?? ""
    const passedOn = /^https?:\/\/www\.google\.[a-z.]+\/url\?(.*)/.exec(given)
    const address = (passedOn && new URLSearchParams(passedOn[1]).get("q")) || given.trim()
    if (isAddress(address) && !leadsNowhere(address)) link.setAttribute("href", address)
    else {
      if (given && wordsOf(link)) tell("link", wordsOf(link))
      unwrap(link)
    }
  }
}

/* Of an editor like ours, links stay as they are, if they lead anywhere. */
function dropLostLinks(root, tell) {
  for (const link of all(root, "a[href]")) {
    if (!leadsNowhere(link.getAttribute("href"))) continue
    if (wordsOf(link)) tell("link", wordsOf(link))
    unwrap(link)
  }
}

/* As cleaning does: the highest level becomes h2, those below it h3. */
function levelHeadings(root, tell) {
  const headings = all(root, HEADINGS)
  const levels = [...new Set(headings.map(({ tagName }) => tagName))].toSorted()
  if (levels.every((level) => level === "H2" || level === "H3")) return
  for (const heading of headings) {
    if (levels.indexOf(heading.tagName) > 1) tell("headings", wordsOf(heading))
    heading.replaceWith(nest(make(root, heading.tagName === levels[0] ? "h2" : "h3"), heading.childNodes))
  }
}

function breakLines(root) {
  for (const text of textsIn(root)) {
    if (!text.parentElement.closest("pre") || !text.data.includes("\n")) continue
    text.replaceWith(...text.data.split("\n").flatMap((line, number) => (number ? [make(root, "br"), line] : [line])))
  }
}

function quoteWords(root, _tell, marks) {
  // From inside out, so that each still knows how deep it stands.
  for (const quote of all(root, "q").toReversed()) {
    const [opening, closing] = marks[quote.parentElement.closest("q") ? 1 : 0]
    quote.replaceWith(opening, ...quote.childNodes, closing)
  }
}

const isBlank = (element) => !wordsOf(element) && !element.querySelector("[data-embed], table, ul, ol")

function dropRules(root, tell) {
  for (const rule of all(root, "hr")) {
    // Word parts its footnotes by one.
    if (!rule.closest(`[${STYLE}*="mso-element:" i]`)) tell("rule", "")
    rule.remove()
  }
}

function tidyLines(root) {
  // Between two blocks a break is an empty line.
  all(root, "br").forEach((br) => br.parentElement.closest(LINES) || textBeside(br) || br.remove())
  all(root, "p, h2, h3, li, blockquote")
    .toReversed()
    .filter(isBlank)
    .forEach((line) => line.remove())
  for (const holder of all(root, "li, td, th")) {
    const lines = all(holder, "p").filter((line) => line.parentElement === holder)
    if (lines.length === 1) unwrap(lines[0])
  }
}

const textBeside = ({ previousSibling: before, nextSibling: after }) =>
  [before, after].some(
    (node) => node && (node.nodeType === 3 ? node.data.trim() : node.matches?.("a, span, strong, em")),
  )

function dropLanguage(root, language) {
  for (const span of all(root, "span[lang]")) {
    if (span.lang.toLowerCase().split("-")[0] === language) unwrap(span)
  }
}

const STEPS = [
  dropUnseen,
  dropDeleted,
  writeFootnotes,
  rebuildLists,
  dropPictures,
  keepFrames,
  quoteWords,
  breakLines,
  markWords,
  mendLinks,
  levelHeadings,
  dropRules,
  tidyLines,
]

/* Return {html, notes} of what a clipboard holds for a text in `language`, whose quotations stand
   between `marks`: two pairs, the second for one inside another. Notes are [kind, list of
   words], one word or "" for each thing that was left out or changed. */
export function pasted(html, language, marks) {
  const root = read(html)
  const notes = new Map()
  const tell = (kind, words) => notes.set(kind, [...(notes.get(kind) ?? []), words])
  // What an editor like this one wrote is in its words already.
  if (root.querySelector("[data-pm-slice]")) dropLostLinks(root, tell)
  else {
    for (const step of STEPS) step(root, tell, marks)
    dropLanguage(root, language)
  }
  all(root, `[${STYLE}]`).forEach((element) => element.removeAttribute(STYLE))
  return { html: root.innerHTML, notes: [...notes] }
}
