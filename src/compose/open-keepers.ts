import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { TeamId } from '../domain/ids.ts'
import { createSweeper, type Sweeper } from '../engine/create-sweeper.ts'
import type { Anchor } from '../ledger/anchor.ts'
import { fileAnchor } from '../ledger/anchor-file.ts'
import { loadSigningKey } from '../ledger/checkpoint-key.ts'
import { takeInReadings } from '../ledger/readings.ts'
import { archiveInThread } from '../ledger/retention/archive-in-thread.ts'
import { type Archivist, createArchivist } from '../ledger/retention/create-archivist.ts'
import { SEGMENTS } from '../ledger/retention/segment-file.ts'
import { createSealer, type Sealer } from '../ledger/seal/create-sealer.ts'
import { readInThread } from '../ledger/seal/read-in-thread.ts'
import { slackAnchor } from '../slack/anchor-checkpoints.ts'
import { every, type Repeated } from './every.ts'
import type { Base } from './open-base.ts'
import type { Ways } from './open-ways.ts'

const READINGS_EVERY_MS = 30_000

/**
 * What keeps the ledger: its sealer, the archivist of its older part, and who enters what was read of it at the
 * terminal; and what takes out the rest that is over.
 */
export async function openKeepers(
  config: Config,
  ways: Ways,
): Promise<{ sealer: Sealer; archivist: Archivist; sweeper: Sweeper; readings: Repeated }> {
  const { egress, team, clock, rules } = ways
  const anchor = slackAnchor({ egress, team, clock, channel: () => rules.current().ledgerChannel })
  const sealer = await openSealer(config, ways, { team, anchor })
  const archivist = createArchivist({
    ...ways,
    folder: join(config.dataFolder, SEGMENTS),
    archive: archiveInThread(join(config.dataFolder, 'purser.db')),
    keepDays: () => rules.current().ledgerDays,
  })
  const readings = every(clock, READINGS_EVERY_MS, async () => {
    await takeInReadings(ways, config.dataFolder).catch(ways.onError)
  })
  return { sealer, archivist, sweeper: createSweeper(ways), readings }
}

/** Checkpoints go to Slack and to a file: best one on another disk, that this host can only append to. */
async function openSealer(config: Config, base: Base, to: { team: TeamId; anchor: Anchor }): Promise<Sealer> {
  const key = loadSigningKey(join(config.dataFolder, 'ledger.key'))
  if (key.isNew && (await base.store.latestCheckpoint())) {
    base.log.warn('the key of the ledger was gone: checkpoints are signed by a new one; verify older ones with the old')
  }
  return createSealer({
    ...base,
    key,
    team: to.team,
    readUnsealed: readInThread({ dbPath: join(config.dataFolder, 'purser.db') }),
    anchors: [fileAnchor(config.anchorFile ?? join(config.dataFolder, 'checkpoints.txt')), to.anchor],
    onError: (error) => base.log.error('the ledger was not sealed, or not anchored', { err: error }),
  })
}
