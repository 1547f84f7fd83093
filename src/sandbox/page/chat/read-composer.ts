/** What somebody typed, as the control API takes it; or why it can go nowhere. */
export type Typed =
  | { kind: 'slash'; command: string; text: string }
  | { kind: 'mention'; text: string }
  | { kind: 'dm'; text: string }
  | { kind: 'nowhere'; hint: string }

/** Where it was typed. */
export type Spot = 'channel' | 'thread' | 'dm'

export interface CommandHint {
  command: string
  usage: string
  what: string
}

/** The commands offered while typing. */
export const commandHints: CommandHint[] = [
  { command: '/onboard', usage: '[name]', what: 'Onboard a new employee' },
  { command: '/run', usage: '[workflow]', what: 'Start any workflow' },
  { command: '/process', usage: '<who or run>', what: 'See how a process is going' },
  { command: '/audit', usage: '<query>', what: 'Look into the ledger of every API call' },
  { command: '/purser', usage: 'help · failures · tasks · stats', what: 'Everything else' },
]

/** Reads the composer: a command outside threads, plain words to Purser alone, elsewhere only with its name. */
export function readComposer(draft: string, app: { name: string; userId: string }, spot: Spot): Typed {
  const text = draft.trim()
  const slash = /^(\/[a-z0-9_-]+)\s*([\s\S]*)$/i.exec(text)
  if (slash && spot === 'thread')
    return { kind: 'nowhere', hint: 'Commands are taken in the channel, not in a thread.' }
  if (slash) return { kind: 'slash', command: (slash[1] ?? '').toLowerCase(), text: slash[2] ?? '' }
  if (spot === 'dm') return { kind: 'dm', text }
  const name = new RegExp(`@${escapeForPattern(app.name)}\\b`, 'gi')
  if (name.test(text)) return { kind: 'mention', text: text.replace(name, `<@${app.userId}>`) }
  const start = spot === 'channel' ? 'Begin with a command such as /onboard, or mention' : 'Mention'
  return { kind: 'nowhere', hint: `${start} @${app.name}.` }
}

/** The commands that begin with what was typed so far, while the command itself is still being typed. */
export function suggestCommands(draft: string): CommandHint[] {
  if (!/^\/[a-z0-9_-]*$/i.test(draft)) return []
  return commandHints.filter((hint) => hint.command.startsWith(draft.toLowerCase()))
}

function escapeForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
