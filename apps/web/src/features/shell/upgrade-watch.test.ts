import { expect, test } from 'vitest';
import { UpgradeWatch } from './upgrade-watch.ts';

function watched() {
  let told = 0;
  const watch = new UpgradeWatch(() => (told += 1));
  const lose = (times: number) => {
    for (let loss = 0; loss < times; loss += 1) watch.lost();
  };
  return { watch, lose, told: () => told };
}

test('sockets that never open while the server answers are told, once', () => {
  const { watch, lose, told } = watched();
  lose(3);
  watch.answered();
  expect(told()).toBe(0);
  lose(1);
  watch.answered();
  lose(9);
  watch.answered();
  expect(told()).toBe(1);
});

test('a server that does not answer at all is no such case', () => {
  const { lose, told } = watched();
  lose(20);
  expect(told()).toBe(0);
});

test('nor is one whose socket was open before', () => {
  const { watch, lose, told } = watched();
  watch.opened();
  lose(20);
  watch.answered();
  expect(told()).toBe(0);
});
