/**
 * Everything that crosses a border between the window, the app and the engine: every state, request and event, once,
 * as zod schemas. Both sides import this file; each validates what arrives.
 */
export * from './contract/activity.ts';
export * from './contract/appMessages.ts';
export * from './contract/bridge.ts';
export * from './contract/diff.ts';
export * from './contract/engineMessages.ts';
export * from './contract/history.ts';
export * from './contract/logs.ts';
export * from './contract/modules.ts';
export * from './contract/noticeKinds.ts';
export * from './contract/numbers.ts';
export * from './contract/place.ts';
export * from './contract/preferences.ts';
export * from './contract/problems.ts';
export * from './contract/reloads.ts';
export * from './contract/serverRules.ts';
export * from './contract/setup.ts';
export * from './contract/state.ts';
export * from './contract/why.ts';
