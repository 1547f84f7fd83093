import { writeSync } from 'node:fs'
import { systemClock } from '../../../src/clock.ts'
import { openBase } from '../../../src/compose/open-base.ts'
import { readConfig } from '../../../src/config.ts'
import { UNKNOWN_TEAM } from '../../../src/slack/identify.ts'

/** Writes entries until the disk fails, and says of each that it is kept; run under a limit by its test. */
const [folder = ''] = process.argv.slice(2)
const env = {
  PURSER_DATA: folder,
  SLACK_BOT_TOKEN: 'xoxb-sandbox-purser',
  SLACK_SIGNING_SECRET: 'not-a-real-one',
}
const { ledger, ids } = await openBase(readConfig(env), env, systemClock)
for (let number = 0; number < 100_000; number++) {
  const id = ids.entry()
  await ledger.record([
    {
      id,
      at: systemClock.now(),
      team: UNKNOWN_TEAM,
      kind: 'ledger.read',
      actor: 'purser:test',
      subjects: [],
      facts: { number },
    },
  ])
  writeSync(1, `${id}\n`)
}
