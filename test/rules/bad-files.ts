import { BAD_INGRESS, INGRESS } from './bad-ingress.ts'

/** A correct file, each of whose lines one of the cases below spoils. */
export const GOOD_FILE = `groups:
  ops:
    title: Ops
    user_groups: [ops]
  managers:
    title: Managers
    people: [jane.doe@acme.example]
permissions:
  default:
    start: [ops]
    see: [ops, managers]
    mark-done: [ops]
  workflows:
    employee-onboarding:
      cancel: [managers]
access:
  github:
    when: input.role in ["engineer", "designer"]
    teams: [engineering]
  payroll:
    when: true
channels:
  runs:
    default: '#processes'
    workflows:
      employee-onboarding: '#onboarding'
  alerts:
    default: C0123456789
retry:
  default:
    tries: 4
    within: 90s
    back_off: [1m, 5m]
    alert_after: 45s
    at_the_end: ask
  workflows:
    employee-onboarding:
      timeout: 2m
      steps:
        payroll:
          tries: 2
debts:
  due_days: 7
approvals:
  expense:
    groups: [managers]
    people: [ann@acme.example]
    from_form: [team]
    quorum: 2
    remind_after: [1d, 2d]
    fallback: { after: 3d, groups: [ops] }
    expires_after: 7d
    at_expiry: refuse
tasks:
  collect:
    groups: [ops]
    due_after: 3d
calendar:
  time_zone: Europe/Berlin
  working_days: [monday, tuesday]
  holidays: [2026-12-25]
absences:
  away:
    - { person: jane.doe@acme.example, from: 2026-12-21, to: 2026-12-31, delegate: john@acme.example }
  stand_ins:
    john@acme.example: jane.doe@acme.example
  fallback: { groups: [ops] }
  statuses: [palm_tree]
${INGRESS}`

/** A mistake: what is replaced by what; ▶ marks where the problem is to be told, and is taken out. */
interface BadFile {
  mistake: string
  replace: string
  by: string
  says: RegExp
  suggests: RegExp
}

const bad = (mistake: string, [replace, by]: [string, string], [says, suggests]: [RegExp, RegExp]): BadFile => ({
  mistake,
  replace,
  by,
  says,
  suggests,
})

const INPUT_RULE = `when: input.role in ["engineer", "designer"]`

