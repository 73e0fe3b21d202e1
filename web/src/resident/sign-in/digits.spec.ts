import { expect, it } from '@jest/globals';
import { cardNumberIn, digitsOf } from './digits.js';

it('forgives how numbers are typed', () => {
  expect(digitsOf(' 123 456-7894 ')).toBe('1234567894');
  expect(digitsOf('１２３４５６７８９４')).toBe('1234567894');
});

it('finds the card number of a link, before or after the hash, and nothing else', () => {
  expect(cardNumberIn('https://shop.example/?card=1234567894')).toBe('1234567894');
  expect(cardNumberIn('https://shop.example/?from=wechat&card=123%20456%207894')).toBe('1234567894');
  expect(cardNumberIn('https://shop.example/#card=1234567894')).toBe('1234567894');
  expect(cardNumberIn('https://shop.example/?card=EM1.AAECAwQFBgcICQoLDA0ODw')).toBe('');
  expect(cardNumberIn('https://shop.example/?card=%3Cscript%3E')).toBe('');
  expect(cardNumberIn('https://shop.example/')).toBe('');
});
