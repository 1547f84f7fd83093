import type { Faults } from '../faults.ts'
import { APP, TEAM } from '../seed.ts'
import { findChannel } from '../slack/channels.ts'
import { shownView } from '../slack/interactions/interaction.ts'
import type { RequestLog } from '../slack/request-log.ts'
import type { Channel, Workspace } from '../slack/workspace.ts'
import type { SandboxChannel, SandboxMail, SandboxState } from '../state.ts'
import type { Outside } from './outside-view.ts'

const MESSAGES_SHOWN = 200
const MAILS_SHOWN = 50

interface Shown {
  workspace: Workspace
  faults: Faults
  log: RequestLog
  outside: Outside
  purserPid: number | null
  mails: readonly SandboxMail[]
  /** All messages of this channel and no other channel; the newest 200 of every channel otherwise. */
  only: string | null
}

/** The state as `GET /sandbox/state` answers it. */
export function showState({ workspace, faults, log, outside, purserPid, mails, only }: Shown): SandboxState {
  const one = only === null ? null : findChannel(workspace, only)
  const channels = only === null ? [...workspace.channels.values()] : one ? [one] : []
  const slack = { name: 'slack', title: 'Slack', faults: faults.list('slack'), ...log.counts() }
  return {
    team: TEAM,
    app: { userId: APP.userId, botId: APP.botId, name: APP.name },
    users: [...workspace.users.values()],
    groups: workspace.groups.map(({ id, handle }) => ({ id, handle })),
    channels: channels.map((channel) => shownChannel(channel, only === null ? MESSAGES_SHOWN : 0)),
    ephemerals: workspace.ephemerals,
    views: Object.fromEntries([...workspace.views].map(([user, stack]) => [user, stack.map(shownView)])),
    homes: Object.fromEntries([...workspace.homes].map(([user, home]) => [user, shownView(home)])),
    files: [...workspace.files.values()].map(({ bytes: _bytes, ...file }) => file),
    services: [slack, ...outside.services],
    mails: mails.slice(-MAILS_SHOWN),
    incidents: outside.incidents,
    purser: { reachable: outside.purserReachable, pid: purserPid },
  }
}

/** The channel with its newest messages; 0 means all. */
function shownChannel({ index: _index, ...channel }: Channel, newest: number): SandboxChannel {
  return { ...channel, messages: channel.messages.slice(-newest) }
}
