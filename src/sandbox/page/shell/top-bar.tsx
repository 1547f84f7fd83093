import type { SandboxState, SandboxUser } from '../../state.ts'
import { AccountSwitch } from '../chat/account-switch.tsx'
import { Icon } from './icon.tsx'
import { ThemeToggle } from './theme.tsx'
import type { useDesk } from './use-desk.ts'

interface Props {
  state: SandboxState
  me: SandboxUser
  desk: ReturnType<typeof useDesk>
  onAccount: (account: string) => void
}

/** Who acts, and the switches of the page. */
export function TopBar({ state, me, desk, onAccount }: Props) {
  const broken = state.services.filter((service) => service.faults.length > 0).length
  const trouble = broken + (state.purser.reachable ? 0 : 1)
  return (
    <header className="top-bar">
      <button
        type="button"
        className="icon-button menu-button"
        aria-label="Channels"
        aria-expanded={desk.drawer}
        data-testid="drawer-toggle"
        onClick={() => desk.setDrawer(!desk.drawer)}
      >
        <Icon name="menu" />
      </button>
      <strong className="top-name">{state.team.name}</strong>
      <AccountSwitch users={state.users} me={me} onChange={onAccount} />
      <div className="top-buttons">
        <ThemeToggle />
        <button
          type="button"
          className={`button panel-button ${desk.panel ? 'pressed' : ''}`}
          aria-pressed={desk.panel}
          aria-label={trouble > 0 ? `Services, ${trouble} in trouble` : 'Services'}
          data-testid="services-toggle"
          onClick={desk.togglePanel}
        >
          <span className={`health ${trouble > 0 ? 'bad' : ''}`} aria-hidden="true" />
          <span className="panel-word">Services</span>
          {trouble > 0 && <span className="badge">{trouble}</span>}
        </button>
      </div>
    </header>
  )
}
