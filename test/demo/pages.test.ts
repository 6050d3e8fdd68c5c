import { existsSync } from 'node:fs';
import path from 'node:path';
import { pages, read, root, settingsIn } from '../support/pages';
import { checkoutEnvironment, checkoutTemplate } from './support/checkout-stack';

/** The pages use the demo as their example: what they say of it is checked here. */
const template = JSON.stringify(checkoutTemplate({ autoscaling: true }));
const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1]!);

describe.each(pages)('%s', (page) => {
  const text = read(page);

  test('the files of the demo that it names exist', () => {
    const files = matches(text, /`((?:charts|lib|test)\/[\w./-]*checkout[\w./-]*)`/g);
    expect(files.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  });

  test('the settings of the demo that it gives are accepted', () => {
    for (const [name, value] of settingsIn(text).filter(([given]) => given !== 'environment')) {
      expect(() => checkoutEnvironment({ [name]: value })).not.toThrow();
    }
  });

  test('the stack, profiles and objects in its commands are there', () => {
    const named = [
      ...matches(text, /--(?:cluster-|stack-)name ([\w-]+)/g),
      ...matches(text, /--fargate-profile-name ([\w-]+?)(?=[`\s])/g),
      ...matches(text, /--namespace ([a-z][\w-]*)/g),
      ...matches(text, /deployment\/([\w-]+)/g),
    ];
    expect(named.filter((name) => !new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(template))).toEqual([]);
  });
});
