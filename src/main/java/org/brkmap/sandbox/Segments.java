package org.brkmap.sandbox;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.brkmap.procfs.ProcFs;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;

/** System V segments, queues and semaphores, which outlive those who made them (sysvipc(7)). */
public final class Segments {
    /** Files below {@code /proc/sysvipc}, and what ipcrm(1) calls them. */
    private static final Map<String, String> KINDS =
            Map.of("shm", "--shmem-id", "msg", "--queue-id", "sem", "--semaphore-id");

    private Segments() {}

    /**
     * Removes what a submission left behind. Of this JVM's own user nothing is taken: it may be a person's.
     *
     * @throws IOException if they cannot be removed
     */
    public static void removeThoseOf(User user) throws IOException, InterruptedException {
        if (user.isOurs()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("ipcrm"));
        for (Map.Entry<String, String> kind : KINDS.entrySet()) {
            for (long id : ProcFs.live().sharedObjects(kind.getKey(), user.id())) {
                command.addAll(List.of(kind.getValue(), String.valueOf(id)));
            }
        }
        if (command.size() > 1) {
            ToolResult result = Tool.of(command)
                    .neededFor("to remove what a submission left")
                    .run();
            if (!result.succeeded()) {
                throw new IOException("what a submission left cannot be removed: "
                        + result.stderr().strip());
            }
        }
    }
}
