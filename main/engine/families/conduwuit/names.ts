/** The modules, in load order (conduwuit src/main/mods.rs:26-34, tuwunel and continuwuity alike). core is linked. */
export const MODULES = ['database', 'service', 'api', 'admin', 'router'] as const;

/** What its programs are called where their packages are named after them. */
export const PROGRAMS = ['conduwuit', 'tuwunel'] as const;

/** The servers that are known to write its log lines; the sample, depot, does so too. */
export const LOG_CRATES = ['conduwuit', 'continuwuity', 'tuwunel', 'depot'] as const;
