import { UserMistake } from '../../src/domain/errors.ts'
import { shortId } from '../../src/domain/ids.ts'
import { ended, type Run } from '../../src/domain/run.ts'
import { findRuns } from '../../src/slack/ask/find-runs.ts'
import { type CommandCall, drawContext, type HandlerPorts } from '../../src/slack/handler.ts'
import { runPausedNow, runResumedNow } from '../../views/answers/hold-answers.ts'
import { texts } from '../../views/texts/index.ts'
import { aboutRun, actorOf, tell } from '../answer.ts'
import { decide } from '../decide.ts'
import { whoAsks } from '../permit.ts'
import { runAtHand } from '../run-at-hand.ts'

export interface RunWish {
  kind: 'pause' | 'resume'
  /** Who or which run, and for a pause why, as far as the two are not told apart yet. */
  typed: string
  forMs: number | null
  /** What stands behind the length of time. */
  reason: string
}

/** Words of a name; a longer one is given by its id. */
const MOST_WORDS = 4

/** `/purser pause <who or run> [for 2h] why`, and `/purser resume <who or run>`: of one run. */
export async function pauseOrResumeRun(ports: HandlerPorts, call: CommandCall, wish: RunWish): Promise<void> {
  const asker = await whoAsks(ports, call)
  if (!asker.ok) return await tell(ports, call, asker.answer)
  const find = async (words: readonly string[]): Promise<Run[]> => {
    const { runs } = await findRuns(ports, { words, person: asker.found })
    return runs.filter((run) => !ended(run))
  }
  const { run, reason } = await meant(wish, find)
  const at = await runAtHand(ports, call, { id: run.id, action: 'pause' })
  if (!at.ok) return await tell(ports, call, at.answer)
  if (wish.kind === 'pause' && reason.length < 3) throw mistake(texts.commands.pause.sayWhy)
  const until = wish.forMs === null ? null : ports.clock.now() + wish.forMs
  const decision =
    wish.kind === 'pause'
      ? ({ kind: 'pause', reason: reason.slice(0, 500), until } as const)
      : ({ kind: 'resume', reason: reason || null } as const)
  const decided = await decide(ports, call, { run: run.id, decision })
  if (!decided.ok) return await tell(ports, call, decided.answer)
  const now = decided.found
  await ports.directory.learn(now.paused ? [now.paused.by, actorOf(call)] : [])
  const drawing = wish.kind === 'pause' ? runPausedNow(now, drawContext(ports)) : runResumedNow(now)
  await tell(ports, call, { drawing, about: aboutRun(now) })
}

/** The one run that is meant, and the reason: what stands before a colon or a length of time, or else the longest name that is known. */
async function meant(
  { typed, forMs, reason, kind }: RunWish,
  find: (words: readonly string[]) => Promise<Run[]>,
): Promise<{ run: Run; reason: string }> {
  const [before = '', ...behind] = typed.split(/:\s+/u)
  const isTold = forMs !== null || behind.length > 0 || kind === 'resume'
  const words = before.split(/\s+/u).filter(Boolean)
  const longest = isTold ? words.length : Math.min(MOST_WORDS, words.length)
  for (let many = longest; many >= (isTold ? longest : 1) && many > 0; many--) {
    const runs = await find(words.slice(0, many))
    const [run, ...others] = runs
    if (!run) continue
    if (others.length > 0) throw several(runs)
    const rest = [words.slice(many).join(' '), behind.join(': '), reason].filter(Boolean).join(' ')
    return { run, reason: rest }
  }
  throw mistake(texts.commands.pause.noRun(before.slice(0, 100)))
}

function several(runs: readonly Run[]): UserMistake {
  const { severalRuns, oneOfSeveral } = texts.commands.pause
  const some = runs
    .slice(0, 5)
    .map(({ id, subject, workflow }) => oneOfSeveral(shortId(id), `${workflow}, ${subject.label}`))
  return mistake(severalRuns(some.join(', ')))
}

const mistake = (message: string): UserMistake =>
  new UserMistake({ code: 'pause-run-text', message, hint: texts.commands.pause.exampleOfRun })
