import { describe, expect, it } from '@jest/globals';
import { readScan } from './scanned.rules.js';

const SHELF = new Set(['6901234567892', '0012345678905', '20000011']);
const read = (text: string) => readScan(text, (barcode) => SHELF.has(barcode));

describe('what was scanned', () => {
  it.each([
    ['6901234567892', { kind: 'goods', barcode: '6901234567892' }],
    ['012345678905', { kind: 'goods', barcode: '0012345678905' }],
    ['20000011', { kind: 'goods', barcode: '20000011' }],
    ['4006381333931', { kind: 'goods', barcode: '4006381333931' }],
    ['40063813', { kind: 'pick-up', code: '40063813' }],
    ['４００６３８１３', { kind: 'pick-up', code: '40063813' }],
    ['EC2.0123456786.X5BKHZ6ETA', { kind: 'phone-code', text: 'EC2.0123456786.X5BKHZ6ETA' }],
    ['ec2。0123456786。x5bkhz6eta', { kind: 'phone-code', text: 'ec2.0123456786.x5bkhz6eta' }],
    [' EM1.AAECAwQFBgcICQoLDA0ODw\r', { kind: 'person', text: 'EM1.AAECAwQFBgcICQoLDA0ODw' }],
    ['0123456786', { kind: 'person', text: '0123456786' }],
    ['13800010000', { kind: 'person', text: '13800010000' }],
    ['0101', { kind: 'person', text: '0101' }],
    ['3-101', { kind: 'person', text: '3-101' }],
    ['袁', { kind: 'person', text: '袁' }],
  ])('%j', (text, scanned) => {
    expect(read(text)).toEqual(scanned);
  });
});
