/* How long a body is: its words, and the minutes that somebody reads it, below it. */

import { crel } from "django-prose-editor/editor"

const PAUSE = 300

/* Count words as the language divides them: some write no spaces. */
function counter(language) {
  const segmenter = new Intl.Segmenter(language, { granularity: "word" })
  return (text) => [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike).length
}

/* Return the line that says it of the editor's text, now and after each change. */
export function length(editor, { language, words, wordsAMinute }) {
  const line = crel("p", { className: "body-editor__length" })
  const count = counter(language)
  const show = () => {
    const { doc } = editor.state
    const number = count(doc.textBetween(0, doc.content.size, " "))
    const minutes = Math.max(Math.min(number, 1), Math.round(number / wordsAMinute))
    line.textContent = words.length.replace("{words}", number).replace("{minutes}", minutes)
  }
  let timer
  editor.on("update", () => {
    clearTimeout(timer)
    timer = setTimeout(show, PAUSE)
  })
  show()
  return line
}
