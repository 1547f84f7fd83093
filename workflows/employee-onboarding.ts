import { z } from 'zod'
import { github, googleWorkspace, gusto, jira, salesforce, slack } from '../src/connectors/index.ts'
import { optional, type StepContext, type StepRef, workflow } from '../src/engine/define-workflow.ts'
import { NewEmployee } from './new-employee.ts'

const texts = z.array(z.string()).default([])

type Account = StepRef<{ id: string; primaryEmail: string }>
type Calling<Uses extends AnyService> = StepContext<NewEmployee, Account, Uses>
type Undoing<Uses extends AnyService, Output> = Calling<Uses> & { result: Output | undefined }
type AnyService = typeof googleWorkspace | typeof github | typeof salesforce

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

    const slackChannel = step('slack-channel', {
      title: 'Slack channel',
      access: 'slack',
      needs: [google],
      uses: [slack],
      output: z.object({ channel: z.string(), name: z.string(), joined: z.boolean() }),
      async run({ input, use, from }) {
        const workspace = use(slack)
        const channel = await workspace.ensureChannel({ name: channelName(input.workEmail) })
        const member = await workspace.findUser(from(google).primaryEmail)
        const people = member ? [input.manager, member.id] : [input.manager]
        for (const user of people) await workspace.invite({ channel: channel.id, user })
        return { channel: channel.id, name: channel.name, joined: member !== null }
      },
    })

    const jiraAccess = step('jira', {
      title: 'Jira access',
      access: 'jira',
      needs: [google],
      uses: [jira],
      output: z.object({ accountId: z.string() }),
      run: ({ use, from }) => use(jira).ensureUser({ email: from(google).primaryEmail }),
    })

    const githubAccess = step('github', githubMembership(google))
    const salesforceUser = step('salesforce', salesforceLicence(google))

    const payroll = step('payroll', {
      title: 'Payroll record',
      access: 'payroll',
      after: [google],
      uses: [gusto],
      output: z.object({ employeeId: z.string(), jobId: z.string() }),
      run: ({ input, use }) =>
        use(gusto).ensureEmployee({
          email: input.workEmail,
          ...namesOf(input.name),
          jobTitle: `${input.role}, ${input.team}`,
          startDate: input.startDate,
        }),
    })

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
