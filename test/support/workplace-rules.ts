interface Pace {
  /** As in a rules file. */
  tries?: number
  firstDelay?: string
  backOff?: string
  alertAfter?: string
  timeout?: string
  atTheEnd?: 'ask' | 'escalate'
}

/** What the service for signatures sends, and by when. */
const SIGNATURES = `hooks:
  contracts:
    signature: standard-webhooks
    on:
      - when: body.type == "contract.signed"
        deliver: contract-signed
        key: body.data.client.lowerAscii()
        payload: { signedOn: body.data.signed_on, link: body.data.link }
      - when: body.type == "ping"
        ignore: true
events:
  contract-signed: { expected_within: 10d, deadline: 30d, at_deadline: fail }
`

/** The rules of Acme with a quick pace, so that a failure takes seconds and not an hour. */
export const workplaceRules = (pace: Pace = {}): string => `${rulesWithoutHooks(pace)}${SIGNATURES}`

/** The same, where a test says itself what comes in. */
export function rulesWithoutHooks(pace: Pace = {}): string {
  const { tries = 3, firstDelay = '100ms', backOff = '[2s, 5s]', alertAfter = '1s', timeout = '20s' } = pace
  return `
groups:
  ops: { title: Ops, user_groups: [ops] }
  teammates: { title: Teammates, user_groups: [teammates] }
  managers: { title: Managers, user_groups: [managers] }
permissions:
  default:
    start: [ops]
    see: [ops, teammates, managers]
    retry: [ops, teammates]
    skip: [ops, teammates]
    escalate: [ops, teammates]
    mark-done: [ops]
    cancel: [ops]
    audit: [ops, managers]
    audit-export: [ops]
access:
  google-workspace: { when: true, org_unit: /Staff, groups: [everyone@acme.example] }
  slack: { when: true, channels: ['#general'] }
  jira: { when: 'input.role in ["engineer", "engineering-manager"]', groups: [jira-software-users] }
  github: { when: 'input.role in ["engineer", "engineering-manager"]', teams: [engineering] }
  salesforce: { when: 'input.role in ["engineer", "sales", "support"]', profile: Standard User }
  payroll: { when: 'input.employmentType != "contractor"' }
  client-mailing-list: { when: true, group: clients@acme.example }
approvals:
  equipment: { from_form: [manager], groups: [teammates] }
  client-contract: { groups: [managers, teammates] }
tasks:
  order-equipment: { groups: [ops], due_after: 3d }
channels:
  runs:
    default: '#ops-alerts'
    workflows: { employee-onboarding: '#onboarding' }
  alerts: { default: '#ops-alerts' }
retry:
  default:
    tries: ${tries}
    within: 15s
    first_delay: ${firstDelay}
    back_off: ${backOff}
    alert_after: ${alertAfter}
    timeout: ${timeout}
    at_the_end: ${pace.atTheEnd ?? 'ask'}
debts: { due_days: 7 }
`
}
