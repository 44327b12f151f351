import { firstName, greeting } from './greeting';

describe('greeting', () => {
  it.each([
    [4, 'Good evening'],
    [5, 'Good morning'],
    [12, 'Good afternoon'],
    [18, 'Good evening'],
  ])('at %i o’clock is %s', (hour, words) => {
    expect(greeting(new Date(2026, 10, 21, hour))).toBe(words);
  });

  it('calls people by their first name', () => {
    expect(firstName('Maya Lindqvist')).toBe('Maya');
    expect(firstName('maya')).toBe('maya');
  });
});
