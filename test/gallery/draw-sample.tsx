import type { HomeView, ModalView } from '@slack/types'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { Blocks } from '../../src/sandbox/page/blocks/blocks.tsx'
import { ActingSurface } from '../../src/sandbox/page/blocks/surface.tsx'
import { Message } from '../../src/sandbox/page/chat/message.tsx'
import { DirectoryProvider } from '../../src/sandbox/page/live/directory.tsx'
import { Modal } from '../../src/sandbox/page/modal/modal.tsx'
import { APP, seedUsers, TEAM } from '../../src/sandbox/seed.ts'
import type { SandboxState } from '../../src/sandbox/state.ts'
import type { Drawing } from '../../views/drawing.ts'
import { T0 } from '../views/sample-run.ts'

type Sample = Drawing | ModalView | HomeView

const people = [
  { id: 'U0OPS', account: 'ops', name: 'Olga Ops' },
  { id: 'U0TIM', account: 'teammate', name: 'Tim Teammate' },
].map((each) => ({ ...each, title: '', email: '', isBot: false, isGuest: false }))

const state: SandboxState = {
  team: TEAM,
  app: APP,
  users: [...people, ...seedUsers()],
  groups: [{ id: 'S0OPS', handle: 'ops' }],
  ...{ channels: [], ephemerals: [], views: {}, homes: {}, files: [], services: [], mails: [], incidents: [] },
  purser: { reachable: true, pid: null },
}

/** A card, a window or a Home as the sandbox's page draws it. */
export const drawSample = (sample: Sample): string =>
  renderToStaticMarkup(
    <DirectoryProvider state={state} me="U0OPS">
      {drawn(sample)}
    </DirectoryProvider>,
  )

function drawn(sample: Sample): ReactNode {
  if ('text' in sample) return <Message message={messageOf(sample)} channel="C0" files={[]} />
  if (sample.type === 'home') {
    return (
      <section className="home">
        <div className="home-content">
          <ActingSurface act={() => Promise.resolve()}>
            <Blocks blocks={sample.blocks} />
          </ActingSurface>
        </div>
      </section>
    )
  }
  const open = { id: 'V0', callbackId: '', hash: '', view: {}, errors: {} }
  return <Modal me="U0OPS" open={open} view={sample} depth={1} values={{}} keep={() => undefined} />
}

const messageOf = ({ blocks, text }: Drawing) => ({
  ...{ ts: String(T0 / 1000), user: APP.userId, text, blocks, editedAt: null, metadata: null, replies: [] },
})
