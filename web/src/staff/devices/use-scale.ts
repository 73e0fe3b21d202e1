import { computed, onMounted, onUnmounted, ref, shallowRef } from 'vue';
import { type ScaleLink, SerialScale } from './serial-scale.js';
import {
  afterLoss,
  afterReading,
  afterRecord,
  freshPan,
  hindrance,
  isStable,
  netGrams,
  type PanState,
  type ScaleSnapshot,
  snapshot,
  tared,
  untared,
} from './stability.rules.js';

const link = ref<ScaleLink>('absent');
/** One for the whole page: what was recorded and the tare outlive a change of screens. */
const pan = shallowRef<PanState>(freshPan(1));
/** Milliseconds of the steady clock at the last change, so that what is computed stands still until the next. */
const at = ref(0);

function change(next: PanState | null): boolean {
  at.value = performance.now();
  if (next === null) return false;
  pan.value = next;
  return true;
}

/** The scale of this desk, for pairing; screens read it by `useScale`. */
export const deskScale = new SerialScale(navigator.serial, localStorage, {
  onLink(next) {
    link.value = next;
    if (next !== 'reading') change(afterLoss(pan.value));
  },
  onReading(reading, division) {
    const now = performance.now();
    change(afterReading({ ...pan.value, division }, reading, now));
  },
});
link.value = deskScale.link;

let users = 0;

/** Reads the desk's scale while the component is mounted. */
export function useScale() {
  onMounted(() => {
    users += 1;
    deskScale.open();
  });
  onUnmounted(() => {
    users -= 1;
    if (users === 0) void deskScale.close();
  });

  return {
    state: computed(() => link.value),
    /** Without the tare, signed; null while nothing is read. */
    grams: computed(() => netGrams(pan.value, at.value)),
    tareGrams: computed(() => pan.value.tareGrams),
    isStable: computed(() => isStable(pan.value, at.value)),
    isOverload: computed(() => pan.value.reading?.isOverload === true),
    canRecord: computed(() => hindrance(pan.value, at.value) === null),
    /** Why not, to be told to the person; null: it can be recorded. */
    hindrance: computed(() => hindrance(pan.value, at.value)),
    /** 去皮. False: not now (see `hindrance`). */
    tare: (): boolean => change(tared(pan.value, performance.now())),
    untare: (): boolean => change(untared(pan.value)),
    /** What to keep with the line; null while there is a hindrance. Changes nothing: `onRecorded` does. */
    take: (): ScaleSnapshot | null => snapshot(pan.value, performance.now()),
    /** Call after every record that was saved, typed ones too: what lies on the pan is not to be paid for twice. */
    onRecorded: (): boolean => change(afterRecord(pan.value)),
  };
}
