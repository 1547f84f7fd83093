import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'
import { channelNamed } from '../connectors/slack/channels.ts'
import { formCall, slackCall } from '../connectors/slack/method.ts'
import { authTest, groupList, userByEmail } from '../connectors/slack/people.ts'
import type { BoundCall, ReadOperation } from '../domain/operation.ts'
import type { RulesFile } from '../rules/schema.ts'
import { type Check, note, ok, wrong, wrongBy } from './doctor-check.ts'
import type { DoctorEgress } from './doctor-egress.ts'

const APP = 'https://api.slack.com/apps > the app'

const channelInfo: ReadOperation<{ channel: string }, { name: string; isMember: boolean; isArchived: boolean }> = {
  ...slackCall,
  class: 'R',
  name: 'conversations.info',
  title: 'look at the channel',
  request: ({ channel }) => formCall('conversations.info', { channel }),
  answer: z
    .looseObject({
      channel: z.looseObject({
        id: z.string(),
        name: z.string().nullish(),
        is_member: z.boolean().nullish(),
        is_archived: z.boolean().nullish(),
      }),
    })
    .transform(({ channel }) => ({
      name: channel.name ?? channel.id,
      isMember: channel.is_member ?? false,
      isArchived: channel.is_archived ?? false,
    })),
}

/** The token and what it may do; the rest of Slack is asked only when Slack takes the token. */
export async function checkSlack(
  { call, overheard }: DoctorEgress,
  { baseUrl, rules }: { baseUrl: string; rules: RulesFile | null },
): Promise<Check[]> {
  try {
    const { team, user } = await call(authTest, {})
    const heard = overheard.get(new URL(baseUrl).origin)
    const token = ok('Slack', `takes the token, in the workspace ${team} as ${user}`)
    const checks = [token, checkScopes(heard?.headers['x-oauth-scopes'])]
    if (!rules) return checks
    return [...checks, ...(await checkChannels(call, rules)), ...(await checkGroups(call, rules))]
  } catch (error) {
    return [wrongBy('Slack', error)]
  }
}

const Manifest = z.looseObject({ oauth_config: z.looseObject({ scopes: z.looseObject({ bot: z.array(z.string()) }) }) })

function checkScopes(header: string | undefined): Check {
  const what = 'Slack scopes'
  if (header === undefined) return note(what, 'Slack did not say which the app has')
  const path = fileURLToPath(new URL('../../manifest.yml', import.meta.url))
  const wanted = Manifest.parse(parse(readFileSync(path, 'utf8'))).oauth_config.scopes.bot
  const has = new Set(header.split(',').map((scope) => scope.trim()))
  const lacking = wanted.filter((scope) => !has.has(scope))
  if (lacking.length === 0) return ok(what, `all ${wanted.length} of manifest.yml`)
  return wrong(
    what,
    `the app lacks ${lacking.join(', ')}`,
    `${APP} > OAuth & Permissions > Bot Token Scopes: add them, then Install App > Reinstall, and set SLACK_BOT_TOKEN anew.`,
  )
}

const NO_FALLBACK =
  'not set: a card whose channel is archived goes to whoever started the run (channels: { fallback: "#ops-overflow" })'

/** Every channel that the rules name, each looked at once. */
async function checkChannels(call: BoundCall, { channels }: RulesFile): Promise<Check[]> {
  const named = Object.values(channels).flatMap((each) =>
    typeof each === 'object' ? [each.default, ...Object.values(each.workflows)] : (each ?? []),
  )
  const checks: Check[] = []
  for (const channel of new Set(named)) checks.push(await checkChannel(call, channel))
  if (!channels.fallback) checks.push(note('Fallback channel', NO_FALLBACK))
  return checks
}

async function checkChannel(call: BoundCall, channel: string): Promise<Check> {
  const what = `Channel ${channel}`
  try {
    const id = channel.startsWith('#') ? (await channelNamed(channel.slice(1), call))?.id : channel
    if (id === undefined) {
      return wrong(
        what,
        'Purser sees no such channel',
        `Create it, or correct its name in the rules. A private channel: type /invite @Purser in it.`,
      )
    }
    const { name, isMember, isArchived } = await call(channelInfo, { channel: id })
    if (isArchived) return wrong(what, 'is archived', `Unarchive #${name}, or name another one in the rules.`)
    if (!isMember) return wrong(what, 'Purser is not in it', `Type /invite @Purser in #${name}.`)
    return ok(what, 'Purser is in it')
  } catch (error) {
    return wrongBy(what, error)
  }
}

/** The user groups and people by whom the rules say who may do what. */
async function checkGroups(call: BoundCall, { groups }: RulesFile): Promise<Check[]> {
  const checks: Check[] = []
  const handles = [...new Set(Object.values(groups).flatMap((group) => group.user_groups))]
  if (handles.length > 0) checks.push(await checkHandles(call, handles))
  const people = [...new Set(Object.values(groups).flatMap((group) => group.people))]
  if (people.length > 0) checks.push(await checkPeople(call, people))
  return checks
}

async function checkHandles(call: BoundCall, handles: readonly string[]): Promise<Check> {
  const what = 'User groups'
  try {
    const known = new Set((await call(groupList, {})).map(({ handle }) => handle))
    const lacking = handles.filter((handle) => !known.has(handle))
    if (lacking.length === 0) return ok(what, `the workspace has ${handles.map((handle) => `@${handle}`).join(', ')}`)
    return wrong(
      what,
      `the workspace has no ${lacking.map((handle) => `@${handle}`).join(', ')}: nobody is in them`,
      'Slack > Directories > People > User groups: create them, or correct the handles under groups: in the rules.',
    )
  } catch (error) {
    return wrongBy(what, error)
  }
}

async function checkPeople(call: BoundCall, people: readonly string[]): Promise<Check> {
  const what = 'People of the rules'
  try {
    const absent: string[] = []
    for (const email of people) {
      const member = await call(userByEmail, { email })
      if (!member || member.isDeactivated) absent.push(email)
    }
    if (absent.length === 0) return ok(what, `all ${people.length} are in the workspace`)
    return wrong(
      what,
      `not in the workspace: ${absent.join(', ')}`,
      'Correct the addresses under groups: in the rules.',
    )
  } catch (error) {
    return wrongBy(what, error)
  }
}

const FAR_MS = 60_000
const NEAR_MS = 5_000

/** Slack refuses signatures five minutes off, Google assertions; entries would bear wrong times. */
export function checkClock({ overheard }: DoctorEgress): Check {
  const what = 'Clock'
  const offs = [...overheard.values()].flatMap(({ aheadMs }) => aheadMs ?? [])
  if (offs.length === 0) return note(what, 'nobody answered with the time')
  const middle = offs.sort((a, b) => a - b)[Math.floor(offs.length / 2)] ?? 0
  const seconds = Math.round(Math.abs(middle) / 1000)
  const says = `${seconds} s ${middle > 0 ? 'ahead of' : 'behind'} the services’`
  if (Math.abs(middle) >= FAR_MS) return wrong(what, says, 'Set it by NTP: timedatectl set-ntp true')
  return Math.abs(middle) >= NEAR_MS ? note(what, says) : ok(what, 'agrees with the services’')
}
