import { nearest } from '../domain/nearest.ts'
import { type Command, commands } from './commands.ts'

/** What `purser` can do, a command to a line. */
export function usage(): string {
  const lines = Object.entries(commands).map(([name, { says }]) => `  purser ${name.padEnd(8)} ${says}`)
  return `Usage:\n${lines.join('\n')}\n\`purser help COMMAND\` says what one takes. docs/runbook.md says when to use it.\n`
}

/** What one command takes. */
export function usageOf(name: string, { says, takes, words }: Command): string {
  const widest = Math.max(...words.map(([word]) => word.length))
  const lines = words.map(([word, meaning]) => `  ${word.padEnd(widest)}  ${meaning}`)
  return `purser ${name} ${takes}\n${says}\n\n${lines.join('\n')}\n`
}

/** There is no such command: which one may be meant, and all that there are. */
export function noSuchCommand(name: string): string {
  const meant = nearest(name, Object.keys(commands))
  return `There is no command ${name}.${meant === null ? '' : ` Did you mean ${meant}?`}\n${usage()}`
}
