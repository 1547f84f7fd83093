import { describe, expect, test } from 'vitest'
import { judgeAll, type Phrasing, type World } from './judge-phrasings.ts'
import { FIFTH, NOTHING_ASKED } from './phrasings/fifth.ts'
import { FIRST } from './phrasings/first.ts'
import { FOURTH } from './phrasings/fourth.ts'
import { SECOND } from './phrasings/second.ts'
import { THIRD } from './phrasings/third.ts'

const OFFICE: World = {
  subjects: ['Jane Doe', 'Acme Ltd', 'Ada Byron', 'Sam Roe'],
  workflows: ['Employee onboarding', 'Equipment request'],
  right: {
    status: ['status', 'when', 'waits', 'why', 'did'],
    stuck: ['stuck', 'failed'],
    'waiting-for-me': ['needs-me'],
    activity: ['did'],
    'why-failed': ['why', 'waits'],
    none: ['unclear', 'help', 'start'],
    late: ['late', 'due'],
    'approved-by': ['who approve'],
    'i-wait-for': ['my-waits', 'my-runs'],
    'under-way': ['in-flight'],
    help: ['help', 'start'],
    finished: ['tally'],
    'service-health': ['health'],
    'waits-for-whom': ['waits', 'status', 'when'],
    'no-such-subject': ['status', 'when', 'waits', 'why'],
    'who-started': ['who start', 'status', 'when'],
  },
}

/** About one subject, how they stand answers whether they are stuck, late or paused: so the author said beforehand. */
const ONE = ['status', 'why', 'waits', 'when']
const FIRM: World = {
  subjects: ['Jane Doe', 'Tom Weber', 'Priya Nair', 'José Álvarez', 'Acme Ltd', 'Globex', 'Initech', 'Ada Byron'],
  workflows: ['Employee onboarding', 'Client onboarding', 'Lead routing', 'Claim intake'],
  right: {
    status: ['status', 'when', 'waits', 'why', 'did'],
    stuck: ['stuck', ...ONE],
    late: ['late', 'due', ...ONE],
    paused: ['paused', ...ONE],
    why: ['why', 'waits'],
    'done-for': ['did'],
    approved: ['who approve'],
    'waiting-for-me': ['needs-me'],
    finished: ['tally'],
    none: ['unclear', 'help', 'start'],
  },
}

const OTHERS = [
  'Maria Keller',
  'Ahmed Hassan',
  'Sofia Rossi',
  'Lars Ødegård',
  'Northwind Ltd',
  'Umbrella Freight',
  'Pied Piper',
  'Brigitte Moreau',
]

const SHOP: World = {
  subjects: [
    'Hannah Lindqvist',
    'Marcus Oyelaran',
    'Wei Chen',
    'Chloé Dubois',
    "Anna O'Neill",
    'Daniel Okafor',
    'Mei-Ling Tan',
    'Hooli GmbH',
    'Stark Foods',
    'Blue Harbor Clinic',
  ],
  workflows: ['Employee onboarding', 'Client onboarding', 'Equipment request', 'Lead routing'],
  right: {
    status: ['status', 'when', 'waits', 'why'],
    got: ['status', 'did', 'waits'],
    when: ['when', 'status'],
    waits: ['waits', 'status', 'why'],
    why: ['why', 'waits'],
    stuck: ['stuck', 'failed'],
    'stuck-one': ONE,
    late: ['late'],
    'late-one': ONE,
    due: ['due'],
    did: ['did'],
    approved: ['who approve'],
    refused: ['who refuse'],
    started: ['who start'],
    skipped: ['who skip'],
    retried: ['who retry'],
    cancelled: ['who cancel'],
    'needs-me': ['needs-me'],
    'i-wait-for': ['my-waits'],
    mine: ['my-runs', 'my-waits'],
    'under-way': ['in-flight'],
    finished: ['tally'],
    paused: ['paused'],
    health: ['health'],
    none: ['unclear', 'help', 'start'],
  },
}

const AGENCY: World = {
  subjects: [
    'Priya Raghunathan',
    "Tom O'Brien",
    'Wei Zhang',
    'Sofia Marchetti',
    'Émilie Dubois',
    'Kwame Mensah',
    'Jan-Erik Svensson',
    'Acme Robotics',
    'Northwind Traders',
    'Bluebird Bakery',
  ],
  workflows: ['Employee onboarding', 'Client onboarding', 'Equipment request'],
  right: {
    ...SHOP.right,
    'on-track': ['status', 'when', 'why'],
    'since-when': ['status', 'waits', 'why'],
    happened: ['status', 'why', 'did'],
    left: ['status', 'waits', 'when'],
    owner: ['status', 'waits', 'who start'],
    failed: ['failed'],
    help: ['help'],
    // Of approvals alone one may mean one's own, or all; without a run at hand, all that is waited for is told.
    approvals: ['needs-me', 'waiting'],
    'waits-all': ['waiting'],
    stopped: ['paused', 'stuck'],
    mine: ['my-runs', 'my-waits', 'needs-me'],
  },
}

const SAID: readonly Phrasing[] = NOTHING_ASKED.map((say) => [say, 'none', null])

describe.each<[string, readonly Phrasing[], World]>([
  ['an independent author', FIRST, OFFICE],
  ['a second one, in a hurry', SECOND, FIRM],
  ['a third one', THIRD, { ...FIRM, subjects: OTHERS }],
  ['a fourth one', FOURTH, SHOP],
  ['a fifth one, in seven voices', FIFTH, AGENCY],
])('what %s asks', (_, phrasings, world) => {
  const judged = judgeAll(phrasings, world)

  test('is understood', () => {
    const share = Math.round((judged.understood / judged.all) * 100)
    console.info(`${judged.understood} of ${judged.all} phrasings understood (${share}%)\n${judged.missed.join('\n')}`)
    expect(judged.understood / judged.all).toBeGreaterThanOrEqual(0.95)
  })

  test('is never answered as if something else had been asked', () => {
    expect(judged.wrong).toEqual([])
  })
})

test('what is said near Purser and asks nothing of it is not answered as if it did', () => {
  expect(judgeAll(SAID, AGENCY)).toMatchObject({ all: 20, wrong: [] })
})
