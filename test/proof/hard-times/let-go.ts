import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { failingSyncs } from '../../support/failing-syncs.ts'
import { quickFolder } from '../../support/temp-folder.ts'
import { settle } from '../../support/turns.ts'
import { liveIn, ProcessEnded, type Scenario } from '../crash-matrix/life.ts'

/** Lets so many processes end over their disk in this one; answers how many of them are still in memory. */
export async function endLives(scenario: Scenario, times: number): Promise<{ ended: number; kept: number }> {
  const lives: WeakRef<object>[] = []
  for (let life = 1; life <= times; life++) {
    const seen = await endLife(scenario, 5 * life)
    if (seen) lives.push(seen)
  }
  // What the last one left to these turns of the event loop.
  await settle(50)
  collectGarbage()
  return { ended: lives.length, kept: lives.filter((life) => life.deref() !== undefined).length }
}

/** A part of the life that nothing outside it holds. */
async function endLife(scenario: Scenario, at: number): Promise<WeakRef<object> | null> {
  using folder = quickFolder()
  let commits = 0
  using _syncs = failingSyncs(folder.path, () => (++commits === at ? 'dropped' : null))
  let seen: WeakRef<object> | null = null
  try {
    await liveIn(folder.path, scenario, {
      from: null,
      diskFailed(_left, kept) {
        seen ??= new WeakRef(kept)
      },
    })
  } catch (error) {
    if (!(error instanceof ProcessEnded)) throw error
  }
  return seen
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
}
