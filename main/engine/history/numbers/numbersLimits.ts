/** So many builds, and so many reloads, are looked at: the latest ones. */
export const MOST_RECORDS = 1000;
/** So many measurements are told one by one, of the whole or of the module that is looked at, and of each row. */
export const MOST_SAMPLES = 60;
export const ROW_SAMPLES = 24;
/** So many crates of the latest build are told, besides those on its critical path. */
export const MOST_CRATES = 40;
/** So many records that took unusually long are told. */
export const MOST_SLOW = 50;
export const DAY_MS = 24 * 60 * 60 * 1000;
