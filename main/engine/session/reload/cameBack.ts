import { plural } from '#shared/count.ts';
import { namesIn, type Outcome, tense } from './outcome.ts';

/**
 * What is known of modules that a reload was to close and open again though their code is the same: they went and came
 * back, or whether they did can't be seen. Begins with a space; empty where there is nothing to say.
 */
export function cameBack(outcome: Outcome): string {
  const { observed } = outcome;
  const names = namesIn(outcome);
  const again = observed.returned.filter((name) => !observed.swapped.includes(name));
  const sameCode = observed.returned.filter((name) => observed.swapped.includes(name));
  return [
    ...(again.length === 0
      ? []
      : [
          ` ${names(again)} came back with the code ${plural(again.length, 'it', 'they')} had, as ${instances(again)}: what ${statics(again)} held is lost.`,
        ]),
    ...(sameCode.length === 0
      ? []
      : [
          ` The code of ${sameCode.length === observed.swapped.length ? plural(sameCode.length, 'it', 'them') : names(sameCode)} is the same as before.`,
        ]),
    untold(outcome),
    wentAlong(outcome),
  ].join('');
}

/** Modules of which the kernel can't show whether they were opened again: their file is mapped where it was. */
export const unseenReturns = ({ plan, observed }: Pick<Outcome, 'plan' | 'observed'>): string[] =>
  plan.unchanged.filter((name) => !observed.returned.includes(name) && !observed.swapped.includes(name));

function untold(outcome: Outcome): string {
  const names = namesIn(outcome);
  const unseen = unseenReturns(outcome);
  const logged = unseen.filter((name) => outcome.log.loaded.includes(name.replaceAll('-', '_')));
  const unknown = unseen.filter((name) => !logged.includes(name));
  const said = tense(outcome);
  return [
    ...(logged.length === 0
      ? []
      : [
          ` The log says that ${names(logged)} ${plural(logged.length, 'was', 'were')} loaded again, with the same code.`,
        ]),
    ...(unknown.length === 0
      ? []
      : [
          ` Whether ${names(unknown)} ${plural(unknown.length, 'was', 'were')} opened again ${said("can't", "couldn't")} be seen: the same file ${said('is', 'was')} mapped at the same address.`,
        ]),
  ].join('');
}

/** Libraries that are no modules and went with one, as nothing else needed them. */
function wentAlong(outcome: Outcome): string {
  const { along, unseenAlong, swapped, returned } = outcome.observed;
  const names = namesIn(outcome);
  const said = tense(outcome);
  const seen = along.length === 0 ? '' : ` ${names(along)} went along: what ${statics(along)} held is lost.`;
  const hasMoved = swapped.length + returned.length > 0;
  return unseenAlong.length === 0 || !hasMoved
    ? seen
    : `${seen} Whether ${names(unseenAlong)} went along ${said("can't", "couldn't")} be seen: the same file ${said('is', 'was')} mapped at the same address.`;
}

const instances = (modules: readonly string[]): string =>
  plural(modules.length, 'a new instance', 'new instances');

const statics = (modules: readonly string[]): string =>
  plural(modules.length, 'its statics', 'their statics');
