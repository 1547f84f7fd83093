import { setTimeout as sleep } from 'node:timers/promises'
import { type OpenWorkplace, openWorkplace } from '../support/workplace.ts'
import { workplaceRules } from '../support/workplace-rules.ts'
import { employeeValues, payloadBody, sendWire, submissionOf } from '../support/workplace-wire.ts'
import { compareLogs, compareSlackLog, counted } from './compare-logs.ts'
import { decideTheRest, keyOf } from './decide-the-rest.ts'
import { openKept } from './kept.ts'
import { breakSomething, killBeforeRecord, randomFrom } from './storm.ts'

interface Storm {
  people: number
  /** Kills between a request and the record of its outcome. */
  forced: number
  /** Kills at any moment. */
  sudden: number
  seed: number
  /** Of the services' answers, so that there is work in flight for as long as the storm lasts. */
  latencyMs: number
}

export type StormReport = Awaited<ReturnType<typeof runStorm>>

/** Onboards many at once while the services fail and Purser is killed, and compares what is left with what was done. */
export async function runStorm({ people, forced, sudden, seed, latencyMs }: Storm) {
  const random = randomFrom(seed)
  const pace = { tries: 3, firstDelay: '100ms', backOff: '[1s, 2s, 4s]', alertAfter: '3s', timeout: '60s' }
  await using office = await openWorkplace({ rules: workplaceRules(pace), latencyMs })
  await office.place.startPurser()
  const starts = Promise.all(Array.from({ length: people }, (_, index) => startOne(office, index)))

  let forcedKills = 0
  let suddenKills = 0
  for (let left = forced + sudden, misses = 0; left > 0 && misses < 10; ) {
    for (let more = 0; more < 3; more++) await breakSomething(office, random)
    await sleep(200 + random() * 600)
    if (forcedKills < forced && (suddenKills >= sudden || random() < forced / (forced + sudden))) {
      if (await killBeforeRecord(office, random)) forcedKills += 1
      else if (++misses < 10) continue
    } else {
      await office.place.killPurser()
      await office.place.startPurser()
      suddenKills += 1
    }
    left -= 1
  }
  await office.control('faults', undefined, 'DELETE')
  await office.services('POST', '/latency', { p50: 2 })
  const acknowledged = await starts
  using kept = openKept(office.data)
  const decided = await decideTheRest(office, kept)
  await office.place.stopPurser()

  const calls = kept.calls()
  const [services, slack] = [await compareLogs(office, calls), await compareSlackLog(office, calls)]
  const messages = await keysInSlack(office)
  const { 'attempt.lost': lost = 0, ...counts } = kept.counts()
  return {
    forcedKills,
    suddenKills,
    acknowledged,
    runs: kept.runs(),
    decided,
    services,
    slack,
    runCards: messages.filter((key) => key.startsWith('run/')),
    boards: messages.filter((key) => key.startsWith('board/')),
    welcomes: messages.filter((key) => key.startsWith('welcome/')),
    failureCards: messages.filter((key) => key.startsWith('failure/')),
    messagesTwice: [...counted(messages)].filter(([, times]) => times > 1).map(([key]) => key),
    lostAttempts: lost,
    intents: counts['call.intended'] ?? 0,
    withoutOutcome: (counts['call.intended'] ?? 0) - (counts['call.answered'] ?? 0) - (counts['call.unanswered'] ?? 0),
    errors: office.lines.filter((line) => line.includes('"level":50')),
  }
}

const emailOf = (index: number): string => `person-${index}@acme.example`

/** Submits the form until it is acknowledged, as somebody does who sees that it did not go through; answers with the address. */
async function startOne(office: OpenWorkplace, index: number): Promise<string> {
  const view = {
    id: `V0STORM${index}`,
    callback: 'start-run',
    metadata: JSON.stringify({ w: 'employee-onboarding', v: 1 }),
  }
  const email = emailOf(index)
  for (let again = 0; again < 200; again++) {
    const payload = submissionOf(view, employeeValues(`Person-${index} Doe`, email), {
      trigger_id: `${index}.${again}`,
    })
    const answer = await sendWire(office, { body: payloadBody(payload) }).catch(() => null)
    if (answer?.status === 200 && (answer.body === '' || answer.body.includes('Started already'))) return email
    await sleep(100)
  }
  throw new Error(`${email} was never acknowledged`)
}

/** The keys of all messages that Purser has posted, one for each message. */
async function keysInSlack(office: OpenWorkplace): Promise<string[]> {
  const { channels } = await office.state()
  const keys: string[] = []
  for (const { name } of channels) {
    for (const message of await office.messages(name)) keys.push(keyOf(message), ...message.replies.map(keyOf))
  }
  return keys.filter((key) => key !== '')
}
