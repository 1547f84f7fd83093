import { z } from 'zod'
import { github, gusto, jira, slack } from '../../../src/connectors/index.ts'
import { optional, workflow } from '../../../src/engine/define-workflow.ts'

const Contact = z.object({ email: z.email(), name: z.string() })
const input = z.object({ email: z.email(), name: z.string(), contacts: z.array(Contact) })
const subject = ({ email, name }: z.infer<typeof input>) => ({ key: email, label: name })
const posted = z.object({ channel: z.string(), ts: z.string() })
const CHANNEL = '#ops-alerts'

/** What a person does by hand, and a record behind it. */
const desk = workflow(
  {
    name: 'sample-desk',
    version: 1,
    title: 'A desk',
    input: Contact,
    subject: ({ email, name }) => ({ key: email, label: name }),
  },
  ({ step, task }) => {
    const ready = task('ready', {
      title: 'Set it up',
      instructions: () => 'Set it up.',
      evidence: z.object({ room: z.string() }),
    })
    step('record', {
      title: 'Record it',
      after: [ready],
      uses: [gusto],
      output: z.object({ employeeId: z.string() }),
      run: ({ use, input: { email } }) =>
        use(gusto).ensureEmployee({
          email,
          givenName: 'Jane',
          familyName: 'Doe',
          jobTitle: 'Guest',
          startDate: '2026-12-01',
        }),
    })
  },
)

/** An approval by two, an item for each contact, a wait, another workflow, and a word behind all of them. */
const partners = workflow(
  { name: 'sample-partners', version: 1, title: 'Partners', input, subject },
  ({ step, approval, each, delay, subflow }) => {
    const agreed = approval('agreed', { title: 'Agreement' })
    const invited = each('invite', {
      title: 'Invite',
      after: [agreed],
      uses: [github],
      output: z.object({ state: z.string() }),
      items: ({ input: { contacts } }) => contacts,
      item: Contact,
      key: ({ email }) => email,
      label: ({ name }) => name,
      concurrency: 2,
      run: ({ use, item }) => use(github).ensureMember({ email: item.email, teamSlugs: [] }),
    })
    const pause = delay('pause', { title: 'Let it sink in', after: [agreed], for: () => 3_600_000 })
    const place = subflow('place', {
      title: 'A desk',
      after: [pause],
      workflow: desk,
      input: ({ input: { name } }) => ({ email: 'guest@acme.example', name }),
    })
    step('tell', {
      title: 'Say so',
      needs: [optional(invited), optional(place)],
      uses: [slack],
      output: posted,
      run: ({ use, run }) =>
        use(slack).postMessage({
          channel: CHANNEL,
          key: `tell/${run.id}`,
          notBefore: run.startedAt,
          text: 'All are here.',
        }),
    })
  },
)

/** Begun, and called off: what was made is taken back, the last one first. */
const calledOff = workflow(
  { name: 'sample-called-off', version: 1, title: 'Called off', input, subject },
  ({ step, approval }) => {
    const access = step('access', {
      title: 'Access',
      uses: [jira, slack],
      output: z.object({ accountId: z.string() }),
      run: ({ use, input: { email } }) => use(jira).ensureUser({ email }),
      undo: {
        title: 'Ask for it back',
        run: async ({ use, run }) =>
          void (await use(slack).postMessage({
            channel: CHANNEL,
            key: `access-back/${run.id}`,
            notBefore: run.startedAt,
            text: 'Back.',
          })),
      },
    })
    const word = step('word', {
      title: 'A word',
      after: [access],
      uses: [slack],
      output: posted,
      run: ({ use, run }) =>
        use(slack).postMessage({
          channel: CHANNEL,
          key: `word/${run.id}`,
          notBefore: run.startedAt,
          text: 'It begins.',
        }),
      undo: {
        title: 'Take it back',
        run: async ({ use, run }) =>
          void (await use(slack).postMessage({
            channel: CHANNEL,
            key: `word-back/${run.id}`,
            notBefore: run.startedAt,
            text: 'Not so.',
          })),
      },
    })
    approval('call-off', { title: 'Is it right?', after: [word] })
  },
)

/** One for each kind of step that the index may not have. */
export const samples = [partners, calledOff, desk]
