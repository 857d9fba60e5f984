import { askApp } from '../state/actions.ts';
import { useWindow } from '../state/store.ts';
import { IconChevron, IconFolder, IconSample } from '../ui/icons.tsx';
import { Menu, type MenuItem } from '../ui/Menu.tsx';

/** Shows the open workspace's name, and opens another one. */
export function WorkspaceMenu() {
  const engine = useWindow((state) => state.engine);
  const app = useWindow((state) => state.app);
  const open = engine?.name === 'open' ? engine.session.workspace : null;
  const name = open?.name ?? 'No workspace';
  const recents = (app?.recents ?? []).filter((recent) => recent.root !== open?.root);
  const items: MenuItem[] = [
    {
      id: 'open',
      label: 'Open workspace\u2026',
      icon: <IconFolder />,
      act: () => void askApp('openWorkspace', {}),
    },
    { id: 'sample', label: 'Open sample', icon: <IconSample />, act: () => void askApp('openSample', {}) },
    ...recents.map((recent, i) => ({
      id: `recent ${recent.id}`,
      label: recent.name,
      hint: recent.root,
      ...(i === 0 ? { heading: 'Recent' } : {}),
      act: () => void askApp('openRecent', { id: recent.id }),
    })),
  ];
  return (
    <Menu label={`Workspace ${name}`} items={items}>
      <span className="workspace-name" title={open?.root}>
        {name}
      </span>
      <IconChevron />
    </Menu>
  );
}
