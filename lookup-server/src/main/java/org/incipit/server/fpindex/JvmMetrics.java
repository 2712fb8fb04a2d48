package org.incipit.server.fpindex;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import org.incipit.server.metrics.MetricsText;

/** What the process takes. */
final class JvmMetrics {
  private JvmMetrics() {}

  static void print(MetricsText text) {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    text.family("jvm_memory_used_bytes", "gauge", "Memory in use.");
    text.sample("jvm_memory_used_bytes", heap.getUsed(), "area", "heap");
    MemoryUsage other = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
    text.sample("jvm_memory_used_bytes", other.getUsed(), "area", "nonheap");
    text.single("jvm_memory_max_bytes", "gauge", "The most the heap can take.", heap.getMax());
    text.family("jvm_buffer_pool_used_bytes", "gauge", "Memory outside of the heap.");
    for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      text.sample("jvm_buffer_pool_used_bytes", pool.getMemoryUsed(), "pool", pool.getName());
    }
    text.family("jvm_gc_collection_seconds_total", "counter", "Time spent collecting garbage.");
    for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
      double seconds = Math.max(0, gc.getCollectionTime()) / 1e3;
      text.sample("jvm_gc_collection_seconds_total", seconds, "gc", gc.getName());
    }
    int threads = ManagementFactory.getThreadMXBean().getThreadCount();
    text.single("jvm_threads_current", "gauge", "Platform threads.", threads);
    double start = ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3;
    text.single("process_start_time_seconds", "gauge", "Since 1970.", start);
    long cpu =
        ProcessHandle.current().info().totalCpuDuration().map(time -> time.toNanos()).orElse(0L);
    text.single("process_cpu_seconds_total", "counter", "Processor time.", cpu / 1e9);
  }
}
