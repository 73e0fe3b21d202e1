import { fullDoor, normalizeDoor } from './door.rules.js';

describe('normalizeDoor', () => {
  it.each([
    ['３ - ２０１', '3-201'],
    [' 3—201 ', '3-201'],
    ['三组 12 号', '三组12号'],
    ['A 栋 # 5', 'A栋#5'],
  ])('keeps %j as %j', (typed, kept) => {
    expect(normalizeDoor(typed)).toBe(kept);
    expect(normalizeDoor(kept)).toBe(kept);
  });
});

describe('fullDoor', () => {
  it.each([
    ['201', '3栋', '2单元', '3-2-201'],
    ['201', '3号楼', null, '3-201'],
    ['201', '第3幢', '1', '3-1-201'],
    ['201A', 'B座', 'A单元', 'B-A-201A'],
    ['201', '桂花楼', null, '桂花楼-201'],
  ])('puts building and entrance before the bare room %s', (door, building, entrance, full) => {
    expect(fullDoor(door, building, entrance)).toBe(full);
  });

  it.each([
    ['3-2-201', '3栋', '2单元'],
    ['三组12号', '3栋', null],
    ['12345', '3栋', null],
    ['201', null, '2单元'],
  ])('leaves %s as it is', (door, building, entrance) => {
    expect(fullDoor(door, building, entrance)).toBe(door);
  });
});
