/* What a body refers to: an image of the library, a story of ours, something of another site.

   Each is an empty element with an id; what the editor shows of it is never stored. */

import { Node, crel } from "django-prose-editor/editor"

const remembered = (name) => ({
  default: null,
  parseHTML: (element) => element.getAttribute(name),
  renderHTML: (attributes) => (attributes[name] === null ? {} : { [name]: attributes[name] }),
})

function reference({ name, tag, attributes, also = [], draw }) {
  return Node.create({
    name,
    group: "block",
    atom: true,
    draggable: true,
    selectable: true,
    addAttributes: () =>
      Object.fromEntries([...attributes, ...also].map((attribute) => [attribute, remembered(attribute)])),
    // Ahead of nodes of the same element: a figure, an aside or a div is always one of these.
    parseHTML: () => attributes.map((attribute) => ({ tag: `${tag}[${attribute}]`, priority: 60 })),
    renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes],
    addNodeView:
      () =>
      ({ node }) => {
        const dom = crel(
          "div",
          { className: `reference reference--${name}`, contentEditable: "false" },
          draw(node.attrs),
        )
        return { dom, ignoreMutation: () => true }
      },
  })
}

const words = (className, textContent) => crel("span", { className, textContent })

const figure = ({ images, words: say }) =>
  reference({
    name: "figure",
    tag: "figure",
    attributes: ["data-image"],
    draw: ({ "data-image": id }) => {
      const image = images[id]
      if (!image) return [words("reference__kind", `${say.figure} #${id}`), words("gap", say.unknown)]
      const shown = image.thumb ? crel("img", { src: image.thumb, alt: "" }) : words("gap", say.gap.replace(/:$/, ""))
      return [shown, words("reference__title", image.title), words("reference__note", image.note)]
    },
  })

const card = ({ articles, words: say }) =>
  reference({
    name: "card",
    tag: "aside",
    attributes: ["data-article", "data-waiting"],
    draw: ({ "data-article": id, "data-waiting": waiting }) => {
      if (id === null) return [words("reference__kind", say.waits), words("reference__title", waiting)]
      return [
        words("reference__kind", say.read),
        words("reference__title", articles[id]?.title ?? `#${id} ${say.unknown}`),
      ]
    },
  })

const embed = ({ words: say }) =>
  reference({
    name: "embed",
    tag: "div",
    attributes: ["data-embed"],
    also: ["data-title"],
    draw: ({ "data-embed": address, "data-title": title }) => [
      words("reference__kind", say.embed),
      words("reference__title", title ?? address),
      words("reference__note", title ? address : ""),
    ],
  })

const PullQuote = Node.create({
  name: "pullQuote",
  group: "block",
  content: "(block | speaker)+",
  defining: true,
  parseHTML: () => [{ tag: "blockquote[data-pull]", priority: 70 }],
  renderHTML: () => ["blockquote", { "data-pull": "" }, 0],
})

export const extensions = (context) => [figure(context), card(context), embed(context), PullQuote]
