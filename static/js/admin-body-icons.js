/* Signs for the tools that no letter shows, drawn as lines in a square of 24. */

const LINES = {
  link: "M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-6-6l-1.5 1.5M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 6 6l1.5-1.5",
  language: "M3 6h10M8 3v3c0 5-2 8-5 10M5 9c1 3 4 6 7 7M12 21l4.5-10L21 21M13.5 18h6",
  bullets: "M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01",
  numbers: "M10 6h10M10 12h10M10 18h10M4 4h1v5M4 14h2.5L4 18.5h2.5",
  quote: "M4 13h5v5H4zv-3c0-3 1-5 4-5M14 13h5v5h-5zv-3c0-3 1-5 4-5",
  pull: "M4 4h16M4 20h16M7 12h3v4H7zv-2c0-2 1-3 2.5-3.5M14 12h3v4h-3zv-2c0-2 1-3 2.5-3.5",
  speaker: "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8M5 20c0-4 3-6 7-6s7 2 7 6",
  figure: "M3 5h18v14H3zM3 16l5-5 4 4 3-3 6 5M15.5 8.5h.01",
  card: "M4 4h16v16H4zM8 8h8M8 12h8M8 16h4",
  embed: "M3 5h18v14H3zM10 9l5 3-5 3z",
  table: "M3 5h18v14H3zM3 10h18M3 14.5h18M9 5v14M15 5v14",
  undo: "M4 9h10a5 5 0 0 1 0 10H9M4 9l4-4M4 9l4 4",
  redo: "M20 9H10a5 5 0 0 0 0 10h5M20 9l-4-4M20 9l-4 4",
}
const SVG = "http://www.w3.org/2000/svg"

/* Return the sign of a tool, null where it has none. */
export function icon(name) {
  if (!LINES[name]) return null
  const svg = document.createElementNS(SVG, "svg")
  const path = document.createElementNS(SVG, "path")
  svg.setAttribute("viewBox", "0 0 24 24")
  svg.setAttribute("aria-hidden", "true")
  svg.classList.add("body-icon")
  path.setAttribute("d", LINES[name])
  svg.append(path)
  return svg
}
