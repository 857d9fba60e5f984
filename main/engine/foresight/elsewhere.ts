import type { Named } from './binaryFile.ts';
import type { Finding } from './finding.ts';

/** A module that the server has opened from another output folder of cargo than the one that is built into. */
export interface ElsewhereFile extends Named {
  /** The file that is mapped. */
  opened: string;
  /** Where cargo puts the module now. */
  artifact: string;
  /** The server's program lies in that other folder too: it was started before cargo was told otherwise. */
  withProgram: boolean;
}

/** Modules that no build reaches, however good it is: what is opened is not what is built. Pure. */
export const openedElsewhere = (files: readonly ElsewhereFile[]): Finding[] =>
  files.map(({ module, label, opened, artifact, withProgram }) => ({
    kind: 'opened-elsewhere',
    severity: 'warning',
    module,
    message: `The server has opened ${label} from ${opened}, and cargo puts it into ${artifact}: what is built does not get there. ${
      withProgram
        ? 'The server itself was started from that folder.'
        : 'The program looks in a folder of its own choice: have it open the other one (hot-lib-reloader: lib_dir), or take out the setting that moves what cargo makes.'
    }`,
    remedy: withProgram ? 'restart' : null,
    details: [],
  }));
