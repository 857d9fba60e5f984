import { unquote } from '../../rustDebug.ts';

const ITEM = /"(?:[^"\\]|\\.)*"|[^\s,][^,]*/g;

/** The items of a list such as `[127.0.0.1:8008, [::1]:8008]` or `["tcp:127.0.0.1:8008"]`, outer brackets and all. */
export const addressesOf = (list: string): string[] => (list.slice(1, -1).match(ITEM) ?? []).map(unquote);
