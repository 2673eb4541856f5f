/* Addresses as people write, copy and paste them, and as a body keeps them. */

const SCHEMES = ["http:", "https:", "mailto:", "tel:"]

/* Is it a whole address that readers can follow? */
export const isAddress = (words) => URL.canParse(words) && SCHEMES.includes(new URL(words).protocol)

/* Does it lead where no reader comes: into the newsroom, or to a place of the page or the computer that it was copied from? */
export function leadsNowhere(words) {
  if (/^(#|file:|blob:)/i.test(words)) return true
  if (!URL.canParse(words, location.href)) return false
  const { origin, pathname } = new URL(words, location.href)
  return origin === location.origin && /^\/admin(\/|$)/.test(pathname)
}

const isWeb = (words) => isAddress(words) && /^https?:/i.test(words)

/* Return where a link leads that somebody typed: "www.example.org" and "me@example.org" name it too. "" for nowhere. */
export function linkAddress(typed) {
  const words = typed.trim()
  if (/^(\/(?!\/|\\)|#)\S/.test(words)) return words
  if (/\s/.test(words)) return ""
  if (isAddress(words)) return words
  if (/^[^@/:]+@[^@/:]+\.[^@/:]+$/.test(words)) return `mailto:${words}`
  const guess = `https://${words}`
  return /^[^/:?#@]+\.[^/:?#@.\d][^/:?#@.]+(:\d+)?([/?#].*)?$/.test(words) && isWeb(guess) ? guess : ""
}

// A frame shows a part of a page: readers are led to the page.
const PAGES = [
  [/^https:\/\/(?:www\.)?youtube(?:-nocookie)?\.com\/embed\/([\w-]+).*/, "https://www.youtube.com/watch?v=$1"],
  [/^https:\/\/player\.vimeo\.com\/video\/(\d+).*/, "https://vimeo.com/$1"],
]

/* Return the address of a page to embed, of the code that a site gives for it too. "" for none. */
export function pageAddress(given) {
  const frame = /<(?:iframe|video|audio|embed|object)\b/i.test(given)
  const source = frame ? (/\s(?:src|data)\s*=\s*["']?([^"'\s>]+)/i.exec(given)?.[1] ?? "") : given.trim()
  const words = source.replace(/&amp;/g, "&").replace(/^\/\//, "https://")
  const address = isWeb(words) ? words : frame ? "" : linkAddress(words)
  if (!isWeb(address)) return ""
  return PAGES.reduce((at, [pattern, page]) => at.replace(pattern, page), address)
}
