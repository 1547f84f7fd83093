import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readSigningKey, verifierKeyText } from '../ledger/checkpoint-key.ts'
import { ledgerExport, ledgerProof } from './ledger-export.ts'
import { dataFolder } from './ledger-files.ts'
import { ledgerPacket } from './ledger-packet.ts'
import { ledgerVerify } from './ledger-verify.ts'
import { failureInWords } from './tell-failure.ts'

const USAGE = `Usage:
  purser ledger verify [--against CHECKPOINTS] [--key PUBLIC_KEY]   whether every entry is as it was written
  purser ledger export --out FILE [--since TIME] [--until TIME] [--against CHECKPOINTS]
                                                                    entries with proofs, for an auditor
  purser ledger proof ENTRY [--against CHECKPOINTS]                 one entry with its proof
  purser ledger packet WHO|PERIOD --out FILE.zip [--by NAME] [--team TEAM]
                                                                    all that an auditor needs about a person or a quarter
  purser ledger key                                                 the public key, for an auditor
All take --data FOLDER, and --segments FOLDER where the files with older entries were moved. They end with 0, with 1 when
the ledger was changed, with 2 when they could not tell. docs/verifying-the-ledger.md goes through all of it.
`

const HELP = new Set(['help', '--help', '-h'])

const COMMANDS: Record<string, (args: readonly string[]) => void | Promise<void>> = {
  verify: ledgerVerify,
  export: ledgerExport,
  proof: ledgerProof,
  packet: ledgerPacket,
  key: printKey,
}

/** `purser ledger`: whether the ledger was changed, and what others need to find out by themselves. */
export async function ledger([name = 'help', ...args]: readonly string[]): Promise<void> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if ([name, ...args].some((each) => HELP.has(each))) return void process.stdout.write(USAGE)
  try {
    if (command) return await command(args)
    process.stderr.write(`There is no command ledger ${name}.\n${USAGE}`)
  } catch (error) {
    const { message, hint } = failureInWords(error, 'ledger')
    process.stderr.write(`${message}\n${hint}\n`)
  }
  // Never 1: that is what a changed ledger ends with.
  process.exitCode = 2
}

function printKey(args: readonly string[]): void {
  const { values } = parseArgs({ args: [...args], options: { data: { type: 'string' } } })
  const key = readSigningKey(join(dataFolder(values.data), 'ledger.key'))
  process.stdout.write(`${verifierKeyText(key)}\n`)
}
