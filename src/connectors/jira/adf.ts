import type { Json } from '../../domain/operation.ts'

/** A part of a ticket's description, as Atlassian's document format shows it. */
export type Part =
  | { kind: 'heading'; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'list'; items: readonly string[] }
  | { kind: 'links'; links: readonly { title: string; url: string }[] }

/** The parts as a document in Atlassian's format; empty ones are left out, as Jira refuses empty text. */
export function documentOf(parts: readonly Part[]): Json {
  return { type: 'doc', version: 1, content: parts.flatMap(nodesOf) }
}

function nodesOf(part: Part): Json[] {
  switch (part.kind) {
    case 'heading':
      return part.text === '' ? [] : [{ type: 'heading', attrs: { level: 3 }, content: [textNode(part.text)] }]
    case 'paragraph':
      return part.text === '' ? [] : [paragraph([textNode(part.text)])]
    case 'list':
      return bullets(part.items.filter((item) => item !== '').map((item) => textNode(item)))
    case 'links':
      return bullets(part.links.map(({ title, url }) => textNode(title === '' ? url : title, url)))
  }
}

function bullets(texts: Json[]): Json[] {
  if (texts.length === 0) return []
  return [{ type: 'bulletList', content: texts.map((text) => ({ type: 'listItem', content: [paragraph([text])] })) }]
}

function paragraph(content: Json[]): Json {
  return { type: 'paragraph', content }
}

function textNode(text: string, url?: string): Json {
  if (url === undefined) return { type: 'text', text }
  return { type: 'text', text, marks: [{ type: 'link', attrs: { href: url } }] }
}
