/* The menu that "/" opens on an empty line: letters look for a tool, the arrows choose, Enter takes it. */

import { crel } from "django-prose-editor/editor"
import { chain } from "newsroom/commands"
import { icon } from "newsroom/icons"
import { TOOLS, isOffered, use } from "newsroom/tools"

const OFFERED = ["heading", "subheading", "bullets", "numbers", "quote", "pull", "figure", "card", "embed", "table"]

const isEmptyLine = ({ $from, empty }) => empty && $from.parent.type.name === "paragraph" && !$from.parent.content.size

function drawItem(name, { words }) {
  const sign =
    icon(name) ?? crel("span", { className: "body-menu__sign", ariaHidden: "true", textContent: TOOLS[name].sign })
  const item = crel("button", { type: "button", className: "body-menu__item" }, [
    sign,
    crel("span", { textContent: words[name] }),
  ])
  item.setAttribute("role", "menuitem")
  item.tabIndex = -1
  item.dataset.tool = name
  return item
}

/* Below the cursor, at the side where lines begin. */
function place(menu, editor) {
  const box = editor.view.dom.parentElement.getBoundingClientRect()
  const { bottom, left, right } = editor.view.coordsAtPos(editor.state.selection.from)
  const isMirrored = getComputedStyle(editor.view.dom).direction === "rtl"
  menu.dir = isMirrored ? "rtl" : "ltr"
  menu.style.top = `${bottom - box.top + 4}px`
  menu.style[isMirrored ? "right" : "left"] = `${Math.max(isMirrored ? box.right - right : left - box.left, 0)}px`
}

/* What keys do in the menu; `close(words)` ends it, with words to write in the line. */
function keysOf(menu, close) {
  let typed = ""
  const items = () => [...menu.children].filter((item) => !item.hidden)
  const go = (number) =>
    items()
      .at(number % items().length)
      ?.focus()
  const look = (words) => {
    const matching = [...menu.children].filter((item) => item.textContent.toLowerCase().includes(words.toLowerCase()))
    if (!matching.length) return close(`/${words}`)
    typed = words
    // Shown and focused first: a focus that is hidden is lost, and closes the menu.
    matching[0].hidden = false
    matching[0].focus()
    for (const item of menu.children) item.hidden = !matching.includes(item)
    return true
  }
  const at = () => items().indexOf(document.activeElement)
  const keys = {
    ArrowDown: () => go(at() + 1),
    ArrowUp: () => go(at() - 1),
    Home: () => go(0),
    End: () => go(-1),
    Escape: () => close("/"),
    Tab: () => close(""),
    Backspace: () => (typed ? look(typed.slice(0, -1)) : close("")),
  }
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const does = keys[event.key] ?? (event.key.length === 1 && event.key !== " " ? () => look(typed + event.key) : null)
    if (!does) return
    event.preventDefault()
    event.stopPropagation()
    does()
  }
}

function open(editor, context) {
  const names = OFFERED.filter((name) => isOffered(name, context))
  const menu = crel(
    "div",
    { className: "body-menu" },
    names.map((name) => drawItem(name, context)),
  )
  menu.setAttribute("role", "menu")
  menu.setAttribute("aria-label", context.words.menu)
  let isOpen = true
  const remove = () => {
    // Taking it away takes its focus, which would take it away.
    if (isOpen) {
      isOpen = false
      menu.remove()
    }
  }
  const close = (words) => {
    remove()
    const steps = chain(editor)
    if (words) steps.insertContent(words).run()
  }
  menu.addEventListener("keydown", keysOf(menu, close))
  menu.addEventListener("focusout", ({ relatedTarget }) => menu.contains(relatedTarget) || remove())
  menu.addEventListener("click", ({ target }) => {
    const name = target.closest("button")?.dataset.tool
    if (!name) return
    close("")
    use(name, editor, context)
  })
  editor.view.dom.parentElement.append(menu)
  place(menu, editor)
  menu.firstElementChild.focus({ preventScroll: true })
  menu.scrollIntoView({ block: "nearest" })
}

/* Return what the editor that `get` returns asks of typed words: true where the menu takes them. */
export const menu = (get, context) => (_view, _from, _to, text) => {
  if (text !== "/" || !isEmptyLine(get().state.selection)) return false
  open(get(), context)
  return true
}
