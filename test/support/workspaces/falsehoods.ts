/** Holds what Hotdeck says against what is so. Pure. */
import type { Finding, Notice, SessionState } from '#shared/contract.ts';
import type { ModuleTruth, Truth } from './truth.ts';

/** What the test knows beside what can be read. */
export interface Known {
  /** Hotdeck itself has built, it went well, and nothing was edited since. */
  justBuilt: boolean;
  /** The server's process was asked to reload by Hotdeck. */
  signalled: boolean;
}

const hasFresh = ({ disk, mapped }: ModuleTruth): boolean => disk !== null && mapped.includes(disk);
const hasOther = ({ disk, mapped }: ModuleTruth): boolean => mapped.some((code) => code !== disk);

/** Everything of a session's state that is not so, a sentence each. */
export function falsehoods(session: SessionState, truth: Truth, known: Known): string[] {
  return [
    ...falseStates(session, truth),
    ...falseServer(session, truth),
    ...falseVerdict(session, truth),
    ...falsePlan(session, truth),
    ...session.notices.flatMap((notice) => falseTexts(textOf(notice), session, truth, known, notice)),
    ...session.plan.findings.flatMap((finding) => falseTexts(textOf(finding), session, truth, known)),
    ...(session.lastReload === null ? [] : falseTexts(session.lastReload.message, session, truth, known)),
  ];
}

function falseStates({ modules }: SessionState, truth: Truth): string[] {
  return [...truth.modules].flatMap(([name, it]) => {
    const state = modules[name]?.state;
    if (state === undefined) return [];
    const said = `${name} is shown as ${state}, and`;
    const runs = it.mapped.length > 0;
    switch (state) {
      case 'loaded':
        if (!runs) return [`${said} is not mapped.`];
        if (!hasFresh(it)) return [`${said} what is mapped is not what is on disk.`];
        return it.answer !== null && it.version !== null && it.answer !== it.version
          ? [`${said} the server answers ${it.answer} where the file on disk is ${it.version}.`]
          : [];
      case 'pinned':
        return truth.alive && runs && !hasFresh(it) ? [`${said} another build of it is mapped.`] : [];
      case 'stale':
        if (!runs) return [`${said} is not mapped.`];
        return hasOther(it) ? [] : [`${said} what is mapped is what is on disk.`];
      case 'stuck':
        return hasOther(it) ? [] : [`${said} no old image of it is mapped.`];
      case 'built':
        return runs ? [`${said} is mapped.`] : it.disk === null ? [`${said} has no file.`] : [];
      case 'unbuilt':
        return it.disk === null ? [] : [`${said} has a file.`];
      default:
        return [];
    }
  });
}

function falseServer({ server }: SessionState, { alive }: Truth): string[] {
  const runs = server.name === 'running' || server.name === 'reloading';
  if (runs && !alive) return [`The server is called ${server.name}, and has no process.`];
  const ended = server.name === 'stopped' || server.name === 'crashed';
  return ended && alive ? [`The server is called ${server.name}, and its process runs.`] : [];
}

/** A verdict stands until the next reload: it is held against what is so as long as nothing was built since. */
function falseVerdict({ lastReload, server }: SessionState, truth: Truth): string[] {
  if (lastReload === null || lastReload.took === null) return [];
  const { verdict, swapped, startedAt } = lastReload;
  if (verdict === 'crashed') {
    return truth.alive && 'since' in server && server.since < startedAt
      ? ['The reload is called a crash, and the same process runs.']
      : [];
  }
  if (!truth.alive || !('since' in server) || server.since > startedAt) return [];
  if (verdict === 'swapped' && swapped.length === 0) return ['A swap is claimed, and no module is named.'];
  if (verdict === 'stuck') {
    const left = lastReload.stayed.filter((name) => truth.modules.has(name));
    return left.flatMap((name) => {
      const it = truth.modules.get(name);
      return it === undefined || hasOther(it) ? [] : [`${name} is called stuck, and no old image is mapped.`];
    });
  }
  return [];
}

function falsePlan({ plan }: SessionState, truth: Truth): string[] {
  return plan.unchanged.flatMap((name) => {
    const it = truth.modules.get(name);
    return it === undefined || !truth.alive || hasFresh(it)
      ? []
      : [`${name} is said to come back unchanged, and what is mapped is not what is on disk.`];
  });
}

const textOf = (said: Notice | Finding): string =>
  `${said.message} ${said.kind === 'nothing-stale' || said.remedy === null ? '' : said.remedy}`;

/** Sentences that claim something, and when they would be false. */
function falseTexts(
  text: string,
  session: SessionState,
  truth: Truth,
  known: Known,
  notice?: Notice,
): string[] {
  const false_: string[] = [];
  const quoted = `“${text.trim().split('\n')[0]}”`;
  const opened = [...truth.modules].filter(([name]) => session.modules[name] !== undefined);
  const others = opened.filter(([, it]) => hasOther(it) && !hasFresh(it)).map(([name]) => name);
  if (/every loaded module is the one on disk/.test(text) && others.length > 0) {
    false_.push(`${quoted}, and of ${others.join(', ')} another build is mapped.`);
  }
  for (const name of namesBefore(text, /still runs? the old code|is stuck|are stuck/)) {
    const it = truth.modules.get(name);
    if (it !== undefined && truth.alive && !hasOther(it)) {
      false_.push(`${quoted}, and no other build of ${name} is mapped.`);
    }
  }
  if (
    known.justBuilt &&
    (/\b[Bb]uild (?:again|the workspace)/.test(text) || notice?.actions.includes('build'))
  ) {
    false_.push(`${quoted} offers a build, and it was just built.`);
  }
  if (/no modules yet|has no modules/.test(text) && truth.modules.size > 0) {
    false_.push(`${quoted}, and it has ${[...truth.modules.keys()].join(', ')}.`);
  }
  if (/since the signal/.test(text) && !known.signalled) false_.push(`${quoted}, and no signal was sent.`);
  if (/can open none of (?:them|its modules)/.test(text) && opened.some(([, it]) => it.mapped.length > 0)) {
    false_.push(`${quoted}, and it has opened some.`);
  }
  return false_;
}

/** The labels that stand right before some words: "left, right still run the old code". */
function namesBefore(text: string, words: RegExp): string[] {
  const at = text.search(words);
  if (at < 0) return [];
  const before = /((?:[\w-]+, )*[\w-]+) $/.exec(text.slice(0, at))?.[1] ?? '';
  return before.split(', ');
}
