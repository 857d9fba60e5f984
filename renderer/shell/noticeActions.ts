import type { Notice } from '#shared/contract.ts';
import { ask, askApp } from '../state/actions.ts';

/** Carries out a button of a notice, then dismisses the notice. */
export async function carryOutNotice(notice: Notice, action: Notice['actions'][number]): Promise<void> {
  const granted = await (action === 'reload-anyway'
    ? ask('reload', { anyway: true, ...(notice.modules.length === 0 ? {} : { modules: notice.modules }) })
    : action === 'send-anyway'
      ? ask('reload', { anyway: true, unsafe: true })
      : action === 'open-workspace'
        ? askApp('openWorkspace', {})
        : action === 'try-linker'
          ? ask('useLinker', { linker: notice.linker ?? null })
          : action === 'resume-watch'
            ? ask('resumeWatch', {})
            : action === 'enable-features'
              ? ask('chooseProgram', { program: notice.program ?? '' })
              : ask(action, {}));
  if (granted) await ask('dismissNotice', { noticeId: notice.id });
}
