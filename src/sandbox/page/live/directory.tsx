import { createContext, type ReactNode, useContext, useRef } from 'react'
import type { SandboxState, SandboxUser } from '../../state.ts'
import { shareUnchanged } from './share-unchanged.ts'

export interface Directory {
  me: string
  users: Record<string, SandboxUser>
  /** Handles of user groups, by id. */
  groups: Record<string, string>
  channels: Record<string, { id: string; name: string; kind: string }>
}

const Context = createContext<Directory>({ me: '', users: {}, groups: {}, channels: {} })

/** Gives the texts below the names of people and channels; what reads it is drawn again only when a name changes. */
export function DirectoryProvider(props: { state: SandboxState; me: string; children: ReactNode }) {
  const last = useRef<Directory | null>(null)
  const directory = shareUnchanged(last.current, {
    me: props.me,
    users: Object.fromEntries(props.state.users.map((user) => [user.id, user])),
    groups: Object.fromEntries(props.state.groups.map(({ id, handle }) => [id, handle])),
    channels: Object.fromEntries(props.state.channels.map(({ id, name, kind }) => [id, { id, name, kind }])),
  })
  last.current = directory
  return <Context value={directory}>{props.children}</Context>
}

/** The people and channels by id. */
export function useDirectory(): Directory {
  return useContext(Context)
}
