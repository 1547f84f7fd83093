import { openEscalationTicket } from '../../../src/connectors/escalation-ticket.ts'
import { CONNECTORS, github, googleWorkspace, gusto, jira, salesforce, slack } from '../../../src/connectors/index.ts'
import { conversationOpen } from '../../../src/connectors/slack/channels.ts'
import { fileUpload, uploadComplete, uploadPlace } from '../../../src/connectors/slack/files.ts'
import { repliesPage } from '../../../src/connectors/slack/find-message.ts'
import { ephemeralPost, messageDelete, messageUpdate } from '../../../src/connectors/slack/messages.ts'
import { authTest, groupList, groupMembers, userInfo, userList } from '../../../src/connectors/slack/people.ts'
import { respond } from '../../../src/connectors/slack/respond.ts'
import { viewOpen, viewPublish, viewPush, viewUpdate } from '../../../src/connectors/slack/windows.ts'
import type { BoundCall } from '../../../src/domain/operation.ts'
import { CHANNEL_IDS, USER_IDS } from '../../../src/sandbox/seed.ts'
import type { MemoryWorld } from '../support/memory-world.ts'

type Do = (call: BoundCall, world: MemoryWorld) => Promise<unknown>

/** Something that Purser has done at a service, in one attempt of a step. */
export interface Deed {
  name: string
  do: Do
  /** What takes it back: a step of its own, so that it is never done again once this has begun. */
  undo?: Do
  /** Gusto is called by a token that is refreshed. */
  refreshed?: true
}

const EMAIL = 'jane.doe@acme.example'
const PERSON = { email: EMAIL, givenName: 'Jane', familyName: 'Doe' }
const EXTERNAL_ID = '01890a5d-ac96-774b-bcce-b302099a8057'
const BLOCKS = [{ type: 'section', text: { type: 'plain_text', text: 'Hello' } }]
const CHANNEL = CHANNEL_IDS.onboarding
const MODAL = { type: 'modal', title: { type: 'plain_text', text: 'Start' }, blocks: BLOCKS }
const TICKET = {
  label: 'purser run/1 payroll',
  workflow: 'Employee onboarding',
  subject: 'Jane Doe',
  step: 'Create the payroll record',
  runId: 'run-1',
  what: 'Gusto took the request and did not answer.',
  hint: 'Look in Gusto.',
  reason: 'payday is tomorrow',
  by: 'Tim Teammate',
  since: '2026-11-02 09:14 UTC',
  done: [],
  safe: 'Unknown.',
  links: [],
}

const services: Deed[] = [
  {
    name: 'an account and its group at Google, taken back',
    async do(call) {
      const client = googleWorkspace.client(call)
      await client.ensureUser({ ...PERSON, primaryEmail: EMAIL, externalId: EXTERNAL_ID })
      await client.ensureGroupMember({ group: 'everyone@acme.example', email: EMAIL })
    },
    async undo(call) {
      const client = googleWorkspace.client(call)
      await client.removeGroupMember({ group: 'everyone@acme.example', email: EMAIL })
      await client.suspendUser({ primaryEmail: EMAIL, externalId: EXTERNAL_ID })
    },
  },
  {
    name: 'a user of Salesforce, taken back',
    do: (call) => salesforce.client(call).ensureUser({ ...PERSON, externalId: EXTERNAL_ID }),
    undo: (call) => salesforce.client(call).deactivateUser({ externalId: EXTERNAL_ID }),
  },
  {
    name: 'an invitation to GitHub',
    do: (call) => github.client(call).ensureMember({ email: EMAIL, teamSlugs: ['platform'] }),
  },
  {
    name: 'an invitation to GitHub, taken back',
    do: (call) => github.client(call).ensureMember({ email: EMAIL, teamSlugs: [] }),
    undo: (call) => github.client(call).withdraw({ email: EMAIL, isInvited: true }),
  },
  {
    name: 'a member of GitHub',
    do: (call) => github.client(call).ensureMember({ email: EMAIL, teamSlugs: ['web'], username: 'jane-doe' }),
  },
  {
    name: 'an employee at Gusto, taken back',
    do: (call) => gusto.client(call).ensureEmployee({ ...PERSON, jobTitle: 'Engineer', startDate: '2026-12-01' }),
    undo: (call) => gusto.client(call).removeEmployee({ email: EMAIL, made: true }),
  },
  {
    name: 'an employee at Gusto, by a token that is refreshed',
    do: (call) => gusto.client(call).ensureEmployee({ ...PERSON, jobTitle: 'Engineer', startDate: '2026-12-01' }),
    refreshed: true,
  },
  {
    name: 'access to Jira, taken back',
    do: (call) => jira.client(call).ensureUser({ email: EMAIL }),
    undo: (call) => jira.client(call).removeUser({ email: EMAIL, made: true }),
  },
  { name: 'a ticket in Jira', do: (call) => openEscalationTicket(call, TICKET) },
]

