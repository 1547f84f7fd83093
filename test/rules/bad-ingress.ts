/** The sections on what comes from outside and what starts by the clock, correct. */
export const INGRESS = `events:
  contract-signed:
    expected_within: 10d
    deadline: 30d
    at_deadline: fail
    may_come_early: 7d
hooks:
  contracts:
    signature: standard-webhooks
    id: body.id
    on:
      - when: body.type == "contract.signed"
        deliver: contract-signed
        key: body.data.contract
        payload: { signedAt: body.data.signed_at }
      - when: body.type == "person.hired"
        start: employee-onboarding
        input: { name: body.data.name, role: body.data.role }
      - ignore: true
api:
  hr-platform:
    start: [employee-onboarding]
    see: [employee-onboarding]
    deliver: [contract-signed]
schedules:
  review:
    cron: '0 9 1 * *'
    time_zone: Europe/London
    start: employee-onboarding
    input: { name: 'Review {month}' }
    missed: once
`

type BadIngress = [mistake: string, [replace: string, by: string], [says: RegExp, suggests: RegExp]]

/** Mistakes in these sections, each told as one problem at one place. */
export const BAD_INGRESS: readonly BadIngress[] = [
  [
    'an event that nobody waits for',
    ['  contract-signed:\n    exp', '  ▶contract-signd:\n    exp'],
    [/"contract-signd" is not known/, /contract-signed\?/],
  ],
  ['an expectation behind the deadline', ['within: 10d', 'within: ▶40d'], [/has passed/, /before the deadline/]],
  ['an end without a deadline', ['    deadline: 30d\n    at_deadline: ', '    at_deadline: ▶'], [/no deadline/, /add/]],
  ['an end that is not known', ['at_deadline: fail', 'at_deadline: ▶wait'], [/"wait" is not one of/, /fail/]],
  ['a signature that is not known', ['signature: standard-', 'signature: ▶standart-'], [/not one of/, /standard-webh/]],
  ['an id that is no CEL', ['id: body.id', 'id: body ▶id'], [/not valid CEL/, /./]],
  ['a field of nothing', ['id: body.id', 'id: ▶bdy.id'], [/not valid CEL/, /did you mean body\?/]],
  [
    'a hook’s condition that is text',
    ['when: body.type == "contract.signed"', `when: ▶'"yes"'`],
    [/not true or/, /compare/],
  ],
  ['a hook that does nothing', ['      - ignore: true', '      - ▶when: true'], [/nothing is said/, /deliver/]],
  [
    'a hook that does two things',
    [
      '      - ignore: true',
      '      - ▶ignore: true\n        start: employee-onboarding\n        input: { name: body.n }',
    ],
    [/more than one thing/, /one of/],
  ],
  [
    'an event delivered that nobody waits for',
    ['deliver: contract-s', 'deliver: ▶contracts-s'],
    [/there is no/, /did/],
  ],
  [
    'an event without a key',
    [
      '      - when: body.type == "contract.signed"\n        deliver: contract-signed\n        key: body.data.contract\n',
      '      - ▶when: body.type == "contract.signed"\n        deliver: contract-signed\n',
    ],
    [/key is missing/, /add key/],
  ],
  [
    'a key of a start',
    ['name: body.data.name,', 'nam: ▶body.data.name, name: body.x,'],
    [/no field "nam"/, /name, role/],
  ],
  ['a form without what it asks for', ['{ name: body.data.name, role', '▶{ role'], [/also needs name/, /add name/]],
  [
    'a client that may start what is not there',
    ['    start: [employee-o', '    start: [▶employe-o'],
    [/no workflow/, /did/],
  ],
  ['a right that is not known', ['    see: [employee', '    ▶look: [employee'], [/"look" is not known/, /start, see/]],
  ['a schedule of six fields', ["'0 9 1 * *'", "▶'0 0 9 1 * *'"], [/full minutes/, /five fields/]],
  ['a schedule in words', ["'0 9 1 * *'", '▶every monday'], [/not a cron schedule/, /minute hour/]],
  ['an hour that is none', ["'0 9 1 * *'", "▶'0 25 1 * *'"], [/25 is a invalid/, /minute hour/]],
  ['a day that never comes', ["'0 9 1 * *'", "▶'0 9 31 feb *'"], [/impossible day/, /minute hour/]],
  ['days of month and week', ["'0 9 1 * *'", "▶'0 9 1 * mon'"], [/days of the month and/, /two schedules/]],
  ['the nearest working day', ["'0 9 1 * *'", "▶'0 9 15W * *'"], [/L, the last/, /0 9 L/]],
  ['a zone of a schedule', ['Europe/London', '▶Europe/Londn'], [/not a time zone/, /Europe\/London\?/]],
  [
    'a placeholder that is not known',
    ["'Review {month}'", "▶'Review {monht}'"],
    [/nothing is filled in/, /\{month\}\?/],
  ],
  ['an input that the form refuses', ["'Review {month}'", '▶5'], [/does not take this: name is not text/, /form/]],
  ['an input without its field', ["{ name: 'Review {month}' }", '▶{}'], [/does not take it: name/, /name, role/]],
  ['what becomes of missed times', ['missed: once', 'missed: ▶twice'], [/"twice" is not one of/, /skip/]],
]
