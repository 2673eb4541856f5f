/* The field of tags: a spelling that a tag has is that tag, and any other word may become one.

   Set as Select2's defaults, which Django's own script fills its boxes with later. Only answers of the
   tag field have `exact` and `name`; the other boxes offer no new words, and show their text. */

const { defaults } = window.django.jQuery.fn.select2

defaults.set("insertTag", (rows, word) => {
  if (!rows.some((row) => row.exact)) rows.push(word)
})

defaults.set("templateSelection", (chosen) => chosen.name ?? chosen.text)
