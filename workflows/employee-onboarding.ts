import { z } from 'zod'
import { employeeCreate } from '../src/connectors/gusto/employees.ts'
import { github, googleWorkspace, gusto, jira, salesforce, slack } from '../src/connectors/index.ts'
import { userCreate } from '../src/connectors/jira/users.ts'
import { channelCreate } from '../src/connectors/slack/channels.ts'
import { optional, type StepContext, type StepRef, workflow } from '../src/engine/define-workflow.ts'
import { NewEmployee } from './new-employee.ts'

const texts = z.array(z.string()).default([])

type Account = StepRef<{ id: string; primaryEmail: string }>
type Calling<Uses extends AnyService> = StepContext<NewEmployee, Account, Uses>
type Undoing<Uses extends AnyService, Output> = Calling<Uses> & { result: Output | undefined; made: boolean }
type AnyService = typeof googleWorkspace | typeof github | typeof salesforce | typeof slack | typeof jira | typeof gusto

const googleAccount = {
  title: 'Google Workspace account',
  access: 'google-workspace',
  uses: [googleWorkspace],
  output: z.object({ id: z.string(), primaryEmail: z.email() }),
  async run({ input, use, access, run }: Calling<typeof googleWorkspace>) {
    const directory = use(googleWorkspace)
    const { id, primaryEmail } = await directory.ensureUser({
      primaryEmail: input.workEmail,
      ...namesOf(input.name),
      externalId: run.subject,
      orgUnitPath: z.string().optional().parse(access.org_unit),
    })
    for (const group of texts.parse(access.groups)) await directory.ensureGroupMember({ group, email: primaryEmail })
    return { id, primaryEmail }
  },
  undo: {
    title: 'Suspend the account',
    run: ({ input, use, run }: Calling<typeof googleWorkspace>) =>
      use(googleWorkspace).suspendUser({ primaryEmail: input.workEmail, externalId: run.subject }),
  },
}

const githubMembership = (account: Account) => ({
  title: 'GitHub membership',
  access: 'github',
  needs: [account],
  uses: [github],
  output: z.object({ state: z.string() }),
  run: ({ use, from, access }: Calling<typeof github>) =>
    use(github).ensureMember({ email: from(account).primaryEmail, teamSlugs: texts.parse(access.teams) }),
  undo: {
    title: 'Take the invitation back',
    run: ({ use, from, result }: Undoing<typeof github, { state: string }>) =>
      use(github).withdraw({ email: from(account).primaryEmail, isInvited: result?.state === 'invited' }),
  },
})

const salesforceLicence = (account: Account) => ({
  title: 'Salesforce user',
  access: 'salesforce',
  needs: [account],
  uses: [salesforce],
  output: z.object({ id: z.string() }),
  run: ({ input, use, from, run }: Calling<typeof salesforce>) =>
    use(salesforce).ensureUser({
      externalId: run.subject,
      email: from(account).primaryEmail,
      ...namesOf(input.name),
    }),
  undo: {
    title: 'Deactivate the user',
    run: ({ use, run }: Calling<typeof salesforce>) => use(salesforce).deactivateUser({ externalId: run.subject }),
  },
})

const welcomeChannel = (account: Account) => ({
  title: 'Slack channel',
  access: 'slack',
  needs: [account],
  uses: [slack],
  output: z.object({ channel: z.string(), name: z.string(), joined: z.boolean() }),
  async run({ input, use, from }: Calling<typeof slack>) {
    const workspace = use(slack)
    const channel = await workspace.ensureChannel({ name: channelName(input.workEmail) })
    const member = await workspace.findUser(from(account).primaryEmail)
    const people = member ? [input.manager, member.id] : [input.manager]
    for (const user of people) await workspace.invite({ channel: channel.id, user })
    return { channel: channel.id, name: channel.name, joined: member !== null }
  },
  undo: {
    title: 'Archive the channel',
    makes: channelCreate,
    run: ({ input, use, run, result, made }: Undoing<typeof slack, { channel: string }>) =>
      use(slack).archiveChannel({
        name: channelName(input.workEmail),
        id: result?.channel,
        made,
        since: run.startedAt,
      }),
  },
  leaves: 'Whom it brought into the channel, take out by hand if they are to leave: others may be at work there.',
})

