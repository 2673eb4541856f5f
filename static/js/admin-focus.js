/* The first field that can be seen takes the cursor: in the tab that is open, where there are tabs.

   In place of Django's own script, which would come before the tabs are built or after them. */

const fields = document.querySelector("#content-main > form")?.elements ?? []
const first = [...fields].find(
  (field) => field.matches("input, select, textarea") && !field.disabled && field.offsetParent,
)
first?.focus({ preventScroll: true })
