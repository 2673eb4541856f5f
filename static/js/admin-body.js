/* The editor of a story's body: a ProseMirror editor (tiptap) over each textarea with data-body.

   The textarea is what is sent. It is written only when the text has changed, so opening and saving
   a story leaves every byte of it as it was. */

import { Editor } from "django-prose-editor/editor"
import { clipboard } from "newsroom/clipboard"
import { keys } from "newsroom/keys"
import { length } from "newsroom/length"
import { menu } from "newsroom/menu"
import { extensions as nodes } from "newsroom/nodes"
import { extensions as texts, stored } from "newsroom/text"
import { listen } from "newsroom/sheet"
import { toolbar } from "newsroom/toolbar"

const known = JSON.parse(document.getElementById("body-references")?.textContent ?? "{}")

function surroundings(textarea) {
  const language = textarea.lang
  // Of many editors, each is told by an element around them.
  const told = textarea.closest("[data-words]").dataset
  return {
    language,
    marks: JSON.parse(textarea.dataset.quotationMarks),
    words: JSON.parse(told.words),
    languages: JSON.parse(told.languages),
    wordsAMinute: Number(told.wordsAMinute),
    hosts: JSON.parse(told.hosts),
    library: { images: told.images, articles: told.articles },
    images: known.images ?? {},
    articles: known.articles?.[language] ?? {},
  }
}

function attributesOf(textarea) {
  const label = textarea.labels[0]?.textContent.replace(/:\s*$/, "").trim()
  return {
    "aria-label": label ?? textarea.name,
    "aria-multiline": "true",
    role: "textbox",
    lang: textarea.lang,
    dir: textarea.dir || "auto",
    class: "body-editor__text",
    spellcheck: "true",
    ...described(textarea),
  }
}

/* Return what the page says of a body that is wrong, as attributes. */
function described(textarea) {
  const names = ["aria-invalid", "aria-describedby"].filter((name) => textarea.hasAttribute(name))
  return Object.fromEntries(names.map((name) => [name, textarea.getAttribute(name)]))
}

function start(textarea) {
  const context = surroundings(textarea)
  const box = document.createElement("div")
  box.className = "body-editor"
  textarea.before(box)
  textarea.hidden = true
  const copied = clipboard(() => editor, context)
  let written
  const editor = new Editor({
    element: box,
    // What tiptap would inject is an inline style; css/admin/article.css says the same.
    injectCSS: false,
    extensions: [...texts(), ...nodes(context)],
    content: textarea.value,
    editorProps: {
      attributes: attributesOf(textarea),
      ...copied.props,
      handleKeyDown: keys(() => editor, context),
      handleTextInput: menu(() => editor, context),
    },
    onUpdate() {
      const now = stored(editor.getHTML())
      // The editor may add a line to write in; that is no change of the text.
      if (now === written) return
      textarea.value = written = now
      textarea.dispatchEvent(new Event("input", { bubbles: true }))
    },
  })
  written = stored(editor.getHTML())
  // A first step, which nobody can undo: the line to write in is there before somebody looks for it.
  editor.view.dispatch(editor.state.tr.setMeta("addToHistory", false))
  box.prepend(toolbar(editor, context))
  box.append(copied.line, length(editor, context))
  textarea.labels[0]?.addEventListener("click", () => editor.view.focus())
  // For tests and for the curious: the editor of a textarea.
  textarea.editor = editor
  textarea.dispatchEvent(new CustomEvent("body:ready", { bubbles: true }))
}

const bodies = document.querySelectorAll("textarea[data-body]")
bodies.forEach(start)
if (bodies.length) listen(surroundings(bodies[0]))
