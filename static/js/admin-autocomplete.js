/* Every autocomplete: Enter takes what stands there for the words that are typed, or nothing.

   Select2 leaves the rows of the earlier words, one of them highlighted, until the answer for the new
   ones has come. */

addEventListener(
  "input",
  ({ target }) => {
    if (!target.matches?.(".select2-search__field")) return
    const list = document.getElementById(target.getAttribute("aria-controls"))
    list?.querySelectorAll(".select2-results__option").forEach((row) => row.remove())
    target.removeAttribute("aria-activedescendant")
  },
  { capture: true },
)
