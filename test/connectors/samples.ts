import * as github from '../../src/connectors/github/operations.ts'
import { orgGet } from '../../src/connectors/github/probe.ts'
import { invitationCancel } from '../../src/connectors/github/withdraw-invitation.ts'
import { memberDelete, memberGet, memberInsert } from '../../src/connectors/google-workspace/members.ts'
import { userList as googleUserList } from '../../src/connectors/google-workspace/probe.ts'
import { tokenFetch as googleToken } from '../../src/connectors/google-workspace/token.ts'
import { userGet, userInsert, userSuspend } from '../../src/connectors/google-workspace/users.ts'
import { employeeCreate, employeeList } from '../../src/connectors/gusto/employees.ts'
import { jobCreate, jobList } from '../../src/connectors/gusto/jobs.ts'
import { tokenInfo } from '../../src/connectors/gusto/probe.ts'
import { employeeDelete } from '../../src/connectors/gusto/remove-employee.ts'
import { grantRefresh } from '../../src/connectors/gusto/token.ts'
import { documentOf } from '../../src/connectors/jira/adf.ts'
import { issueCreate, issueSearch } from '../../src/connectors/jira/issues.ts'
import { myselfGet } from '../../src/connectors/jira/probe.ts'
import { userGet as jiraUserGet, userCreate, userRemove, userSearch } from '../../src/connectors/jira/users.ts'
import {
  tokenFetch as salesforceToken,
  userDeactivate,
  userUpsert,
} from '../../src/connectors/salesforce/operations.ts'
import { limitsGet } from '../../src/connectors/salesforce/probe.ts'
import { channelArchive, channelInfo } from '../../src/connectors/slack/archive-channel.ts'
import { channelCreate, channelInvite, channelList, conversationOpen } from '../../src/connectors/slack/channels.ts'
import { fileUpload, uploadComplete, uploadPlace } from '../../src/connectors/slack/files.ts'
import { historyPage, repliesPage } from '../../src/connectors/slack/find-message.ts'
import { ephemeralPost, messageDelete, messagePost, messageUpdate } from '../../src/connectors/slack/messages.ts'
import {
  authTest,
  groupList,
  groupMembers,
  userByEmail,
  userInfo,
  userList,
} from '../../src/connectors/slack/people.ts'
import { respond } from '../../src/connectors/slack/respond.ts'
import { viewOpen, viewPublish, viewPush, viewUpdate } from '../../src/connectors/slack/windows.ts'
import type { HttpResponse, Json, Operation, Settings } from '../../src/domain/operation.ts'

const EMAIL = 'jane.doe@acme.example'
const PERSON = { email: EMAIL, givenName: 'Jane', familyName: 'Doe' }

/** What each service's endpoint would put into requests. */
export const SETTINGS: Readonly<Record<string, Settings>> = {
  slack: {},
  google: {},
  jira: { project: 'OPS', issueType: 'Task' },
  github: { org: 'acme' },
  salesforce: {
    externalIdField: 'Purser_Id__c',
    profileId: '00e000000000001AAA',
    usernameSuffix: '.acme',
    timeZone: 'Europe/Berlin',
    locale: 'en_US',
    language: 'en_US',
  },
  gusto: { companyId: 'acme' },
}

/** An operation with an input, its types out of the way, for checks that hold for all of them. */
export interface Sample {
  operation: Operation<never, unknown>
  input: unknown
  request(): ReturnType<Operation<never, unknown>['request']>
  judge(response: HttpResponse): ReturnType<NonNullable<Operation<never, unknown>['judge']>>
}

function sample<I, O>(operation: Operation<I, O>, input: I): Sample {
  return {
    operation: operation as Operation<never, unknown>,
    input,
    request: () => operation.request(input, SETTINGS[operation.service] ?? {}),
    judge: (response) => operation.judge?.(response) ?? null,
  }
}

const VIEW = {
  type: 'modal',
  title: { type: 'plain_text', text: 'Start' },
  blocks: [{ type: 'section', text: { type: 'plain_text', text: 'Hello' } }],
}
const HOME = { type: 'home', blocks: VIEW.blocks }
const CHANNEL = 'C0ONBOARD0'
const TS = '1767225600.000100'
const DESCRIPTION: Json = documentOf([{ kind: 'paragraph', text: 'GitHub is down.' }])
const EXTERNAL_ID = '01890a5d-ac96-774b-bcce-b302099a8057'

