import { afterAll, describe, expect, it } from 'vitest'
import { DEEDS, type Deed, type Life, MODES, type Mode, openLife, until } from './life-of-a-click.ts'

// Where a line may drop or a process may die in the life of a click or a question, over HTTP and in Socket Mode.

interface Outcome {
  /** Whether Slack had been told that it was taken when it happened. */
  acked: boolean
  /** What became of it. */
  outcome: string
}

const E1 = '1.1'

const doneOnce = (life: Life) => until(async () => (await life.done()) === 1, 'it is done')
const isAcked = (life: Life) => until(() => life.isAcked(E1), 'it is acknowledged')

/** Delivered once more it is acknowledged, and not done again. */
async function comesAgain(life: Life, line: number): Promise<void> {
  await life.deliver(E1, line)
  await isAcked(life)
  await until(async () => (await life.left()) === 0, 'it is handled')
  expect(await life.done()).toBe(1)
}

/** `write` cuts the line as it commits what came. */
async function whileItDrops(life: Life, write: Life['commit']): Promise<Outcome> {
  life.onCommit(async (change) => {
    life.onCommit(null)
    return await write(change)
  })
  await life.deliver(E1)
  await doneOnce(life)
  const acked = life.isAcked(E1)
  await comesAgain(life, 2)
  return { acked, outcome: 'done once; acknowledged when it comes again' }
}

/** Each point, and what may happen there; the line's number tells which connection is the next. */
const POINTS: Readonly<Record<string, (life: Life) => Promise<Outcome>>> = {
  'it cannot be written': async (life) => {
    let tried = 0
    life.onCommit(async () => {
      tried += 1
      throw new Error('the disk is full')
    })
    await life.deliver(E1)
    await until(() => tried > 0, 'it was to be written')
    const acked = life.isAcked(E1)
    expect(await life.done()).toBe(0)
    life.onCommit(null)
    await comesAgain(life, 1)
    return { acked, outcome: 'not done; done when it comes again' }
  },
  'the process dies before it is written': async (life) => {
    let tried = 0
    life.onCommit(() => {
      tried += 1
      return new Promise(() => {})
    })
    await life.deliver(E1)
    await until(() => tried > 0, 'it was to be written')
    const acked = life.isAcked(E1)
    expect(await life.die()).toBe(0)
    expect(await life.done()).toBe(0)
    await comesAgain(life, 1)
    return { acked, outcome: 'not done; done when it comes again' }
  },
  'the line drops while it is written': (life) =>
    whileItDrops(life, (change) => {
      life.cut()
      return life.commit(change)
    }),
  'the line drops between writing and acknowledging': (life) =>
    whileItDrops(life, async (change) => {
      const outcome = await life.commit(change)
      life.cut()
      return outcome
    }),
  'the process dies between writing and acknowledging': async (life) => {
    let written = 0
    life.onCommit(async (change) => {
      await life.commit(change)
      written += 1
      return await new Promise(() => {})
    })
    await life.deliver(E1)
    await until(() => written > 0, 'it was written')
    const acked = life.isAcked(E1)
    expect(await life.die()).toBe(1)
    await doneOnce(life)
    await comesAgain(life, 1)
    return { acked, outcome: 'done once by the next process' }
  },
  'the line drops behind the acknowledgement': async (life) => {
    await life.deliver(E1)
    await isAcked(life)
    life.cut()
    await doneOnce(life)
    await comesAgain(life, 2)
    return { acked: true, outcome: 'done once' }
  },
  'the process dies at work': async (life) => {
    life.hangWork()
    await life.deliver(E1)
    await isAcked(life)
    expect(await life.done()).toBe(0)
    expect(await life.die()).toBe(1)
    await doneOnce(life)
    await comesAgain(life, 1)
    return { acked: true, outcome: 'done once by the next process' }
  },
  'the process dies behind the work, before that is noted': async (life) => {
    let noting = 0
    life.onCommit((change) => {
      if (change.unhandled?.kind !== 'handled') return life.commit(change)
      noting += 1
      return new Promise(() => {})
    })
    await life.deliver(E1)
    await until(() => noting > 0, 'it was to be noted')
    expect(await life.done()).toBe(1)
    expect(await life.die()).toBe(1)
    await comesAgain(life, 1)
    return { acked: life.isAcked(E1), outcome: 'done once; the next process finds it done' }
  },
  'the process dies when all is noted': async (life) => {
    await life.deliver(E1)
    await isAcked(life)
    await until(async () => (await life.done()) === 1 && (await life.left()) === 0, 'it is handled')
    expect(await life.die()).toBe(0)
    await comesAgain(life, 1)
    return { acked: true, outcome: 'done once; nothing is left to do' }
  },
  'Slack delivers it twice at the same moment': async (life) => {
    await Promise.all([life.deliver(E1), life.deliver(E1)])
    await isAcked(life)
    await doneOnce(life)
    await comesAgain(life, 1)
    return { acked: true, outcome: 'done once' }
  },
  'Slack renews the line': async (life) => {
    await life.renew()
    await life.deliver(E1, 2)
    await isAcked(life)
    await doneOnce(life)
    await comesAgain(life, 2)
    return { acked: true, outcome: 'done once, on the new line' }
  },
}

const table = new Map<string, string>()

afterAll(() => {
  const rows = Object.keys(POINTS).map((point) => {
    const cells = MODES.flatMap((mode) => DEEDS.map((deed) => table.get(`${point}/${mode}/${deed}`) ?? 'NOT TRIED'))
    return `  ${point}: ${new Set(cells).size === 1 ? `${cells[0]} (all)` : cells.join(' · ')}`
  })
  const columns = MODES.flatMap((mode) => DEEDS.map((deed) => `${deed} over ${mode}`)).join(' · ')
  console.info(`the life of a click, ${Object.keys(POINTS).length} points × ${columns}\n${rows.join('\n')}`)
})

const NOT_ACKED_BEFORE = /^(it cannot|the process dies before|the process dies between|the line drops (while|between))/

// Bolt waits five seconds before it takes a new line: they wait side by side.
describe.concurrent.each(MODES.flatMap((mode) => DEEDS.map((deed): [Deed, Mode] => [deed, mode])))(
  'a %s over %s',
  (deed, mode) => {
    it.each(Object.entries(POINTS))(
      '%s: it is done once, and acknowledged only when it is on disk',
      async (point, happens) => {
        await using life = await openLife(mode, deed)
        const { acked, outcome } = await happens(life)
        expect(await life.done()).toBe(1)
        expect(await life.left()).toBe(0)
        expect(acked).toBe(!NOT_ACKED_BEFORE.test(point))
        table.set(`${point}/${mode}/${deed}`, `${acked ? 'acknowledged' : 'not acknowledged'}, ${outcome}`)
      },
      30_000,
    )
  },
)