/** What is read of each service now and then, to see whether it answers. */
const looks: Deed[] = CONNECTORS.map(({ connector: { title, probe } }) => ({
  name: `a look whether ${title} answers`,
  do: (call) => call(probe, {}),
}))

const conversations: Deed[] = [
  {
    name: 'a channel and who is in it',
    async do(call) {
      const client = slack.client(call)
      const { id } = await client.ensureChannel({ name: 'welcome-jane-doe' })
      await client.invite({ channel: id, user: USER_IDS.teammate })
      await client.postMessage({ channel: '#welcome-jane-doe', key: 'welcome/1', text: 'Welcome' })
    },
  },
  {
    name: 'a channel and a message in it, taken back',
    async do(call) {
      const client = slack.client(call)
      const { id } = await client.ensureChannel({ name: 'welcome-jane-doe' })
      await client.postMessage({ channel: id, key: 'welcome/1', text: 'Welcome' })
    },
    async undo(call) {
      const client = slack.client(call)
      await client.withdrawMessage({ channel: '#welcome-jane-doe', key: 'welcome/1' })
      await client.archiveChannel({ name: 'welcome-jane-doe', made: false, since: 0 })
    },
  },
  {
    name: 'a message, its thread, changed and taken away',
    async do(call) {
      const client = slack.client(call)
      const posted = await client.postMessage({ channel: CHANNEL, key: 'card/1', text: 'Hello', blocks: BLOCKS })
      await client.postMessage({ channel: CHANNEL, key: 'note/1', text: 'And so on', threadTs: posted.ts })
      await call(repliesPage, { channel: CHANNEL, key: 'note/1', threadTs: posted.ts, cursor: '' })
      await call(messageUpdate, { ...posted, text: 'Hello again', blocks: BLOCKS })
      const other = await client.postMessage({ channel: CHANNEL, key: 'card/2', text: 'Not for long' })
      await call(messageDelete, other)
    },
  },
  {
    name: 'a word to one person',
    async do(call) {
      await call(conversationOpen, { user: USER_IDS.ops })
      await call(ephemeralPost, { channel: CHANNEL, user: USER_IDS.ops, text: 'Only ops may' })
    },
  },
  {
    name: 'an answer to a click',
    do: (call, { slack: workspace }) =>
      call(respond, { url: workspace.respondTo(USER_IDS.ops, CHANNEL), replace: false, text: 'Only ops may' }),
  },
  {
    name: 'a file, asked for, uploaded and shared',
    async do(call) {
      const bytes = Buffer.from('id,at\n')
      const { fileId, url } = await call(uploadPlace, { name: 'audit.csv', bytes: bytes.length })
      await call(fileUpload, { url, bytes })
      await call(uploadComplete, { fileId, title: 'audit.csv', channel: CHANNEL })
    },
  },
  {
    name: 'who is who',
    async do(call) {
      await call(authTest, {})
      await call(userList, { cursor: '' })
      await call(userInfo, { user: USER_IDS.ops })
      await call(groupList, {})
      await call(groupMembers, { group: 'S0OPS00000' })
      await slack.client(call).findUser('ops@acme.example')
    },
  },
  {
    name: 'a window, and the Home tab',
    async do(call, { slack: workspace }) {
      const { viewId } = await call(viewOpen, { triggerId: workspace.trigger(USER_IDS.ops), view: MODAL })
      await call(viewUpdate, { viewId, view: MODAL })
      await call(viewPush, { triggerId: workspace.trigger(USER_IDS.ops, viewId), view: MODAL })
      await call(viewPublish, { user: USER_IDS.ops, view: { type: 'home', blocks: BLOCKS } })
    },
  },
]

/** One of everything, so that each operation is sent. */
export const DEEDS: readonly Deed[] = [...services, ...looks, ...conversations]