/** One sample of every operation that there is. */
export const SAMPLES: readonly Sample[] = [
  sample(messagePost, { channel: CHANNEL, text: 'Hello', blocks: VIEW.blocks, threadTs: TS, key: 'run/welcome' }),
  sample(messageUpdate, { channel: CHANNEL, ts: TS, text: 'Hello', blocks: VIEW.blocks }),
  sample(messageDelete, { channel: CHANNEL, ts: TS }),
  sample(ephemeralPost, { channel: CHANNEL, user: 'U0TIM00000', text: 'Only ops may', blocks: VIEW.blocks }),
  sample(respond, { url: 'https://hooks.slack.com/commands/T0/1/x', replace: false, text: 'Only ops may' }),
  sample(historyPage, { channel: CHANNEL, key: 'run/welcome', notBefore: 1_767_225_600_000, cursor: '' }),
  sample(repliesPage, { channel: CHANNEL, key: 'run/welcome', threadTs: TS, cursor: 'dXNlcg==' }),
  sample(viewOpen, { triggerId: '1.2.3', view: VIEW }),
  sample(viewPush, { triggerId: '1.2.3', view: VIEW }),
  sample(viewUpdate, { viewId: 'V123', view: VIEW, hash: '156.abc' }),
  sample(viewPublish, { user: 'U0TIM00000', view: HOME }),
  sample(userList, { cursor: '' }),
  sample(userInfo, { user: 'U0TIM00000' }),
  sample(userByEmail, { email: EMAIL }),
  sample(groupList, {}),
  sample(groupMembers, { group: 'S0OPS00000' }),
  sample(authTest, {}),
  sample(channelList, { name: 'welcome', cursor: '' }),
  sample(channelCreate, { name: 'welcome', isPrivate: false }),
  sample(channelInvite, { channel: CHANNEL, user: 'U0TIM00000' }),
  sample(channelInfo, { channel: CHANNEL }),
  sample(channelArchive, { channel: CHANNEL }),
  sample(conversationOpen, { user: 'U0TIM00000' }),
  sample(uploadPlace, { name: 'audit.csv', bytes: 12 }),
  sample(fileUpload, { url: 'https://files.slack.com/upload/v1/place', bytes: Buffer.from('id,at\n') }),
  sample(uploadComplete, { fileId: 'F123', title: 'audit.csv', channel: CHANNEL }),
  sample(googleUserList, {}),
  sample(userGet, { email: EMAIL }),
  sample(userInsert, {
    primaryEmail: EMAIL,
    givenName: 'Jane',
    familyName: 'Doe',
    externalId: EXTERNAL_ID,
    password: 'not-a-real-one',
    orgUnitPath: '/Engineering',
    recoveryEmail: 'jane@home.example',
  }),
  sample(userSuspend, { id: '100000000000000000001' }),
  sample(memberGet, { group: 'eng@acme.example', email: EMAIL }),
  sample(memberInsert, { group: 'eng@acme.example', email: EMAIL, role: 'MEMBER' }),
  sample(memberDelete, { group: 'eng@acme.example', email: EMAIL }),
  sample(googleToken, { assertion: 'a.b.c', url: 'https://oauth2.googleapis.com/token' }),
  sample(myselfGet, {}),
  sample(userSearch, { email: EMAIL }),
  sample(jiraUserGet, { accountId: '712020:jane' }),
  sample(userCreate, { email: EMAIL, products: ['jira-software'] }),
  sample(userRemove, { accountId: '712020:jane' }),
  sample(issueSearch, { label: 'run-1' }),
  sample(issueCreate, { summary: 'Payroll of Jane Doe', description: DESCRIPTION, label: 'run-1' }),
  sample(orgGet, {}),
  sample(github.teamGet, { slug: 'platform' }),
  sample(github.invitationList, { email: EMAIL, page: 1 }),
  sample(github.invitationCreate, { email: EMAIL, teamIds: [7] }),
  sample(invitationCancel, { email: EMAIL, isInvited: true, id: 7 }),
  sample(github.orgMembershipPut, { username: 'jane-doe' }),
  sample(github.teamMembershipPut, { username: 'jane-doe', slug: 'platform' }),
  sample(limitsGet, {}),
  sample(userUpsert, { ...PERSON, externalId: EXTERNAL_ID }),
  sample(userDeactivate, { externalId: EXTERNAL_ID }),
  sample(salesforceToken, { clientId: 'client', clientSecret: 'not-a-real-one' }),
  sample(tokenInfo, {}),
  sample(employeeList, { email: EMAIL, page: 1 }),
  sample(employeeCreate, PERSON),
  sample(employeeDelete, { employeeId: 'employee-1' }),
  sample(jobList, { employeeId: 'employee-1' }),
  sample(jobCreate, { employeeId: 'employee-1', title: 'Engineer', startDate: '2026-11-02' }),
  sample(grantRefresh, { clientId: 'client', clientSecret: 'not-a-real-one', refreshToken: 'not-a-real-one' }),
]
