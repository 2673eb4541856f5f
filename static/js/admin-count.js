/* How long a headline is, and how long it may be, beside it: nothing is cut while it is typed.

   An input names both: data-count, the words with {count} and {longest}, and data-longest. A screen
   reader reads the count with the input, and is told by itself only once the text is too long. */

// As the server counts: a sign outside of the first plane is one character.
export const length = (words) => [...words.trim()].length

function show(input, count) {
  const { count: words, longest } = input.dataset
  const typed = length(input.value)
  const isTooLong = typed > Number(longest)
  count.textContent = words.replace("{count}", typed).replace("{longest}", longest)
  count.classList.toggle("text-count--over", isTooLong)
  count.setAttribute("aria-live", isTooLong ? "polite" : "off")
}

document.querySelectorAll("input[data-count]").forEach((input) => {
  const count = document.createElement("p")
  count.className = "text-count"
  count.id = `${input.id}_count`
  input.after(count)
  const described = input.getAttribute("aria-describedby")
  input.setAttribute("aria-describedby", described ? `${described} ${count.id}` : count.id)
  input.addEventListener("input", () => show(input, count))
  show(input, count)
})
