import { z } from 'zod'
import { googleWorkspace, slack } from '../src/connectors/index.ts'
import { channelCreate } from '../src/connectors/slack/channels.ts'
import { optional, workflow } from '../src/engine/define-workflow.ts'
import { clientContract } from './client-contract.ts'
import { clientKey, NewClient } from './new-client.ts'

/** A new client: the contract, a channel for those who work for them, and each of their contacts on the list. */
export const clientOnboarding = workflow(
  {
    name: 'client-onboarding',
    version: 1,
    title: 'Client onboarding',
    input: NewClient,
    subject: ({ firm }) => ({ key: clientKey(firm), label: firm }),
  },
  ({ step, each, subflow }) => {
    const contract = subflow('contract', {
      title: 'Contract',
      workflow: clientContract,
      input: ({ input: { firm, owner, value } }) => ({ firm, owner, value }),
      leaves: 'A contract that is signed holds: end it with the client.',
    })

    const channel = step('channel', {
      title: 'Slack channel',
      after: [contract],
      uses: [slack],
      output: z.object({ channel: z.string(), name: z.string() }),
      async run({ input, use }) {
        const { id, name } = await use(slack).ensureChannel({ name: channelName(input.firm) })
        await use(slack).invite({ channel: id, user: input.owner })
        return { channel: id, name }
      },
      undo: {
        title: 'Archive the channel',
        makes: channelCreate,
        run: ({ input, use, run, result, made }) =>
          use(slack).archiveChannel({
            name: channelName(input.firm),
            id: result?.channel,
            made,
            since: run.startedAt,
          }),
      },
      leaves: 'Whom it brought into the channel, take out by hand if they are to leave: others may be at work there.',
    })

    const listed = each('contact', {
      title: 'Mailing list',
      after: [contract],
      access: 'client-mailing-list',
      items: ({ input }) => input.contacts,
      item: z.email(),
      key: (email) => email,
      concurrency: 3,
      uses: [googleWorkspace],
      output: z.object({ role: z.string() }),
      run: ({ item, use, access }) => use(googleWorkspace).ensureGroupMember({ group: listOf(access), email: item }),
      undo: {
        title: 'Take them off the list',
        run: ({ item, use, access }) => use(googleWorkspace).removeGroupMember({ group: listOf(access), email: item }),
      },
    })

    step('kickoff', {
      title: 'Word to the team',
      needs: [channel, optional(listed)],
      uses: [slack],
      output: z.object({ channel: z.string(), ts: z.string() }),
      run: ({ input, use, from, run }) =>
        use(slack).postMessage({
          channel: from(channel).channel,
          key: `kickoff/${run.id}`,
          notBefore: run.startedAt,
          text: kickoff(input, from(optional(listed))?.filter(({ result }) => result !== undefined).length ?? 0),
        }),
      undo: {
        title: 'Take the message back',
        run: ({ use, from, run, result }) =>
          use(slack).withdrawMessage({
            channel: from(channel).channel,
            key: `kickoff/${run.id}`,
            notBefore: run.startedAt,
            posted: result,
          }),
      },
    })
  },
)

const listOf = (access: Readonly<Record<string, unknown>>): string => z.string().parse(access.group)

/** Slack takes lower-case letters, digits and hyphens, 80 characters. */
const channelName = (firm: string): string =>
  `client-${firm
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')}`.slice(0, 80)

/** Slack reads these signs as markup. */
const plain = (text: string): string => text.replace(/[&<>*_~`]/g, '')

const kickoff = ({ firm, owner }: z.infer<typeof NewClient>, contacts: number): string =>
  `${plain(firm)} is a client from now on. <@${owner}> looks after them; ${contacts} of their people are on the mailing list.`
