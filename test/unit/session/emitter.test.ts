import { expect, test } from 'vitest';
import { Emitter } from '../../../main/engine/session/emitter.ts';

test('subscribers are told at once, in the order in which they subscribed, until they unsubscribe', () => {
  const emitter = new Emitter<{ named: [name: string, count: number]; done: [] }>();
  const told: string[] = [];
  const stop = emitter.on('named', (name, count) => told.push(`first ${name} ${count}`));
  emitter.on('named', (name) => told.push(`second ${name}`));
  emitter.on('done', () => told.push('done'));
  emitter.emit('named', 'a', 1);
  expect(told).toEqual(['first a 1', 'second a']);
  stop();
  emitter.emit('named', 'b', 2);
  emitter.emit('done');
  expect(told.slice(2)).toEqual(['second b', 'done']);
});

test('a subscriber that unsubscribes while it is told keeps nobody else from being told', () => {
  const emitter = new Emitter<{ done: [] }>();
  const told: string[] = [];
  const stop = emitter.on('done', () => {
    stop();
    told.push('once');
  });
  emitter.on('done', () => told.push('each time'));
  emitter.emit('done');
  emitter.emit('done');
  expect(told).toEqual(['once', 'each time', 'each time']);
});
