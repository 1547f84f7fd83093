#!/usr/bin/env node
import { demo } from './demo.ts'

const COMMANDS: Record<string, { says: string; run(args: readonly string[]): Promise<void> }> = {
  demo: { says: 'a local workspace to try Purser in, without any account', run: demo },
}

const [name = 'help', ...args] = process.argv.slice(2)
const command = COMMANDS[name]
if (command) {
  await command.run(args)
} else {
  const known = Object.entries(COMMANDS).map(([each, { says }]) => `  purser ${each.padEnd(8)} ${says}`)
  process.stdout.write(`Usage:\n${known.join('\n')}\n`)
  process.exitCode = name === 'help' ? 0 : 2
}
