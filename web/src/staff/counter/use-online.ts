import { onBeforeUnmount, onMounted, type Ref, ref } from 'vue';

/** Whether the device has a network at all. */
export function useOnline(): Ref<boolean> {
  const isOnline = ref(navigator.onLine);
  const look = () => {
    isOnline.value = navigator.onLine;
  };
  onMounted(() => {
    window.addEventListener('online', look);
    window.addEventListener('offline', look);
  });
  onBeforeUnmount(() => {
    window.removeEventListener('online', look);
    window.removeEventListener('offline', look);
  });
  return isOnline;
}
