import { unquote } from '../../rustDebug.ts';
import type { FamilyLog } from '../family.ts';
import type { LogFact, LogStatement, ShutdownStep } from '../logEvent.ts';
import { addressesOf } from './addresses.ts';
import { LOG_CRATES } from './names.ts';

/** Is this target the root of the executable of one of the known servers? */
const isExecutable = (target: string): boolean => LOG_CRATES.some((name) => target === name);

/** A line whose target and message look like this says that. */
interface Rule {
  target: RegExp;
  message: RegExp;
  /** @param groups what the message's groups matched. Null: it doesn't say it after all. */
  fact(groups: readonly string[], line: LogStatement): LogFact | null;
}

// Patterns are anchored, and no two neighbors in one can match the same text: that keeps them linear.
const CRATE = /^\w+$/;
const MAIN = /^[^:]+(?:::(?:mods|server))?$/;
const MODS = /::mods$/;
const SIGNALS = /::signals?$/;
const ROUTER = /_router(?:::|$)/;
const SERVICES = /_service(?:::services)?$/;
const CORE = /_core(?:::|$)/;

const always = (fact: LogFact) => (): LogFact => fact;
const step = (target: RegExp, message: RegExp, name: ShutdownStep): Rule => ({
  target,
  message,
  fact: always({ kind: 'shutdown-step', step: name }),
});

/** The first rule that fits a line counts. */
const RULES: readonly Rule[] = [
  { target: CRATE, message: /^Module loaded$/, fact: (_, line) => ({ kind: 'loaded', module: line.target }) },
  {
    target: CRATE,
    message: /^Module unloading$/,
    fact: (_, line) => ({ kind: 'unloading', module: line.target }),
  },
  {
    target: CORE,
    message: /^Module "([^"]+)" is stuck and failed to unload\.$/,
    fact: ([module = '']) => ({ kind: 'stuck', module }),
  },
  {
    target: MODS,
    message: /^Loading modules$/,
    fact: (_, { fields }) => {
      const [available, loaded] = [count(fields.get('available')), count(fields.get('loaded'))];
      return available === null || loaded === null ? null : { kind: 'load-pass', available, loaded };
    },
  },
  {
    target: MODS,
    message: /^Unloading modules$/,
    fact: (_, { fields }) => {
      const [available, loaded] = [count(fields.get('available')), count(fields.get('loaded'))];
      const [stale, force] = [count(fields.get('stale')), fields.get('force')];
      if (available === null || loaded === null || stale === null) return null;
      if (force !== 'true' && force !== 'false') return null;
      return { kind: 'unload-pass', available, loaded, stale, force: force === 'true' };
    },
  },
  {
    target: SIGNALS,
    message: /^Received (SIGINT)$/,
    fact: ([signal = '']) => ({ kind: 'reload-requested', signal }),
  },
  {
    target: SIGNALS,
    message: /^Received (SIGQUIT|SIGTERM)$/,
    fact: ([signal = '']) => ({ kind: 'shutdown-requested', signal }),
  },
  {
    target: SIGNALS,
    message: /^signal: (.+)$/,
    fact: ([why = ''], { fields }) => ({ kind: 'refused', signal: fields.get('sig') ?? null, why }),
  },
  {
    target: ROUTER,
    message: /^Listening on (\[.*\])(?: with TLS certificate .*)?$/,
    fact: ([list = '']) => ({ kind: 'ready', addresses: addressesOf(list) }),
  },
  {
    target: ROUTER,
    message: /^Listening at (".+")$/,
    fact: ([path = '']) => ({ kind: 'ready', addresses: [unquote(path)] }),
  },
  { target: ROUTER, message: /^Notifying for graceful shutdown$/, fact: always({ kind: 'draining' }) },
  {
    target: ROUTER,
    message: /^Stopped listening on (\[.*\])$/,
    fact: ([list = '']) => ({ kind: 'stopped-listening', addresses: addressesOf(list) }),
  },
  { target: ROUTER, message: /^Finish$/, fact: always({ kind: 'drained' }) },
  { target: SERVICES, message: /^Services startup complete\.$/, fact: always({ kind: 'services-started' }) },
  {
    target: SERVICES,
    message: /^Shutting down services\.\.\.$/,
    fact: always({ kind: 'services-stopping' }),
  },
  step(SERVICES, /^Services shutdown complete\.$/, 'services stopped'),
  step(/_database(?:::|$)/, /^Closing database\.\.\.$/, 'closing database'),
  step(ROUTER, /^Shutdown complete\.$/, 'complete'),
  step(MAIN, /^Exit runtime$/, 'runtime ended'),
  { target: MAIN, message: /^Exit$/, fact: always({ kind: 'exit' }) },
  {
    target: ROUTER,
    message: /^(\d{1,9}) dangling references to (\w+) after shutdown$/,
    fact: ([held = '', what = '']) => ({ kind: 'dangling', count: Number(held), what }),
  },
  {
    target: MAIN,
    message: /^(?:Loading router: )?Loading module "([^"]+)" failed: /,
    fact: ([module = ''], { text }) => ({
      kind: 'load-failed',
      module,
      error: text.slice(text.indexOf('" failed: ') + '" failed: '.length),
    }),
  },
  {
    target: MAIN,
    message: /^(?:(?:Critical error )?(?:starting|running|stopping) server|(?:un)?loading router): /i,
    fact: (_, { text }) => ({ kind: 'failed', message: text }),
  },
  {
    // Whatever else is an error to the executable itself.
    target: CRATE,
    message: /./,
    fact: (_, { level, target, text }) =>
      level === 'ERROR' && isExecutable(target) ? { kind: 'failed', message: text } : null,
  },
];

export const conduwuitLog: FamilyLog = {
  crates: LOG_CRATES,
  words: [
    'odule',
    'Received SIG',
    'signal: ',
    'istening ',
    'graceful',
    'Finish',
    'ervices',
    'Closing database',
    'Shutdown',
    'Exit',
    'dangling',
    'server: ',
    'router: ',
    'ERROR',
  ],
  factOf(line) {
    for (const rule of RULES) {
      const match = rule.message.exec(line.message);
      if (match !== null && rule.target.test(line.target)) return rule.fact(match.slice(1), line);
    }
    return null;
  },
};

const count = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;
