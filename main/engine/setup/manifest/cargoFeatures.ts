import { appendItem, insertion } from './arrays.ts';
import { commentedArrays } from './commented.ts';
import type { Manifest } from './manifest.ts';
import { samePath } from './manifest.ts';
import { type Outcome, refused } from './outcome.ts';
import { endingOf } from './splices.ts';
import { quote, quoteAll, stringsOf } from './values.ts';

const KEY = 'cargo-features';

/** An unstable feature of cargo gets switched on in the workspace's manifest. */
export function enableCargoFeature(manifest: Manifest, feature: string): Outcome {
  const { values, statements, text } = manifest;
  const title = `${KEY}: ${feature}`;
  if (Object.hasOwn(values, KEY)) {
    const features = stringsOf(values[KEY]);
    const statement = statements.find((each) => each.kind === 'pair' && samePath(each.path, [KEY]));
    if (features?.includes(feature)) return { state: 'done' };
    const splices = statement && features ? appendItem(manifest, statement, quote(feature)) : null;
    if (splices === null || features === null) {
      return refused(
        'unusual-form',
        `${manifest.file}: ${KEY} is no array of strings.`,
        `Write it as ${KEY} = ${quoteAll([feature])}.`,
      );
    }
    return { state: 'missing', splices, change: { path: [KEY], value: [...features, feature] }, title };
  }
  const end = statements.find((each) => each.kind !== 'pair')?.start ?? text.length;
  for (const found of commentedArrays(manifest, KEY, 0, end)) {
    if (!found?.strings.includes(feature)) continue;
    return { state: 'missing', splices: found.splices, change: { path: [KEY], value: found.strings }, title };
  }
  // cargo takes it from the root table only, which ends at the first header.
  const ending = endingOf(text);
  return {
    state: 'missing',
    splices: [insertion(0, `${KEY} = ${quoteAll([feature])}${ending}${ending}`)],
    change: { path: [KEY], value: [feature] },
    title,
  };
}
