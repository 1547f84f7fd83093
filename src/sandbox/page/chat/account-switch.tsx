import type { KeyboardEvent } from 'react'
import type { SandboxUser } from '../../state.ts'
import { Avatar } from './avatar.tsx'

interface Props {
  users: SandboxUser[]
  me: SandboxUser
  onChange: (account: string) => void
}

/** Whose eyes and hands the page has. */
export function AccountSwitch({ users, me, onChange }: Props) {
  const people = users.filter((user) => !user.isBot)
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const at = (people.indexOf(me) + step + people.length) % people.length
    onChange(people[at]?.account ?? me.account)
    event.currentTarget.querySelectorAll('button')[at]?.focus()
  }
  return (
    <div className="account-switch" data-testid="account-switch">
      <span className="account-label" id="act-as">
        Act as
      </span>
      <div role="radiogroup" aria-labelledby="act-as" onKeyDown={onKeyDown} className="accounts">
        {people.map((user) => (
          // biome-ignore lint/a11y/useSemanticElements: a picture with two lines of text, walked by arrows as radios are.
          <button
            key={user.id}
            type="button"
            role="radio"
            aria-checked={user.id === me.id}
            aria-label={`${user.name}, ${user.title}`}
            tabIndex={user.id === me.id ? 0 : -1}
            className="account"
            data-testid={`account-${user.account}`}
            onClick={() => onChange(user.account)}
          >
            <Avatar user={user} size="small" />
            <span className="account-text">
              <strong>
                {firstOf(user.name)}
                <span className="last-name">{user.name.slice(firstOf(user.name).length)}</span>
              </strong>
              <small>{user.isGuest ? `Guest · ${user.title}` : user.title}</small>
            </span>
          </button>
        ))}
      </div>
    </div>
  )
}

function firstOf(name: string): string {
  return name.split(' ')[0] ?? name
}
