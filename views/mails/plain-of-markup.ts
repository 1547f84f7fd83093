const TOKEN = /<([^<>|]*)(?:\|([^<>]*))?>/g
/** How far a time is, which stands beside it: in a mail it would be the time once more. */
const COUNTDOWN = / \(<!date\^\d+\^\{ago\}\|[^<>]*>\)/g
const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' }

/** A message's `text` for a reader without Slack: times and links in words, nothing escaped. */
export function plainOfMarkup(text: string): string {
  return text
    .replace(COUNTDOWN, '')
    .replace(TOKEN, (_, target: string, said: string | undefined) => said ?? target.replace(/^[@#!]/, ''))
    .replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity)
}
