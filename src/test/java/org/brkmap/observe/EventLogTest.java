package org.brkmap.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.brkmap.libc.Errno;
import org.brkmap.model.MemoryEvent;
import org.junit.jupiter.api.Test;

class EventLogTest {
    private static final Task TASK = new Task(4712, 4711, new AddressSpace(4711));

    @Test
    void aCallWhoseEndNobodySawCountsAsInterruptedAndNeverAsDone() {
        EventLog log = new EventLog();
        int cutOff = log.begin(TASK, SystemCall.MUNMAP, 0x1000);
        int done = log.begin(TASK, SystemCall.MMAP, 0x1002);
        log.end(done, 0x7f0000000000L, false);

        MemoryEvent first = log.toEvents().get(cutOff);
        assertThat(first.succeeded()).isFalse();
        assertThat(first.errno()).isEqualTo(Errno.EINTR);
        assertThat(log.toEvents().get(done).succeeded()).isTrue();
    }

    @Test
    void theLogGrowsWithoutLosingAWord() {
        EventLog log = new EventLog();
        for (int i = 0; i < 5000; i++) {
            int event = log.begin(TASK, SystemCall.MMAP, i);
            log.argument(event, 5, ~i);
            log.end(event, i, i % 2 == 0);
        }

        assertThat(log.toEvents()).hasSize(5000).allSatisfy(event -> {
            assertThat(event.seq()).isEqualTo(event.instruction());
            assertThat(event.arg(5)).isEqualTo(~event.instruction());
            assertThat(event.succeeded()).isEqualTo(event.seq() % 2 != 0);
            assertThat(event.tid()).isEqualTo(4712);
        });
    }
}
