/* The sheet of shortcuts, which "?" opens wherever no text is written, and a button over each body. */

import { crel } from "django-prose-editor/editor"
import { ask } from "newsroom/picker"
import { TOOLS } from "newsroom/tools"

const isApple = /Mac|iPhone|iPad/.test(navigator.platform)

const keysOf = (keys, { keyControl: control }) => keys.replace("Mod", isApple ? "⌘" : control).split(/(?<=.)\+/)

function row(label, keys, words) {
  const signs = keysOf(keys, words).flatMap((key, number) => [
    ...(number ? ["+"] : []),
    crel("kbd", { textContent: key }),
  ])
  return crel("div", { className: "sheet__row" }, [
    crel("dt", { textContent: label }),
    crel("dd", { dir: "ltr" }, signs),
  ])
}

export function showSheet({ words }) {
  const tools = Object.entries(TOOLS).filter(([, { keys }]) => keys)
  const rows = [
    [words.menu, "/"],
    ...tools.map(([name, { keys }]) => [words[name], keys]),
    [words.toolbar, "Alt+F10"],
    [words.sheet, "?"],
  ]
  const list = crel(
    "dl",
    { className: "sheet" },
    rows.map(([label, keys]) => row(label, keys, words)),
  )
  return ask(words.sheet, { cancel: words.close }, (dialog) => dialog.append(list))
}

const writes = (target) => target.isContentEditable || target.matches?.("input, textarea, select")

/* Open the sheet on "?", once for all bodies of a page. */
export function listen(context) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "?" || writes(event.target) || document.querySelector("dialog[open]")) return
    event.preventDefault()
    showSheet(context)
  })
}
