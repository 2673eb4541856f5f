/* Keys for the queue of pairs: each button has its letter.

   They work only while the focus is in the queue, where it begins. Without this script the buttons do the same. */

const queue = document.querySelector(".pairs")

// A verb takes the page with it: a key that comes before the next page was meant for the next pair.
let isSent = false

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
  const key = event.key.toLowerCase()
  const buttons = [...queue.querySelectorAll("button[data-key]")]
  const button = buttons.find((other) => other.dataset.key === key)
  if (!button || isSent) return
  isSent = true
  button.click()
}

addEventListener("pageshow", () => (isSent = false))

queue.addEventListener("keydown", press)
queue.focus()
