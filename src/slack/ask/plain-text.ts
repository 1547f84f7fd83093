const LINK = /<(mailto:|https?:\/\/)([^<>|]*)(?:\|([^<>]*))?>/g
const MENTION = /<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>/g
const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' }

/** What somebody typed, from what Slack makes of it: links become their text, mentions `<@U…>` alone. */
export const plainText = (text: string): string =>
  text
    .replace(
      LINK,
      (_, sign: string, target: string, label?: string) => label ?? (sign === 'mailto:' ? target : sign + target),
    )
    .replace(MENTION, '<@$1>')
    .replace(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity] ?? entity)
