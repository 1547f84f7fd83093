import type { Person } from '../../src/domain/actor.ts'
import { stepName } from '../../src/domain/step-key.ts'
import { findRetries } from '../../src/slack/bulk/find-retries.ts'
import { parseRetryFilter, RETRY_KEYS, type RetryFilter } from '../../src/slack/bulk/parse-retry-filter.ts'
import { type CommandCall, drawContext, type HandlerPorts } from '../../src/slack/handler.ts'
import { nobody } from '../../src/slack/surface.ts'
import { badQuery } from '../../views/answers/audit-page.ts'
import { bulkList, nothingToRetry } from '../../views/answers/bulk-answers.ts'
import { bulkRetryModal } from '../../views/modals/bulk-retry-modal.ts'
import { texts } from '../../views/texts/index.ts'
import { actorOf, type Found, tell } from '../answer.ts'
import { openWindow, type Window } from '../open-window.ts'
import { permitSomewhere } from '../permit.ts'

const MOST_LISTED = 10

/** `/purser retry <filter>`: shows what would be retried, and asks for a name and a rate. */
export async function bulkRetry(ports: HandlerPorts, call: CommandCall, typed: string): Promise<void> {
  const text = typed.replace(/^retry\s*/iu, '')
  await openWindow(ports, {
    asked: call,
    title: texts.bulkWindow.title,
    typed: `/purser ${typed}`,
    async draw() {
      const permitted = await permitSomewhere(ports, call, 'retry')
      return permitted.ok ? await preview(ports, call, { person: permitted.found, text }) : permitted
    },
  })
}

async function preview(
  ports: HandlerPorts,
  call: CommandCall,
  { person, text }: { person: Person; text: string },
): Promise<Found<Window>> {
  const read = parseRetryFilter(text, known(ports, person))
  if (!read.ok) {
    const drawing = badQuery({ ...read, query: text }, '/purser retry')
    return { ok: false, answer: { drawing, about: nobody(call.team) } }
  }
  const { filter } = read
  const rules = ports.rules.current()
  const found = await findRetries(ports, {
    team: call.team,
    filter,
    may: (workflow) => rules.may(person, 'retry', workflow),
  })
  const subjects = [...found.members, ...found.asking].map(({ run }) => run.subject.id)
  const about = { ...nobody(call.team), subjects: [...new Set(subjects)].slice(0, 100) }
  if (found.members.length === 0) {
    const drawing = nothingToRetry(found, [RETRY_KEYS.service, RETRY_KEYS.since])
    return { ok: false, answer: { drawing, about } }
  }
  const bulk = await ports.engine.bulks.draft({
    team: call.team,
    by: actorOf(call),
    filter: filterText(filter),
    members: found.members.map(({ run, step }) => ({
      ...{ run: run.id, workflow: run.workflow, step: step.key, version: step.version },
    })),
    leftOut: found.askingCount,
  })
  return { ok: true, found: { view: bulkRetryModal({ ...found, id: bulk.id, filter: text }), about } }
}

/** Whom the words name stands in the runs alone, where it can be erased. */
const filterText = ({ text, words }: RetryFilter): string =>
  words.length === 0 ? text : texts.retryFilter.andNames(text).trim()

function known({ services, workflows, clock }: HandlerPorts, { timeZone }: Person) {
  const steps = workflows.flatMap(({ outline }) => outline.steps.map(({ key }) => stepName(key)))
  const names = workflows.map(({ name }) => name)
  return { services: [...services.keys(), 'slack'], workflows: names, steps, now: clock.now(), timeZone }
}

/** `/purser bulk`: those that were asked for lately. */
export async function tellBulks(ports: HandlerPorts, call: CommandCall): Promise<void> {
  const permitted = await permitSomewhere(ports, call, 'retry')
  if (!permitted.ok) return await tell(ports, call, permitted.answer)
  const bulks = await ports.engine.bulks.recent(call.team, MOST_LISTED)
  await ports.directory.learn(bulks.map(({ by }) => by))
  await tell(ports, call, { drawing: bulkList(bulks, drawContext(ports)), about: nobody(call.team) })
}
