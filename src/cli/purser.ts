#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'
import { loadQuickly } from '../quick-loading.ts'
import { commands } from './commands.ts'
import { tellFailure } from './tell-failure.ts'
import { noSuchCommand, usage, usageOf } from './tell-usage.ts'

enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/compiled', import.meta.url)))
loadQuickly()

const HELP = new Set(['help', '--help', '-h'])

/** The command that is meant, what is given to it, and whether one only wants to know what it takes. */
function read([first = 'help', ...rest]: readonly string[]): { name: string; args: string[]; wantsHelp: boolean } {
  // A command with commands of its own tells of them itself.
  if (HELP.has(first)) return { name: rest[0] ?? '', args: ['help'], wantsHelp: rest[0] !== 'ledger' }
  return { name: first, args: rest, wantsHelp: first !== 'ledger' && rest.some((each) => /^(--help|-h)$/.test(each)) }
}

const { name, args, wantsHelp } = read(process.argv.slice(2))
const command = Object.hasOwn(commands, name) ? commands[name] : undefined
if (name === '') process.stdout.write(usage())
else if (!command) {
  process.stderr.write(noSuchCommand(name))
  process.exitCode = 2
} else if (wantsHelp) process.stdout.write(usageOf(name, command))
else await command.run(args).catch((error) => tellFailure(error, name))
