import type { SandboxUser } from '../../state.ts'

/** A person's initials on a colour of their own; Purser's mark for the app. */
export function Avatar({ user, size = 'normal' }: { user: SandboxUser | undefined; size?: 'normal' | 'small' }) {
  if (user?.isBot) {
    return (
      <span className={`avatar avatar-app avatar-${size}`} aria-hidden="true">
        <PurserMark />
      </span>
    )
  }
  const initials = (user?.name ?? '?')
    .split(' ')
    .map((word) => word[0] ?? '')
    .join('')
    .slice(0, 2)
  return (
    <span className={`avatar avatar-${size} hue-${hueOf(user?.id ?? '')}`} aria-hidden="true">
      {initials}
    </span>
  )
}

function hueOf(id: string): number {
  let sum = 0
  for (const character of id) sum = (sum * 27 + (character.codePointAt(0) ?? 0)) % 997
  return sum % 5
}

/** Purser's mark: the lines of a ledger, and the tick. */
export function PurserMark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <path d="M8 9h15M8 16h9M8 23h5" stroke="var(--brass-bright)" strokeWidth="2.8" strokeLinecap="round" />
      <path
        d="m17 21.5 3.2 3.2L26 17.5"
        fill="none"
        stroke="#fff"
        strokeWidth="2.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
