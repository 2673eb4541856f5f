/* A window that the admin opens to add something has room for a form: Django opens it with 800 × 500. */

if (window.opener) {
  const { availWidth, availHeight } = window.screen
  const [width, height] = [Math.min(availWidth, 1100), Math.min(availHeight, 900)]
  if (window.outerWidth < width || window.outerHeight < height) window.resizeTo(width, height)
}
