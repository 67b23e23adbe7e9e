package org.brkmap.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.brkmap.libc.CallRecorder;
import org.brkmap.toolchain.BuildRequest;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.ProjectFiles;
import org.brkmap.toolchain.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The numbers that Java repeats from C headers are those that a C compiler sees. */
@NeedsGcc
class NativeNumbersTest {
    @TempDir
    Path directory;

    @Test
    void theProbesMemoryIsLaidOutAsItsHeaderSays() throws Exception {
        assertThat(values(
                        "probe_layout.h",
                        "PROBE_MAGIC",
                        "PROBE_VERSION",
                        "PROBE_SLOTS",
                        "sizeof(struct probe_slot)",
                        "PROBE_LOG_ENTRIES",
                        "sizeof(struct probe_call)",
                        "offsetof(struct probe_memory, slots)",
                        "offsetof(struct probe_memory, slots_taken)",
                        "offsetof(struct probe_memory, calls_logged)",
                        "offsetof(struct probe_memory, events)",
                        "PROBE_OPERATION_COUNT"))
                .containsExactly(
                        (long) ProbeMemory.MAGIC,
                        (long) ProbeMemory.VERSION,
                        (long) ProbeMemory.SLOTS,
                        (long) ProbeMemory.SLOT_BYTES,
                        (long) ProbeMemory.LOG_ENTRIES,
                        (long) ProbeMemory.CALL_BYTES,
                        (long) ProbeMemory.HEADER_BYTES,
                        (long) ProbeMemory.SLOTS_TAKEN,
                        (long) ProbeMemory.CALLS_LOGGED,
                        (long) ProbeMemory.EVENTS,
                        (long) ProbeOperation.values().length);
    }

    @Test
    void theRecordersTargetIsLaidOutAsItsHeaderSays() throws Exception {
        assertThat(values(
                        "record.h",
                        "offsetof(struct record_target, pid)",
                        "offsetof(struct record_target, tid)",
                        "offsetof(struct record_target, slot)",
                        "offsetof(struct record_target, slots_taken)",
                        "offsetof(struct record_target, loader_start)",
                        "offsetof(struct record_target, loader_end)",
                        "offsetof(struct record_target, origin)",
                        "offsetof(struct record_target, events)",
                        "offsetof(struct record_target, room)",
                        "offsetof(struct record_target, calls)",
                        "offsetof(struct record_target, status)",
                        "offsetof(struct record_target, begun)",
                        "offsetof(struct record_target, under_way)",
                        "sizeof(struct record_target)"))
                .containsExactly(
                        (long) CallRecorder.PID,
                        (long) CallRecorder.TID,
                        (long) CallRecorder.SLOT,
                        (long) CallRecorder.SLOTS_TAKEN,
                        (long) CallRecorder.LOADER_START,
                        (long) CallRecorder.LOADER_END,
                        (long) CallRecorder.ORIGIN,
                        (long) CallRecorder.EVENTS,
                        (long) CallRecorder.ROOM,
                        (long) CallRecorder.CALLS,
                        (long) CallRecorder.STATUS,
                        (long) CallRecorder.BEGUN,
                        (long) CallRecorder.UNDER_WAY,
                        (long) CallRecorder.BYTES);
    }

    @Test
    void theRecordersEventsHaveTheWordsOfTheLog() throws Exception {
        assertThat(values(
                        "record.h",
                        "RECORD_PID",
                        "RECORD_TID",
                        "RECORD_NANOS",
                        "RECORD_CALL",
                        "RECORD_ARGS",
                        "RECORD_RESULT",
                        "RECORD_FAILED",
                        "RECORD_INSTRUCTION",
                        "RECORD_OPERATION",
                        "RECORD_SIZE",
                        "RECORD_POINTER",
                        "RECORD_SITE",
                        "RECORD_FILE",
                        "RECORD_EXTENT",
                        "RECORD_WIDTH"))
                .containsExactly(
                        (long) EventLog.PID,
                        (long) EventLog.TID,
                        (long) EventLog.NANOS,
                        (long) EventLog.CALL,
                        (long) EventLog.ARGS,
                        (long) EventLog.RESULT,
                        (long) EventLog.FAILED,
                        (long) EventLog.INSTRUCTION,
                        (long) EventLog.OPERATION,
                        (long) EventLog.SIZE,
                        (long) EventLog.POINTER,
                        (long) EventLog.SITE,
                        (long) EventLog.FILE,
                        (long) EventLog.EXTENT,
                        (long) EventLog.WIDTH);
    }

    @Test
    void theProbesOperationsHaveTheSameNumbers() throws Exception {
        List<String> names = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        for (ProbeOperation operation : ProbeOperation.values()) {
            names.add("PROBE_" + operation.title());
            numbers.add((long) operation.number());
        }
        assertThat(values("probe_layout.h", names.toArray(String[]::new))).isEqualTo(numbers);
    }

    @Test
    void systemCallsHaveTheNumbersOfThisMachine() throws Exception {
        List<String> names = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        for (SystemCall call : SystemCall.values()) {
            if (call.number() >= 0) {
                names.add("SYS_" + call.title());
                numbers.add((long) call.number());
            }
        }
        assertThat(values("syscall_filter.h", names.toArray(String[]::new))).isEqualTo(numbers);
    }

    private List<Long> values(String header, String... expressions) throws Exception {
        StringBuilder source =
                new StringBuilder("#include <stddef.h>\n#include <stdio.h>\n#include \"" + header + "\"\n");
        source.append("int main(void)\n{\n");
        for (String expression : expressions) {
            source.append("    printf(\"%ld\\n\", (long) (").append(expression).append("));\n");
        }
        source.append("    return 0;\n}\n");
        Path file = Files.writeString(directory.resolve("values.c"), source);
        BuildRequest request = BuildRequest.of(file, directory)
                .include(ProjectFiles.find().orElseThrow().root().resolve("src/main/c"))
                .flag("-Wno-unused-function");
        return Tool.of(Observed.build(request).toString())
                .run()
                .stdout()
                .lines()
                .map(Long::valueOf)
                .toList();
    }
}
