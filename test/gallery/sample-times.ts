import { dueThings } from '../../src/domain/due-things.ts'
import type { Step } from '../../src/domain/run.ts'
import { answeredHere } from '../../views/answers/answered-here.ts'
import { asOfNow } from '../../views/answers/as-of-now.ts'
import { answersBelowEachOther } from '../../views/answers/below-each-other.ts'
import { deedsAnswer } from '../../views/answers/deeds-answer.ts'
import { didAnswer } from '../../views/answers/did-answer.ts'
import { dueList } from '../../views/answers/due-list.ts'
import { failedAnswer } from '../../views/answers/failed-answer.ts'
import { tooLong } from '../../views/answers/not-understood.ts'
import { runList } from '../../views/answers/run-list.ts'
import { allOf } from '../../views/answers/some-of.ts'
import { tallyAnswer } from '../../views/answers/tally-answer.ts'
import { whoAnswer } from '../../views/answers/who-answer.ts'
import { approvalStates, runOf } from '../views/sample-asks.ts'
import { minutes, T0 } from '../views/sample-run.ts'
import type { Drawings } from './sample-cards.ts'
import { everyRun, found, plain, undoing } from './sample-runs.ts'

const due = everyRun.flatMap((each) => dueThings(each.run).map((thing) => ({ ...each, thing })))
const span = { since: T0, until: minutes(24 * 60) }
const approved = { run: runOf(approvalStates.approved as Step), outline: undoing }

/** Answers to questions that name a time, or could, and what is said around answers. */
export const aboutTimes = (): Drawings => ({
  'who: approved': whoAnswer(approved, { deed: 'approve', span: null }, plain),
  'who: nobody': whoAnswer(found('failed'), { deed: 'approve', span: null }, plain),
  'did: one': didAnswer([found('failed')], span, plain),
  'did: several': didAnswer([found('failed'), found('owed')], span, plain),
  'due: late': dueList('late', { all: due, span: null }, plain),
  'due: none': dueList('due', { all: [], span: null }, plain),
  owed: dueList('owed', { all: due, span: null }, plain),
  'due: in a time': dueList('due', { all: due, span }, plain),
  'failed: in a time': failedAnswer({ runs: [found('failed'), found('retrying')], unopened: 12, span }, plain).drawing,
  'failed: nothing': failedAnswer({ runs: [], unopened: 0, span }, plain).drawing,
  'who: of all': deedsAnswer({ runs: [approved], unopened: 0, span }, 'approve', plain).drawing,
  'who: not then': whoAnswer(approved, { deed: 'approve', span: { since: 0, until: 1 } }, plain),
  'several questions': answersBelowEachOther([
    runList('stuck', allOf(everyRun), plain),
    dueList('owed', { all: [], span: null }, plain),
  ]),
  'several questions: too many': answersBelowEachOther(
    Array.from({ length: 3 }, () => runList('in-flight', allOf([...everyRun, ...everyRun]), plain)),
  ),
  'too long': tooLong(),
  'answered in direct messages': answeredHere(
    dueList('owed', { all: [], span: null }, plain),
    'Purser is not in the channel',
  ),
  'of now only': asOfNow(runList('stuck', allOf([]), plain), false),
  tally: tallyAnswer(
    {
      ...{ since: T0, until: minutes(900), started: 12, ended: 9, succeeded: 7, refused: 1, medianMs: 200_000 },
      ...{ names: ['Jane Doe', 'John Roe'], title: undoing.title },
    },
    plain,
  ),
})