/** Mistakes that are each told as one problem at one place. */
export const BAD_FILES: readonly BadFile[] = [
  ...BAD_INGRESS.map(([mistake, ...rest]) => bad(mistake, ...rest)),
  bad('an unknown section', ['debts:', '▶dets:'], [/"dets" is not known/, /did you mean debts\?/]),
  bad('a section in capitals', ['retry:\n', '▶Retry:\n'], [/"Retry" is not known/, /retry/]),
  bad('a key like no other', ['  due_days', '  ▶colour: red\n  due_days'], [/"colour"/, /known here: due_days/]),
  bad('a missing title', ['  ops:\n    title: Ops\n', '  ▶ops:\n'], [/title is missing/, /title: Ops/]),
  bad('a title that is a list', ['title: Ops', 'title: ▶[Ops]'], [/expected text, found a list/, /title: Ops/]),
  bad('an empty title', ['title: Ops', "title: ▶''"], [/too short/, /at least 1/]),
  bad(
    'a group key in capitals',
    ['  ops:\n', '  ▶HR Team: { title: HR, people: [] }\n  ops:\n'],
    [/"HR Team" cannot be/, /hr-team/],
  ),
  bad(
    'a handle with @',
    ['user_groups: [ops]', "user_groups: [▶'@ops']"],
    [/not a Slack user group/, /without @: ops/],
  ),
  bad('a handle with a space', ['user_groups: [ops]', 'user_groups: [▶Ops Team]'], [/"Ops Team"/, /ops-team/]),
  bad('one handle instead of a list', ['user_groups: [ops]', 'user_groups: ▶ops'], [/expected a list/, /\[ops\]/]),
  bad(
    'a group of nobody',
    ['  ops:\n    title: Ops\n    user_groups: [ops]', '  ▶ops:\n    title: Ops\n    user_groups: []'],
    [/nobody is in this group/, /user_groups/],
  ),
  bad(
    'an absence that ends before it begins',
    [
      '- { person: jane.doe@acme.example, from: 2026-12-21, to: 2026-12-31',
      '- ▶{ person: jane.doe@acme.example, from: 2026-12-31, to: 2026-12-21',
    ],
    [/before it begins/, /mixed up/],
  ),
  bad('an absence on a day that is none', ['to: 2026-12-31', 'to: ▶2026-12-41'], [/not a day/, /2026-12-25/]),
  bad(
    'somebody who stands in for themselves',
    [
      '- { person: jane.doe@acme.example, from: 2026-12-21, to: 2026-12-31, delegate: john@',
      '- ▶{ person: jane.doe@acme.example, from: 2026-12-21, to: 2026-12-31, delegate: jane.doe@',
    ],
    [/cannot stand in for themselves/, /somebody else/],
  ),
  bad(
    'a group that takes over and is none',
    ['fallback: { groups: [ops] }', 'fallback: { groups: [▶opps] }'],
    [/no group "opps"/, /did you mean ops\?/],
  ),
  bad(
    'nobody who takes over',
    ['fallback: { groups: [ops] }', 'fallback: ▶{ groups: [] }'],
    [/nobody takes over/, /groups: \[ops\]/],
  ),
  bad('a status that is no emoji', ['[palm_tree]', "[▶'on holiday']"], [/not the name of an emoji/, /palm_tree/]),
  bad('an address without @', ['jane.doe@acme', '▶jane.doe_acme'], [/not an e-mail address/, /jane@acme\.example/]),
  bad(
    'an address with a name',
    ['[jane.doe@acme.example]', '[▶Jane <jane.doe@acme.example>]'],
    [/not an e-mail address/, /jane\.doe@acme\.example/],
  ),
  bad('an unknown action', ['mark-done: [ops]', '▶mark_done: [ops]'], [/"mark_done"/, /did you mean mark-done\?/]),
  bad('an action far from all', ['mark-done: [ops]', '▶fire: [ops]'], [/"fire"/, /known here: start, retry/]),
  bad('an unknown group', ['start: [ops]', 'start: [▶opps]'], [/no group "opps"/, /did you mean ops\?/]),
  bad(
    'a group far from all',
    ['start: [ops]', 'start: [▶directors]'],
    [/no group "directors"/, /known: ops, managers/],
  ),
  bad(
    'one group instead of a list',
    ['start: [ops]', 'start: ▶ops'],
    [/expected a list, found the text "ops"/, /\[ops\]/],
  ),
  bad('an action without a value', ['start: [ops]', '▶start:'], [/found nothing/, /\[ops\]/]),
  bad(
    'an unknown workflow in permissions',
    ['    employee-onboarding:\n      cancel', '    ▶employe-onboarding:\n      cancel'],
    [/"employe-onboarding"/, /did you mean employee-onboarding\?/],
  ),
  bad(
    'a condition cut short',
    [INPUT_RULE, 'when: input.role in ["engineer"▶'],
    [/not valid CEL/, /the end is missing/],
  ),
  bad('one = in a condition', [INPUT_RULE, 'when: input.role ▶= "sales"'], [/not valid CEL/, /==/]),
  bad('"and" in a condition', [INPUT_RULE, 'when: has(input.role) ▶and true'], [/not valid CEL/, /&& instead of and/]),
  bad(
    'an open quote in a condition',
    [INPUT_RULE, `when: input.role == ▶"sales`],
    [/not valid CEL/, /close the quote/],
  ),
  bad(
    'an unknown variable',
    [INPUT_RULE, 'when: ▶inputs.role == "sales"'],
    [/Unknown variable: inputs/, /mean input\?/],
  ),
  bad('a bare field', [INPUT_RULE, 'when: ▶role == "sales"'], [/Unknown variable: role/, /input\.role/]),
  bad('an unknown field', [INPUT_RULE, 'when: input.▶rol == "sales"'], [/field "rol"/, /input\.role/]),
  bad('a field like no other', [INPUT_RULE, 'when: input.▶salary == 1'], [/field "salary"/, /fields: name, role/]),
  bad(
    'a mistyped method',
    [INPUT_RULE, 'when: ▶input.role.startWith("sales")'],
    [/no matching overload/, /did you mean startsWith\?/],
  ),
  bad('a condition that is a sum', [INPUT_RULE, 'when: ▶1 + 1'], [/gives int, not true or false/, /compare with/]),
  bad('a condition that is a number', [INPUT_RULE, 'when: ▶1'], [/expected text, found 1/, /when:/]),
  bad('a condition that is text', [INPUT_RULE, `when: ▶'"yes"'`], [/gives string/, /compare/]),
  bad('a mixed list', [INPUT_RULE, 'when: input.role in ["a", ▶1]'], [/same type/, /same kind/]),
  bad(
    'an unknown field in a folded text',
    [INPUT_RULE, 'when: >-\n      input.role == "sales" &&\n      input.▶tem == "Platform"'],
    [/field "tem"/, /input\.team/],
  ),
  bad(
    'an unknown field in quotes',
    [INPUT_RULE, `when: 'input.role == "sales" || input.▶nam == "Jane"'`],
    [/field "nam"/, /input\.name/],
  ),
  bad('an access rule without when', [`  github:\n    ${INPUT_RULE}\n`, '  ▶github:\n'], [/when is missing/, /when:/]),
  bad(
    'an access rule that a workflow asks for in vain',
    [`access:\n  github:\n    ${INPUT_RULE}\n`, `▶access:\n  git-hub:\n    ${INPUT_RULE}\n`],
    [/"github" is missing, which a workflow asks for/, /rename git-hub/],
  ),
  bad(
    'an approval that a workflow asks for in vain',
    ['approvals:\n  expense:', '▶approvals:\n  expences:'],
    [/"expense" is missing under approvals, which a workflow asks for/, /rename expences/],
  ),
  bad(
    'a task that a workflow asks for in vain',
    ['tasks:\n  collect:\n    groups: [ops]\n    due_after: 3d\n', '▶tasks: {}\n'],
    [/"collect" is missing under tasks/, /add collect: \{ groups/],
  ),
  bad(
    'an approval that asks nobody',
    [
      '  expense:\n    groups: [managers]\n    people: [ann@acme.example]\n    from_form: [team]\n    quorum: 2',
      '  ▶expense:\n    quorum: 1',
    ],
    [/nobody is asked here/, /from_form/],
  ),
  bad(
    'an approval that asks fewer than have to approve',
    [
      '    groups: [managers]\n    people: [ann@acme.example]\n    from_form: [team]\n    quorum: 2',
      '    people: [ann@acme.example]\n    quorum: ▶2',
    ],
    [/2 have to approve, and only 1 is asked/, /quorum: 1/],
  ),
  bad(
    'an unknown group that approves',
    ['groups: [managers]\n    people', 'groups: [▶manager]\n    people'],
    [/no group "manager"/, /managers/],
  ),
  bad('an unknown field that names people', ['from_form: [team]', 'from_form: [▶tem]'], [/"tem"/, /did you mean team/]),
  bad('nobody as quorum', ['quorum: 2', 'quorum: ▶0'], [/too small/, /at least 1/]),
  bad(
    'an unknown end of an approval',
    ['at_expiry: refuse', 'at_expiry: ▶reject'],
    [/"reject" is not one of/, /refuse/],
  ),
  bad(
    'an end without a time',
    ['    expires_after: 7d\n    at_expiry: refuse', '    at_expiry: ▶refuse'],
    [/never expires/, /expires_after/],
  ),
  bad('a reminder after the end', ['[1d, 2d]', '[1d, ▶7d]'], [/by then it has expired/, /before expires_after/]),
  bad('others who are asked after the end', ['after: 3d, groups', 'after: ▶8d, groups'], [/has expired/, /before/]),
  bad('a reminder in words', ['[1d, 2d]', '[▶daily, 2d]'], [/"daily" is not a duration/, /ms, s, m, h or d/]),
  bad('a task without an end in days', ['due_after: 3d', 'due_after: ▶soon'], [/"soon"/, /unit/]),
  bad('a zone with a typo', ['Europe/Berlin', '▶Europe/Berln'], [/not a time zone/, /did you mean Europe\/Berlin/]),
  bad('a zone that is none', ['Europe/Berlin', '▶CET'], [/"CET" is not a time zone/, /Europe\/Berlin/]),
  bad('a weekday with a typo', ['[monday, tuesday]', '[monday, ▶tusday]'], [/"tusday"/, /did you mean tuesday/]),
  bad('a holiday that is no day', ['[2026-12-25]', '[▶2026-02-30]'], [/not a day/, /2026-12-25/]),
  bad('a number without end in a setting', ['teams: [engineering]', 'teams: ▶.inf'], [/neither text/, /in quotes/]),
  bad(
    'a channel that became a comment',
    ["default: '#processes'", '▶default: #processes'],
    [/# begins a comment/, /"#processes"/],
  ),
  bad('a channel without #', ["'#processes'", '▶processes'], [/not a channel/, /"#processes"/]),
  bad('a channel in capitals', ["'#processes'", "▶'#Ops Alerts'"], [/not a channel/, /"#ops-alerts"/]),
  bad(
    'a missing default channel',
    ['  alerts:\n    default: C0123456789', '  ▶alerts: {}'],
    [/default is missing/, /default:/],
  ),
  bad(
    'an unknown workflow in channels',
    ["      employee-onboarding: '#onboarding'", "      ▶onboarding: '#onboarding'"],
    [/"onboarding"/, /employee-onboarding/],
  ),
  bad('a bare number as duration', ['within: 90s', 'within: ▶90'], [/"90" is not a duration/, /such as 90s/]),
  bad('a duration in words', ['within: 90s', 'within: ▶2 minutes'], [/not a duration/, /such as 2m/]),
  bad('a broken number as duration', ['within: 90s', 'within: ▶1.5m'], [/not a duration/, /such as 90s/]),
  bad('an unknown unit', ['within: 90s', 'within: ▶90x'], [/not a duration/, /ms, s, m, h or d/]),
  bad('a duration that is a list', ['within: 90s', 'within: ▶[90s]'], [/expected a duration/, /unit/]),
  bad('an alert later than promised', ['alert_after: 45s', 'alert_after: ▶46s'], [/promises.*60 s/, /at most 45s/]),
  bad('an alert in minutes', ['alert_after: 45s', 'alert_after: ▶5m'], [/promises.*60 s/, /at most 45s/]),
  bad('no tries', ['tries: 4', 'tries: ▶0'], [/too small/, /at least 1/]),
  bad('too many tries', ['tries: 4', 'tries: ▶50'], [/too big/, /at most 10/]),
  bad('half a try', ['tries: 4', 'tries: ▶1.5'], [/expected a whole number/, /tries: 4/]),
  bad('tries in words', ['tries: 4', 'tries: ▶four'], [/expected a number, found the text "four"/, /tries: 4/]),
  bad('a wait that is too long', ['[1m, 5m]', '[1m, ▶2h]'], [/2h is too long/, /at most 1h/]),
  bad('a wait of nothing', ['[1m, 5m]', '[▶0s, 5m]'], [/too short/, /at least 1s/]),
  bad('an unknown end', ['at_the_end: ask', 'at_the_end: ▶escalte'], [/"escalte" is not one of/, /mean escalate\?/]),
  bad('an end like no other', ['at_the_end: ask', 'at_the_end: ▶panic'], [/"panic"/, /ask or escalate/]),
  bad(
    'tries that outlast the attempt',
    ['timeout: 2m', 'timeout: ▶1m'],
    [/within \(90s\).*longer than timeout/, /set both/],
  ),
  bad('an unknown step', ['        payroll:\n', '        ▶payrol:\n'], [/"payrol"/, /did you mean payroll\?/]),
  bad('an unknown setting of a step', ['          tries: 2', '          ▶trys: 2'], [/"trys"/, /did you mean tries\?/]),
  bad('days that are text', ['due_days: 7', "due_days: ▶'7'"], [/expected a number/, /due_days: 7/]),
  bad('days beyond a year', ['due_days: 7', 'due_days: ▶400'], [/too big/, /at most 365/]),
  bad('the same key twice', ['debts:', '▶retry: {}\ndebts:'], [/unique/, /keep one of the two/]),
  bad('a tab as indentation', ['  due_days', '▶\tdue_days'], [/not valid YAML/, /spaces, not tabs/]),
  bad('an open bracket', ['start: [ops]\n    see', 'start: [ops\n    ▶see'], [/not valid YAML/, /close the bracket/]),
  bad('a value that begins with @', ['title: Ops', 'title: ▶@ops'], [/not valid YAML/, /quotes/]),
  bad('an alias that was meant as text', ['user_groups: [ops]', 'user_groups: ▶*ops'], [/not valid YAML/, /quotes/]),
  bad('two documents', ['debts:', '▶---\ndebts:'], [/not valid YAML/, /one document/]),
]
