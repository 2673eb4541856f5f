/* Keys for the queue of pairs: each button has its letter.

   They work only while the focus is in the queue, where it begins. Without this script the buttons do the same. */

const queue = document.querySelector(".pairs")

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
  const key = event.key.toLowerCase()
  const buttons = [...queue.querySelectorAll("button[data-key]")]
  buttons.find((button) => button.dataset.key === key)?.click()
}

queue.addEventListener("keydown", press)
queue.focus()
