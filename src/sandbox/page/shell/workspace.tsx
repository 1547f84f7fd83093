import { DirectoryProvider } from '../live/directory.tsx'
import { useRemembered } from '../live/use-remembered.ts'
import { type Connection, useSandbox } from '../live/use-sandbox.ts'
import { ConfirmProvider } from '../modal/confirm.tsx'
import { Desk } from './desk.tsx'

/** The page once the state has come, for the account that acts. */
export function Workspace() {
  const { state, connection } = useSandbox()
  const [account, setAccount] = useRemembered('account', 'ops')
  const people = state?.users.filter((user) => !user.isBot) ?? []
  const me = people.find((user) => user.account === account) ?? people[0]
  if (!state || !me) return <Waiting connection={connection} />
  return (
    <DirectoryProvider state={state} me={me.id}>
      {connection === 'lost' && (
        <div className="lost" role="alert">
          The sandbox is away. Trying again…
        </div>
      )}
      <ConfirmProvider>
        <Desk state={state} me={me} onAccount={setAccount} />
      </ConfirmProvider>
    </DirectoryProvider>
  )
}

function Waiting({ connection }: { connection: Connection }) {
  return (
    <div className="waiting" role="status">
      {connection === 'lost' ? 'The sandbox does not answer. Trying again…' : 'Opening the workspace…'}
    </div>
  )
}
