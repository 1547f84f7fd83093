const PICTURES = /\p{Extended_Pictographic}|\p{Variation_Selector}|\u200d|\s/gu
const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'" }

/** Letters alone: pictures are drawn, and blanks are the browser's. */
const letters = (text: string): string => text.replace(PICTURES, '')

/** What a reader can read of markup, letters alone. */
export function readable(html: string): string {
  const text = html.replace(/<svg[\s\S]*?<\/svg>/g, '').replace(/<[^>]*>/g, '')
  return letters(text.replace(/&[a-z#0-9]+;/g, (entity) => ENTITIES[entity] ?? entity))
}

/** Emoji that are left to a font of the reader's machine, which may have none; the browser's own menus take no drawings. */
export function picturesNotDrawn(html: string): string[] {
  const text = html.replace(/<(svg|option)[\s\S]*?<\/\1>/g, '').replace(/<[^>]*>/g, '')
  return text.match(/\p{Extended_Pictographic}/gu) ?? []
}

/** Parts that stand in a window of their own, in an attribute, or in a menu that is closed. */
const ELSEWHERE = new Set(['confirm', 'placeholder'])

/** Every text in blocks that is not markup, letters alone, in which a reader would miss something if it were not drawn. */
export function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn)
  if (typeof value !== 'object' || value === null) return []
  const node = value as Record<string, unknown>
  const own = (node.type === 'plain_text' || node.type === 'text') && typeof node.text === 'string' ? [node.text] : []
  const inner = Object.entries(node).filter(
    ([name]) => !ELSEWHERE.has(name) && !(name === 'options' && node.type === 'overflow'),
  )
  return [...own.map(letters), ...inner.flatMap(([, each]) => textsIn(each))].filter(Boolean)
}

/** The actions of everything that can be pressed, chosen or filled in. */
export function actionsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(actionsIn)
  if (typeof value !== 'object' || value === null) return []
  const { action_id: action } = value as Record<string, unknown>
  return [...(typeof action === 'string' ? [action] : []), ...Object.values(value).flatMap(actionsIn)]
}