const jiraUser = (account: Account) => ({
  title: 'Jira access',
  access: 'jira',
  needs: [account],
  uses: [jira],
  output: z.object({ accountId: z.string() }),
  run: ({ use, from }: Calling<typeof jira>) => use(jira).ensureUser({ email: from(account).primaryEmail }),
  undo: {
    title: 'Remove them from Jira',
    makes: userCreate,
    run: ({ use, from, result, made }: Undoing<typeof jira, { accountId: string }>) =>
      use(jira).removeUser({ email: from(account).primaryEmail, accountId: result?.accountId, made }),
  },
})

const payrollRecord = (account: Account) => ({
  title: 'Payroll record',
  access: 'payroll',
  after: [account],
  uses: [gusto],
  output: z.object({ employeeId: z.string(), jobId: z.string() }),
  run: ({ input, use }: Calling<typeof gusto>) =>
    use(gusto).ensureEmployee({
      email: input.workEmail,
      ...namesOf(input.name),
      jobTitle: `${input.role}, ${input.team}`,
      startDate: input.startDate,
    }),
  undo: {
    title: 'Delete it; once they have finished onboarding in Gusto, a person has to dismiss them',
    makes: employeeCreate,
    run: ({ input, use, result, made }: Undoing<typeof gusto, { employeeId: string }>) =>
      use(gusto).removeEmployee({ email: input.workEmail, employeeId: result?.employeeId, made }),
  },
  leaves: 'The job that it added, remove in Gusto by hand: pay may hang on it already.',
})

/** Accounts, payroll and a welcome for somebody who joins. */
export const employeeOnboarding = workflow(
  {
    name: 'employee-onboarding',
    version: 1,
    title: 'Employee onboarding',
    input: NewEmployee,
    subject: (employee) => ({ key: employee.workEmail, label: employee.name }),
    manager: ({ manager }) => manager,
  },
  ({ step }) => {
    const google = step('google-account', googleAccount)

    const slackChannel = step('slack-channel', welcomeChannel(google))
    const jiraAccess = step('jira', jiraUser(google))
    const githubAccess = step('github', githubMembership(google))
    const salesforceUser = step('salesforce', salesforceLicence(google))

    const payroll = step('payroll', payrollRecord(google))

    const granted = [
      { step: jiraAccess, says: 'Jira' },
      { step: githubAccess, says: 'GitHub: accept the invitation in your mail' },
      { step: salesforceUser, says: 'Salesforce' },
      { step: payroll, says: 'Payroll: your first payslip comes at the end of the month' },
    ].map(({ step: ref, says }) => ({ result: optional<unknown>(ref), says }))

    step('welcome', {
      title: 'Welcome message',
      needs: [slackChannel, ...granted.map(({ result }) => result)],
      uses: [slack],
      output: z.object({ channel: z.string(), ts: z.string() }),
      run: ({ input, use, from, run }) =>
        use(slack).postMessage({
          channel: from(slackChannel).channel,
          key: `welcome/${run.id}`,
          notBefore: run.startedAt,
          text: welcome(
            input,
            granted.filter(({ result }) => from(result) !== undefined).map(({ says }) => says),
          ),
        }),
      undo: {
        title: 'Take the message back',
        run: ({ use, from, run, result }) =>
          use(slack).withdrawMessage({
            channel: from(slackChannel).channel,
            key: `welcome/${run.id}`,
            notBefore: run.startedAt,
            posted: result,
          }),
      },
    })
  },
)

/** The last word is the family name; somebody with one name only has it twice, as most systems ask for both. */
function namesOf(name: string): { givenName: string; familyName: string } {
  const words = name.split(/\s+/)
  const familyName = words.at(-1) ?? name
  return { givenName: words.slice(0, -1).join(' ') || familyName, familyName }
}

/** Slack takes lower-case letters, digits, hyphens, 80 characters; the address makes it one channel a person. */
const channelName = (email: string): string =>
  `welcome-${(email.split('@')[0] ?? '').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '')}`.slice(0, 80)

function welcome(input: NewEmployee, granted: readonly string[]): string {
  const first = namesOf(input.name).givenName.replace(/[&<>*_~`]/g, '')
  const lines = ['Google Workspace: sign in with your work address', ...granted].map((line) => `• ${line}`)
  return [`Welcome, ${first}! You start on ${input.startDate}. This is ready for you:`, ...lines].join('\n')
}
