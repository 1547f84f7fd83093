/**
 * The bot scopes that each Web API method needs in the way in which Purser calls it; what Slack documents for the
 * method may name more, of which one for each kind of conversation is enough.
 */
export const METHOD_SCOPES: Readonly<Record<string, readonly string[]>> = {
  'auth.test': [],
  'chat.delete': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.archive': ['channels:manage'],
  'conversations.create': ['channels:manage'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.invite': ['channels:manage'],
  'conversations.list': ['channels:read', 'groups:read'],
  'conversations.open': ['im:write'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
  'files.completeUploadExternal': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'usergroups.list': ['usergroups:read'],
  'usergroups.users.list': ['usergroups:read'],
  'users.info': ['users:read'],
  'users.list': ['users:read'],
  'users.lookupByEmail': ['users:read.email'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
}

/** Scopes without which something else would be missing: the addresses in people's profiles, the keys in messages, files in forms. */
export const OTHER_SCOPES = ['commands', 'files:read', 'users:read.email', 'metadata.message:read']

export const EVENT_SCOPES: Readonly<Record<string, string | null>> = {
  app_home_opened: null,
  app_mention: 'app_mentions:read',
  member_joined_channel: 'channels:read',
  'message.im': 'im:history',
}

/** Requests to addresses that Slack handed out; they are no methods and need no scope. */
export const NO_METHODS = new Set(['response-url', 'files.upload'])

/** Commands that Slack has itself, and refuses to give away. */
export const BUILT_IN_COMMANDS = new Set(
  (
    'active apps archive away call collapse dm dnd expand feed feedback hangout help huddle invite join kick leave ' +
    'list mark me msg mute open part people prefs remind remove rename search shortcuts shrug star status topic ' +
    'unarchive who workflow'
  )
    .split(' ')
    .map((name) => `/${name}`),
)
