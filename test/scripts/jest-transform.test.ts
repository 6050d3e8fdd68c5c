interface Transform {
  readonly process: (source: string, filename: string) => { readonly code: string };
  readonly getCacheKey: (
    source: string,
    filename: string,
    options: { readonly instrument: boolean },
  ) => string;
}

const transform = require('../../scripts/jest-transform.cjs') as Transform;

test('refuses jest.mock, which would come too late and silently', () => {
  expect(() => transform.process("import './a';\njest.mock('./a');\n", 'some.test.ts')).toThrow(
    'some.test.ts: jest.mock comes too late here',
  );
});

test('a file is compiled anew when it changes, and for a coverage report', () => {
  const key = (source: string, instrument: boolean) =>
    transform.getCacheKey(source, 'some.test.ts', { instrument });
  expect(new Set([key('1', false), key('2', false), key('1', true)]).size).toBe(3);
  expect(key('1', false)).toBe(key('1', false));
});
