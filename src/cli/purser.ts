#!/usr/bin/env node
import { backup } from './backup.ts'
import { demo } from './demo.ts'
import { diagram } from './diagram.ts'
import { doctor } from './doctor.ts'
import { erase } from './erase.ts'
import { ledger } from './ledger-command.ts'
import { restore } from './restore.ts'
import { resume } from './resume.ts'
import { tellFailure } from './tell-failure.ts'

const COMMANDS: Record<string, { says: string; run(args: readonly string[]): Promise<void> }> = {
  demo: { says: 'a local workspace to try Purser in, without any account', run: demo },
  doctor: { says: 'says of all that Purser needs whether it is right, and what to do where not', run: doctor },
  backup: { says: 'a checked copy of the database and the rules, also while Purser runs', run: backup },
  restore: { says: 'a data folder from a backup; Purser starts paused on it', run: restore },
  resume: { says: 'lets a paused Purser go on', run: resume },
  erase: { says: 'takes a person out of all that Purser keeps, for good', run: erase },
  ledger: { says: 'whether the ledger is as it was written, and exports of it that prove it', run: ledger },
  diagram: { says: 'draws a workflow with what its failures lead to, as Mermaid text or SVG', run: diagram },
}

const [name = 'help', ...args] = process.argv.slice(2)
const command = COMMANDS[name]
if (command) {
  await command.run(args).catch(tellFailure)
} else {
  const known = Object.entries(COMMANDS).map(([each, { says }]) => `  purser ${each.padEnd(8)} ${says}`)
  process.stdout.write(`Usage:\n${known.join('\n')}\n`)
  process.exitCode = name === 'help' ? 0 : 2
}
