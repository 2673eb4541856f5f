/* The keys of a body that the editor does not know by itself. */

import { use } from "newsroom/tools"

const nameOf = ({ ctrlKey, metaKey, altKey, shiftKey, key }) => {
  if (altKey && key === "F10") return "toolbar"
  if (!(ctrlKey || metaKey) || altKey) return ""
  return { k: shiftKey ? "" : "link", b: shiftKey ? "quote" : "" }[key.toLowerCase()] ?? ""
}

/* Return what the editor that `get` returns asks of a key: true where it is done. */
export const keys = (get, context) => (view, event) => {
  const name = nameOf(event)
  if (!name) return false
  if (name === "toolbar") view.dom.closest(".body-editor").querySelector(".body-toolbar [tabindex='0']").focus()
  else use(name, get(), context)
  return true
}
