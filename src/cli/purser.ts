#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'
import { loadQuickly } from '../quick-loading.ts'
import { tellFailure } from './tell-failure.ts'

enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/compiled', import.meta.url)))
loadQuickly()

/** Each loads what it needs, so that none waits for what another one needs. */
const COMMANDS: Record<string, { says: string; run(args: readonly string[]): Promise<void> }> = {
  demo: {
    says: 'a local workspace to try Purser in, without any account',
    run: async (args) => (await import('./demo.ts')).demo(args),
  },
  doctor: {
    says: 'says of all that Purser needs whether it is right, and what to do where not',
    run: async (args) => (await import('./doctor.ts')).doctor(args),
  },
  backup: {
    says: 'a checked copy of the database and the rules, also while Purser runs',
    run: async (args) => (await import('./backup.ts')).backup(args),
  },
  restore: {
    says: 'a data folder from a backup; Purser starts paused on it',
    run: async (args) => (await import('./restore.ts')).restore(args),
  },
  resume: { says: 'lets a paused Purser go on', run: async (args) => (await import('./resume.ts')).resume(args) },
  erase: {
    says: 'takes a person out of all that Purser keeps, for good',
    run: async (args) => (await import('./erase.ts')).erase(args),
  },
  ledger: {
    says: 'whether the ledger is as it was written, and exports of it that prove it',
    run: async (args) => (await import('./ledger-command.ts')).ledger(args),
  },
  diagram: {
    says: 'draws a workflow with what its failures lead to, as Mermaid text or SVG',
    run: async (args) => (await import('./diagram.ts')).diagram(args),
  },
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
