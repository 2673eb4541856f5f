/* A form for something new that somebody comes back to is the one that was sent: it keeps the key by which the server knows it.

   The browser asks for the page again, which has a new one then, and puts back only what was typed. */

const field = document.querySelector("[name=form_key]")
const kept = history.state?.formKey

if (kept) field.value = kept
else history.replaceState({ ...history.state, formKey: field.value }, "")
