package org.brkmap.sandbox;

import java.util.ArrayList;
import java.util.List;

/** How well a program is shut in, the best first. */
public enum Tier {
    /** Namespaces of its own, made by bubblewrap without privilege: files, processes, network, IPC; and seccomp. */
    A("user namespaces (bubblewrap) and seccomp"),

    /** Landlock, seccomp, no new privileges, and a warden for what is left behind: where there are no user namespaces. */
    B("Landlock and seccomp"),

    /** Limits on time, memory, output, files and processes. */
    C("limits only: unsandboxed");

    private final String title;

    Tier(String title) {
        this.title = title;
    }

    /** In a few words. */
    public String title() {
        return title;
    }

    /**
     * What it does not stop, a sentence each; docs/SECURITY.md says more.
     *
     * @param bounded whether a {@link ControlGroup} bounds all programs together
     */
    public List<String> leaves(boolean bounded) {
        List<String> leaves = new ArrayList<>(
                switch (this) {
                    case A -> List.of();
                    case B ->
                        List.of(
                                "it sees the names, though not the memory, of other processes",
                                "it can change the mode of files of its own user id, though not reach their content",
                                "it reaches System V segments of its user id, another submission's too");
                    case C ->
                        List.of(
                                "it can read and write what its user id can",
                                "it can signal every process of its user id",
                                "it has the network",
                                "what it leaves behind may outlive it");
                });
        if (!bounded) {
            leaves.add("memory that is shared or has no name has no bound but the machine's");
        }
        return leaves;
    }
}
